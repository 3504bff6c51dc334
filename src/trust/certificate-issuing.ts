import { hash, type KeyObject, randomBytes, sign } from 'node:crypto'
import { fingerprintOf, KEY_USAGE, parseCertificate } from './certificate.ts'
import { DerCursor, encoded, readDer, TAG } from './der-reader.ts'
import {
  type Asn1,
  bits,
  boolean,
  enumerated,
  explicit,
  implicitOctets,
  integer,
  integerHex,
  namedBits,
  nothing,
  octets,
  oid,
  raw,
  sequence,
  setOf,
  text,
  time,
  write,
} from './der-writer.ts'
import { PART_IDS } from './distinguished-name.ts'
import { makeKeyPair } from './key-pair.ts'
import { isSm2Key, sm2Signature } from './sm2.ts'

/** A certificate with its private key, as the sandbox keeps it. */
export interface Identity {
  readonly certificate: Buffer
  readonly certificatePem: string
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string
  /** Hex, as revocation lists name it. */
  readonly serial: string
  readonly key: KeyObject
}

export type KeyKind = 'rsa-2048' | 'p-256' | 'p-384' | 'sm2'

/** Parts of a name by short names: `CN`, `O`, `C`… */
export type SubjectName = Readonly<Record<string, string>>

export interface IssueOptions {
  readonly subject: SubjectName
  readonly notBefore: Date
  readonly notAfter: Date
  /** Default P-256: quick to make and to verify. */
  readonly keyKind?: KeyKind
  /** Present for an authority. `pathLength` is how many further authorities it may have below it. */
  readonly authority?: { readonly pathLength?: number }
  /** Bits of keyUsage; by default what an authority or a signer needs. */
  readonly keyUsage?: readonly number[]
}

export interface Revocation {
  readonly serial: string
  readonly at: Date
  /** Code of RFC 5280 5.3.1: 1 key compromise, 4 superseded, 5 cessation of operation. */
  readonly reason?: number
}

const SIGNER_USAGE = [KEY_USAGE.digitalSignature, KEY_USAGE.nonRepudiation]
const AUTHORITY_USAGE = [KEY_USAGE.keyCertSign, KEY_USAGE.crlSign]

const KEYS = {
  'rsa-2048': { rsaBits: 2048 },
  'p-256': { curve: 'P-256' },
  'p-384': { curve: 'P-384' },
  sm2: { curve: 'SM2' },
}

function nameOf(subject: SubjectName): Asn1 {
  const parts = Object.entries(subject).map(([part, value]) => {
    const id = PART_IDS[part]
    if (id === undefined) throw new RangeError(`unknown part of a name: ${part}`)
    // RFC 5280 wants countries as PrintableString.
    return setOf([sequence(oid(id), text(value, part === 'C'))])
  })
  return sequence(...parts)
}

function extension(type: string, isCritical: boolean, value: Asn1): Asn1 {
  return sequence(oid(type), ...(isCritical ? [boolean(true)] : []), octets(write(value)))
}

function keyId(spki: Buffer): Buffer {
  return hash('sha256', spki, 'buffer').subarray(0, 20)
}

function spkiOf(der: Buffer): Buffer {
  return parseCertificate(der).key.info
}

/** The subject's name as it stands in the certificate: the issuer's name of what it issues. */
function subjectOf(der: Buffer): Asn1 {
  const inner = new DerCursor(readDer(der)).enter(TAG.sequence)
  inner.optional(0xa0)
  inner.next(TAG.integer)
  for (let i = 0; i < 3; i += 1) inner.next(TAG.sequence)
  return raw(encoded(inner.next(TAG.sequence)))
}

function algorithmOf(key: KeyObject): { identifier: Asn1; digest: string } {
  if (isSm2Key(key)) return { identifier: sequence(oid('1.2.156.10197.1.501')), digest: 'sm3' }
  if (key.asymmetricKeyType === 'rsa') {
    return { identifier: sequence(oid('1.2.840.113549.1.1.11'), nothing()), digest: 'sha256' }
  }
  const isLarge = key.asymmetricKeyDetails?.namedCurve === 'secp384r1'
  return isLarge
    ? { identifier: sequence(oid('1.2.840.10045.4.3.3')), digest: 'sha384' }
    : { identifier: sequence(oid('1.2.840.10045.4.3.2')), digest: 'sha256' }
}

