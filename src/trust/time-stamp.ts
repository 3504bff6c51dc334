import { hash } from 'node:crypto'
import type { Certificate } from './certificate.ts'
import { leadsToAnchor } from './certification-path.ts'
import { DerCursor, DerError, type DerNode, readDer, TAG } from './der-reader.ts'
import { readExactTime, readOctets, readOid, readSmallInteger } from './der-values.ts'
import { isRevokedByIssuer } from './revocation.ts'
import { fitsKey, isSignatureRight, readDigest } from './signature-algorithms.ts'
import { SignatureRefusal } from './signature-refusal.ts'
import {
  digestOf,
  isCertificateOf,
  readSignedData,
  type SignedAttributes,
  type SignerInfo,
} from './signed-data.ts'
import type { TrustStore, TrustView } from './trust-store.ts'

const TST_INFO = '1.2.840.113549.1.9.16.1.4'
const TYPES: ReadonlySet<string> = new Set([TST_INFO])
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12'
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47'
/** Each costs a few signatures to verify. */
const MOST_STAMPS = 4

/** True when a token's time is that of exactly these bytes. */
function isImprintOf(info: DerCursor, bytes: Buffer): boolean {
  const imprint = info.enter(TAG.sequence)
  const digest = readDigest(imprint.next())
  return readOctets(imprint.next()).equals(hash(digest, bytes, 'buffer'))
}

/** The time in a TSTInfo over these bytes (RFC 3161, 2.4.2). */
function timeIn(content: Buffer, bytes: Buffer): number | undefined {
  const info = new DerCursor(readDer(content), TAG.sequence)
  if (readSmallInteger(info.next()) !== 1) return undefined
  readOid(info.next())
  if (!isImprintOf(info, bytes)) return undefined
  info.next(TAG.integer)
  return readExactTime(info.next())
}

function onlyChild(node: DerNode): DerCursor {
  return new DerCursor(node).enter(TAG.sequence).enter(TAG.sequence)
}

/** The token must name its signer's certificate by hash (RFC 5816), so that no other of the same key can be put there. */
function namesCertificate({ values }: SignedAttributes, { der }: Certificate): boolean {
  const v2 = values.get(SIGNING_CERTIFICATE_V2)?.[0]
  if (v2 !== undefined) {
    const id = onlyChild(v2)
    const algorithm = id.optional(TAG.sequence)
    const digest = algorithm === undefined ? 'sha256' : readDigest(algorithm)
    return readOctets(id.next()).equals(hash(digest, der, 'buffer'))
  }
  const v1 = values.get(SIGNING_CERTIFICATE)?.[0]
  return v1 !== undefined && readOctets(onlyChild(v1).next()).equals(hash('sha1', der, 'buffer'))
}

/** True for a certificate that may do nothing but stamp times, by an authority that is trusted for that. */
async function mayStamp(
  certificate: Certificate,
  embedded: readonly Certificate[],
  store: TrustStore,
  view: TrustView,
  at: number,
): Promise<boolean> {
  const { extendedKeyUsage, key, hasUnknownCritical } = certificate
  if (extendedKeyUsage?.length !== 1 || extendedKeyUsage[0] !== TIME_STAMPING) return false
  if (key.problem !== undefined || hasUnknownCritical) return false
  const isTrusted = view.isAnchor(certificate.fingerprint)
    ? at >= certificate.notBefore && at <= certificate.notAfter
    : await leadsToAnchor(certificate, embedded, store, view, at)
  return isTrusted && !(await isRevokedByIssuer(certificate, { store, view, now: at }))
}

async function timeOf(
  token: Buffer,
  stamped: Buffer,
  store: TrustStore,
  view: TrustView,
): Promise<number | undefined> {
  const { content, certificates, signers } = readSignedData(token, TYPES)
  const [signer] = signers
  if (content === undefined || signers.length !== 1 || signer?.attributes === undefined) return undefined
  const embedded = certificates.map((der) => store.certificate(der))
  const own = embedded.find((each) => isCertificateOf(signer.signerId, each))
  if (own === undefined || !namesCertificate(signer.attributes, own)) return undefined
  const { attributes, algorithm, digest, signature } = signer
  if (!attributes.messageDigest.equals(digestOf(digest, content)) || !fitsKey(algorithm, own.key))
    return undefined
  const at = timeIn(content, stamped)
  if (at === undefined || !(await mayStamp(own, embedded, store, view, at))) return undefined
  const isRight = await isSignatureRight(algorithm, own.key, attributes.der, signature, store.sm2Ids)
  return isRight ? at : undefined
}

/**
 * When a signature existed, by the earliest of its time stamps that is right and made by an authority trusted for stamps.
 * A stamp that is not tells nothing: whoever sends it could have left it out.
 *
 * @param latest epoch milliseconds; a stamp of a later time tells nothing
 * @returns epoch milliseconds, or undefined
 */
export async function stampedAt(
  { timeStamps, signature }: SignerInfo,
  store: TrustStore,
  { timeStamps: view }: TrustView,
  latest: number,
): Promise<number | undefined> {
  if (view === undefined) return undefined
  const times: number[] = []
  for (const token of timeStamps.slice(0, MOST_STAMPS)) {
    try {
      const at = await timeOf(token, signature, store, view)
      if (at !== undefined && at <= latest) times.push(at)
    } catch (error) {
      if (!(error instanceof SignatureRefusal || error instanceof DerError)) throw error
    }
  }
  return times.length === 0 ? undefined : Math.min(...times)
}
