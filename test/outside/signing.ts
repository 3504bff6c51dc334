import { createHash, createPrivateKey, type JsonWebKey, randomUUID, sign, X509Certificate } from 'node:crypto'

/** A physician or a seal of the sandbox, with its key. */
export interface Signer {
  readonly certificatePem: string
  readonly keyPem: string
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** An assertion by which a client shows who it is. @see RFC 7523 */
export function assertionOf(
  clientId: string,
  jwk: JsonWebKey & { kid: string },
  audience: string,
  seconds = 120,
): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: audience,
    jti: randomUUID(),
    iat: now,
    exp: now + seconds,
  }
  const text = `${part({ alg: 'ES256', kid: jwk.kid, typ: 'JWT' })}.${part(claims)}`
  const key = createPrivateKey({ key: jwk, format: 'jwk' })
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${signature.toString('base64url')}`
}

// ---- CMS (RFC 5652), as little of it as a detached signature needs

const SEQUENCE = 0x30
const SET = 0x31
const OF = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  sha256: '2.16.840.1.101.3.4.2.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
}

function lengthOf(count: number): Buffer {
  if (count < 0x80) return Buffer.from([count])
  const bytes =
    count < 0x100 ? [count] : count < 0x10000 ? [count >> 8, count] : [count >> 16, count >> 8, count]
  return Buffer.from([0x80 | bytes.length, ...bytes.map((byte) => byte & 0xff)])
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content])
}

function oid(name: string): Buffer {
  const [first, second, ...rest] = name.split('.').map(Number)
  const bytes = rest.flatMap((arc) => {
    const groups = [arc & 0x7f]
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift(0x80 | (left & 0x7f))
    return groups
  })
  return der(0x06, Buffer.from([first! * 40 + second!, ...bytes]))
}

const attribute = (type: string, value: Buffer) => der(SEQUENCE, oid(type), der(SET, value))
/** Members of a set stand in the order of their bytes. */
const setOf = (tag: number, members: readonly Buffer[]) => der(tag, ...[...members].sort(Buffer.compare))

/** The elements within a constructed one. */
function childrenOf(bytes: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = headOf(bytes, 0).start; at < bytes.length; ) {
    const { end } = headOf(bytes, at)
    found.push(bytes.subarray(at, end))
    at = end
  }
  return found
}

function headOf(bytes: Buffer, at: number): { start: number; end: number } {
  const first = bytes[at + 1]!
  const width = first < 0x80 ? 0 : first & 0x7f
  const start = at + 2 + width
  return { start, end: start + (width === 0 ? first : bytes.readUIntBE(at + 2, width)) }
}

const utcTime = (at: Date) =>
  der(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`, 'latin1'))

function signerInfo(document: Buffer, signer: Signer, at: Date): Buffer {
  const [body] = childrenOf(new X509Certificate(signer.certificatePem).raw)
  const members = childrenOf(body!)
  const from = members[0]![0] === 0xa0 ? 1 : 0
  const [serial, issuer] = [members[from]!, members[from + 2]!]
  const attributes = [
    attribute(OF.contentType, oid(OF.data)),
    attribute(OF.signingTime, utcTime(at)),
    attribute(OF.messageDigest, der(0x04, createHash('sha256').update(document).digest())),
  ]
  const signature = sign('sha256', setOf(SET, attributes), createPrivateKey(signer.keyPem))
  return der(
    SEQUENCE,
    der(0x02, Buffer.from([1])),
    der(SEQUENCE, issuer, serial),
    der(SEQUENCE, oid(OF.sha256)),
    setOf(0xa0, attributes),
    der(SEQUENCE, oid(OF.ecdsaWithSha256)),
    der(0x04, signature),
  )
}

/**
 * A detached signature of all signers over the bytes of a document, with their certificates and the one between.
 *
 * @param at the time that the signers state
 */
export function signatureOf(
  document: Buffer,
  signers: readonly Signer[],
  intermediatePem: string,
  at: Date,
): Buffer {
  const certificates = [...signers.map(({ certificatePem }) => certificatePem), intermediatePem].map(
    (pem) => new X509Certificate(pem).raw,
  )
  const signedData = der(
    SEQUENCE,
    der(0x02, Buffer.from([1])),
    der(SET, der(SEQUENCE, oid(OF.sha256))),
    der(SEQUENCE, oid(OF.data)),
    setOf(0xa0, certificates),
    setOf(
      SET,
      signers.map((signer) => signerInfo(document, signer, at)),
    ),
  )
  return der(SEQUENCE, oid(OF.signedData), der(0xa0, signedData))
}
