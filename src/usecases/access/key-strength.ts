import { createPublicKey } from 'node:crypto'

/** Curves whose signatures are accepted: ES256 and ES384. */
const CURVES: ReadonlySet<string | undefined> = new Set(['prime256v1', 'secp384r1'])
const LEAST_RSA_BITS = 2048

/**
 * Why a public key proves nothing about who signed; undefined for a good one. With an exponent of 1 everybody can sign.
 *
 * @param jwk RFC 7517
 * @see FIPS 186-5, 5.1 and SP 800-57
 */
export function weaknessOf(jwk: Readonly<Record<string, unknown>>): string | undefined {
  let details: { modulusLength?: number; publicExponent?: bigint; namedCurve?: string } | undefined
  try {
    details = createPublicKey({ key: { ...jwk }, format: 'jwk' }).asymmetricKeyDetails
  } catch {
    return 'a key cannot be read'
  }
  if (jwk['kty'] === 'EC')
    return CURVES.has(details?.namedCurve) ? undefined : 'an EC key must be on P-256 or P-384'
  if ((details?.modulusLength ?? 0) < LEAST_RSA_BITS) return 'an RSA key needs 2048 bits or more'
  const exponent = details?.publicExponent ?? 0n
  return exponent >= 3n && exponent % 2n === 1n
    ? undefined
    : 'the exponent of an RSA key must be odd and 3 or more'
}