function signed(content: Asn1, key: KeyObject): Buffer {
  const { identifier, digest } = algorithmOf(key)
  const bytes = write(content)
  const signature = digest === 'sm3' ? sm2Signature(key, bytes) : sign(digest, bytes, key)
  return write(sequence(content, identifier, bits(signature)))
}

function extensionsFor(options: IssueOptions, ownKey: Buffer, issuerKey: Buffer): Asn1 {
  const { authority } = options
  const length = authority?.pathLength === undefined ? [] : [integer(authority.pathLength)]
  const constraints = authority === undefined ? sequence() : sequence(boolean(true), ...length)
  const usage = options.keyUsage ?? (authority === undefined ? SIGNER_USAGE : AUTHORITY_USAGE)
  return sequence(
    extension('2.5.29.19', true, constraints),
    extension('2.5.29.15', true, namedBits(usage)),
    extension('2.5.29.14', false, octets(keyId(ownKey))),
    extension('2.5.29.35', false, sequence(implicitOctets(0, keyId(issuerKey)))),
  )
}

function pemOf(der: Buffer): string {
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

/** A certificate and its key as an identity. */
export function identityOf(certificate: Buffer, key: KeyObject): Identity {
  return {
    certificate,
    certificatePem: pemOf(certificate),
    fingerprint: fingerprintOf(certificate),
    serial: parseCertificate(certificate).serial,
    key,
  }
}

/**
 * Issues a certificate with a fresh key. Any dates and usage are allowed: the sandbox needs wrong ones too.
 *
 * @param issuer the authority, or undefined for a root that signs itself
 */
export async function issueCertificate(
  issuer: Identity | undefined,
  options: IssueOptions,
): Promise<Identity> {
  const { publicKey, privateKey } = makeKeyPair(KEYS[options.keyKind ?? 'p-256'])
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  const signingKey = issuer?.key ?? privateKey
  const serial = randomBytes(16)
  serial[0] = (serial[0]! & 0x3f) | 0x40 // positive, and never a leading zero
  const content = sequence(
    explicit(0, integer(2)),
    integerHex(serial.toString('hex')),
    algorithmOf(signingKey).identifier,
    issuer === undefined ? nameOf(options.subject) : subjectOf(issuer.certificate),
    sequence(time(options.notBefore), time(options.notAfter)),
    nameOf(options.subject),
    raw(spki),
    explicit(3, extensionsFor(options, spki, issuer === undefined ? spki : spkiOf(issuer.certificate))),
  )
  return identityOf(signed(content, signingKey), privateKey)
}

/**
 * Issues a complete revocation list.
 *
 * @param number grows with each list of the issuer
 * @returns DER
 */
export function issueRevocationList(
  issuer: Identity,
  list: {
    readonly revoked: readonly Revocation[]
    readonly thisUpdate: Date
    readonly nextUpdate: Date
    readonly number: number
  },
): Buffer {
  const entries = list.revoked.map(({ serial, at, reason }) => {
    const code = reason === undefined ? [] : [enumerated(reason)]
    const extensions = code.map((each) => sequence(extension('2.5.29.21', false, each)))
    return sequence(integerHex(serial), time(at), ...extensions)
  })
  const content = sequence(
    integer(1),
    algorithmOf(issuer.key).identifier,
    subjectOf(issuer.certificate),
    time(list.thisUpdate),
    time(list.nextUpdate),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    explicit(
      0,
      sequence(
        extension('2.5.29.35', false, sequence(implicitOctets(0, keyId(spkiOf(issuer.certificate))))),
        extension('2.5.29.20', false, integer(list.number)),
      ),
    ),
  )
  return signed(content, issuer.key)
}
