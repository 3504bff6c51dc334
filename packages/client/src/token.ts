import { constants, createPrivateKey, type JsonWebKey, type KeyObject, randomUUID, sign } from 'node:crypto'

/** Who asks for tokens. */
export interface Credentials {
  readonly clientId: string
  /** The private key whose public half is registered: a JWK, PEM text or a key of Node. */
  readonly privateKey: JsonWebKey | KeyObject | string
  /** Which of several registered keys it is; taken from the JWK when absent. */
  readonly keyId?: string
}

const LIFE_SECONDS = 120

/**
 * A signed assertion with which a client asks for a token.
 *
 * @param issuer the hub's issuer, from its metadata
 * @throws TypeError for a key that is neither RSA nor on P-256 or P-384
 * @see RFC 7523, 2.2 and 3
 */
export function clientAssertion(credentials: Credentials, issuer: string, now: Date): string {
  const { clientId, privateKey } = credentials
  const key = keyOf(privateKey)
  const keyId = credentials.keyId ?? (privateKey as { kid?: string }).kid
  const { alg, hash } = algorithmOf(key)
  const seconds = Math.floor(now.getTime() / 1000)
  const content = [
    { alg, typ: 'JWT', ...(keyId === undefined ? {} : { kid: keyId }) },
    {
      iss: clientId,
      sub: clientId,
      aud: issuer,
      jti: randomUUID(),
      iat: seconds,
      exp: seconds + LIFE_SECONDS,
    },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const how =
    alg === 'PS256'
      ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : ({ key, dsaEncoding: 'ieee-p1363' } as const)
  return `${content}.${sign(hash, Buffer.from(content), how).toString('base64url')}`
}

function keyOf(given: Credentials['privateKey']): KeyObject {
  if (typeof given === 'string') return createPrivateKey(given)
  return 'asymmetricKeyType' in given
    ? (given as KeyObject)
    : createPrivateKey({ key: given as JsonWebKey, format: 'jwk' })
}

function algorithmOf(key: KeyObject): { alg: string; hash: string } {
  if (key.asymmetricKeyType === 'rsa') return { alg: 'PS256', hash: 'sha256' }
  switch (key.asymmetricKeyDetails?.namedCurve) {
    case 'prime256v1':
      return { alg: 'ES256', hash: 'sha256' }
    case 'secp384r1':
      return { alg: 'ES384', hash: 'sha384' }
    default:
      throw new TypeError('the key must be RSA, or on the curve P-256 or P-384')
  }
}
