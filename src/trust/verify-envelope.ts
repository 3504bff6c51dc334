import type { SignatureProblemCode } from '../domain/signature-problems.ts'
import type { Certificate } from './certificate.ts'
import { type CertificationPath, findCertificationPath } from './certification-path.ts'
import { type OcspResponse, readOcspResponse } from './ocsp-response.ts'
import { checkRevocation, type RevocationEvidence } from './revocation.ts'
import { fitsKey, isSignatureRight, problemOfValue } from './signature-algorithms.ts'
import { SignatureRefusal } from './signature-refusal.ts'
import {
  digestOf,
  isCertificateOf,
  readSignedData,
  type SignedData,
  type SignerId,
  type SignerInfo,
} from './signed-data.ts'
import { stampedAt } from './time-stamp.ts'
import type { TrustStore, TrustView } from './trust-store.ts'

/** Named settings of verification. */
export interface SignatureSettings {
  /** How far a signer's clock may be ahead of the hub's, and how late a revocation list may come. */
  readonly clockSkewSeconds: number
  /** How far back a signing time is believed when a certificate's validity is judged. */
  readonly signingTimeToleranceSeconds: number
  /** Whether a signature passes while no current revocation list is at hand. */
  readonly acceptPendingRevocation: boolean
  readonly maxDocumentBytes: number
  readonly maxSignatureBytes: number
}

/** Safe where safety and service differ: pending revocation is refused unless a region says otherwise. */
const DEFAULT_SIGNATURE_SETTINGS: SignatureSettings = {
  clockSkewSeconds: 300,
  signingTimeToleranceSeconds: 86_400,
  acceptPendingRevocation: false,
  maxDocumentBytes: 262_144,
  maxSignatureBytes: 65_536,
}

/** The instant of arrival, and what is set for the hub or the region. */
export type VerifyOptions = {
  readonly now: Date
  /** A certificate that the envelope lacks, from the register: DER. */
  readonly findCertificate?: (signer: SignerId) => Buffer | undefined
} & Partial<SignatureSettings>

/** One signer whose signature is right and whose path holds. */
export interface VerifiedSigner {
  /** SHA-256 of the certificate, lower-case hex: what the register of certificates is asked for. */
  readonly fingerprint: string
  /** SHA-256 of the certificate of the authority that issued it, hex; a signer that is its own anchor is its own. */
  readonly authority: string
  /** May hold a person's name: not for logs. The parts as `nameParts` has them. */
  readonly subject: string
  readonly subjectParts: readonly string[]
  /** The signer's claim, or what a time stamp proves, ISO 8601 UTC; the policy says how far it may be from issue and arrival. */
  readonly signedAt?: string
  /** `rsa-pkcs1-sha256`, `ecdsa-sha384`… */
  readonly algorithm: string
  readonly revocation: 'good' | 'pending'
  /** For `recheckRevocation`; plain JSON. */
  readonly evidence: readonly RevocationEvidence[]
}

export type Verdict =
  | { readonly status: 'valid' | 'valid-revocation-pending'; readonly signers: readonly VerifiedSigner[] }
  | {
      readonly status: 'invalid'
      readonly code: SignatureProblemCode
      /** Which signer, from 0, when it is about one. */
      readonly signerIndex?: number
    }

/** One verification: what was given and what is trusted while it runs. */
interface Verification extends Embedded {
  readonly responses: readonly OcspResponse[]
  readonly document: Buffer
  readonly store: TrustStore
  readonly view: TrustView
  readonly settings: SignatureSettings & VerifyOptions
}

function assertSizes(document: Buffer, signature: Buffer, settings: SignatureSettings): void {
  if (document.length > settings.maxDocumentBytes || signature.length > settings.maxSignatureBytes) {
    throw new SignatureRefusal('signature-too-large')
  }
}

interface Embedded {
  readonly certificates: readonly Certificate[]
  /** Why one of those that came could not be read: it matters only when a signer's own is missing. */
  readonly unreadable?: SignatureRefusal
}

function readCertificates(encoded: readonly Buffer[], store: TrustStore): Embedded {
  const certificates: Certificate[] = []
  let unreadable: SignatureRefusal | undefined
  for (const der of encoded) {
    try {
      certificates.push(store.certificate(der))
    } catch (error) {
      if (!(error instanceof SignatureRefusal)) throw error
      unreadable = error
    }
  }
  if (new Set(certificates.map((each) => each.fingerprint)).size !== certificates.length) {
    throw new SignatureRefusal('signature-duplicated-element')
  }
  return { certificates, ...(unreadable === undefined ? {} : { unreadable }) }
}

/** The certificate that a signer names, among those that are filed. @param filed DER in base64 */
export function findCertificate(
  signer: SignerId,
  filed: readonly string[],
  store: TrustStore,
): Buffer | undefined {
  return filed
    .map((base64) => Buffer.from(base64, 'base64'))
    .find((der) => isCertificateOf(signer, store.certificate(der)))
}

function certificateOf({ signerId }: SignerInfo, verification: Verification): Certificate {
  const embedded = verification.certificates.find((each) => isCertificateOf(signerId, each))
  if (embedded !== undefined) return embedded
  const filed = verification.settings.findCertificate?.(signerId)
  if (filed === undefined) throw verification.unreadable ?? new SignatureRefusal('signer-certificate-missing')
  return verification.store.certificate(filed)
}

/** A document that came in the signature as well must be the one that came beside it. */
function assertContent({ content }: SignedData, document: Buffer): void {
  if (content !== undefined && !content.equals(document))
    throw new SignatureRefusal('signature-content-differs')
}

function assertDigest({ attributes, digest }: SignerInfo, document: Buffer): void {
  if (attributes === undefined) return
  if (!attributes.messageDigest.equals(digestOf(digest, document))) {
    throw new SignatureRefusal('document-altered')
  }
}

async function assertSignature(
  info: SignerInfo,
  { key }: Certificate,
  { document, store }: Verification,
): Promise<void> {
  if (key.problem !== undefined) throw new SignatureRefusal(key.problem)
  if (!fitsKey(info.algorithm, key)) throw new SignatureRefusal('algorithm-mismatch')
  const problem = problemOfValue(info.algorithm, info.signature)
  if (problem !== undefined) throw new SignatureRefusal(problem)
  const signed = info.attributes?.der ?? document
  if (await isSignatureRight(info.algorithm, key, signed, info.signature, store.sm2Ids)) return
  throw new SignatureRefusal('signature-wrong')
}

/** The instant at which certificates have to be valid: see `verifyEnvelope`. @returns epoch milliseconds */
function instantOfJudgement(
  info: SignerInfo,
  stamped: number | undefined,
  settings: Verification['settings'],
): number {
  if (stamped !== undefined) return stamped
  const now = settings.now.getTime()
  const claimed = info.attributes?.signingTime
  if (claimed === undefined) return now
  const isPlausible =
    claimed <= now + settings.clockSkewSeconds * 1000 &&
    claimed >= now - settings.signingTimeToleranceSeconds * 1000
  return isPlausible ? claimed : now
}

/** What is missing may be what came and could not be read: then that is the cause. */
async function pathOf(
  certificate: Certificate,
  verification: Verification,
  at: number,
): Promise<CertificationPath> {
  const { certificates, store, view, unreadable } = verification
  try {
    return await findCertificationPath(certificate, certificates, store, view, at)
  } catch (error) {
    const isMissing = error instanceof SignatureRefusal && error.code === 'issuer-missing'
    throw isMissing ? (unreadable ?? error) : error
  }
}

async function judgeSigner(info: SignerInfo, verification: Verification): Promise<VerifiedSigner> {
  const { document, store, view, settings } = verification
  const certificate = certificateOf(info, verification)
  assertDigest(info, document)
  await assertSignature(info, certificate, verification)
  const now = settings.now.getTime()
  const stamped = await stampedAt(info, store, view, now + settings.clockSkewSeconds * 1000)
  const at = instantOfJudgement(info, stamped, settings)
  const path = await pathOf(certificate, verification, at)
  const { revocation, evidence } = await checkRevocation(
    path,
    { embedded: verification.certificates, responses: verification.responses },
    store,
    view,
    { now, seenAt: Math.min(stamped ?? now, now), skew: settings.clockSkewSeconds * 1000 },
  )
  if (revocation === 'pending' && !settings.acceptPendingRevocation) {
    throw new SignatureRefusal('revocation-pending')
  }
  const signingTime = stamped ?? info.attributes?.signingTime
  return {
    fingerprint: certificate.fingerprint,
    authority: (path[1] ?? certificate).fingerprint,
    subject: certificate.subjectText,
    subjectParts: certificate.subjectParts,
    ...(signingTime === undefined ? {} : { signedAt: new Date(signingTime).toISOString() }),
    algorithm: `${info.algorithm.scheme}-${info.algorithm.digest}`,
    revocation,
    evidence,
  }
}

/** The first refusal in the order of the signers, whichever came first in time. */
class SignerRefusal extends SignatureRefusal {
  readonly index: number

  constructor(code: SignatureProblemCode, index: number) {
    super(code)
    this.index = index
  }
}

async function judgeAll(infos: readonly SignerInfo[], verification: Verification): Promise<VerifiedSigner[]> {
  const outcomes = await Promise.allSettled(infos.map((info) => judgeSigner(info, verification)))
  return outcomes.map((outcome, index) => {
    if (outcome.status === 'fulfilled') return outcome.value
    if (outcome.reason instanceof SignatureRefusal) throw new SignerRefusal(outcome.reason.code, index)
    throw outcome.reason
  })
}

function verdictOn(signers: readonly VerifiedSigner[]): Verdict {
  const isPending = signers.some((signer) => signer.revocation === 'pending')
  return { status: isPending ? 'valid-revocation-pending' : 'valid', signers }
}

/**
 * Judges a CMS signature over exact document bytes. All signers must pass; certificates that nobody needs don't matter.
 *
 * Certificates must be valid at the time of a stamp by an authority that is trusted for stamps (RFC 3161), however long
 * ago; else at the signing time when the signature has one that is not later than now plus the clock skew and not earlier
 * than the tolerance; otherwise at `now`. Revocation is judged as of `now`; one that came after the stamp, for another
 * reason than theft, leaves the signature good.
 *
 * An altered document shows as `document-altered` when the signer signed attributes, and as `signature-wrong` when
 * the signature is over the document itself: then the two cannot be told apart.
 *
 * @returns never throws for what callers send: every refusal is a verdict with its code
 */
export async function verifyEnvelope(
  document: Buffer,
  signature: Buffer,
  store: TrustStore,
  options: VerifyOptions,
): Promise<Verdict> {
  const settings = { ...DEFAULT_SIGNATURE_SETTINGS, ...options }
  try {
    assertSizes(document, signature, settings)
    const envelope = readSignedData(signature)
    assertContent(envelope, document)
    const embedded = readCertificates(envelope.certificates, store)
    const responses = envelope.ocspResponses.map(readOcspResponse).filter((each) => each !== undefined)
    const verification = { document, store, view: store.view, settings, responses, ...embedded }
    return verdictOn(await judgeAll(envelope.signers, verification))
  } catch (error) {
    if (!(error instanceof SignatureRefusal)) throw error
    const index = error instanceof SignerRefusal ? { signerIndex: error.index } : {}
    return { status: 'invalid', code: error.code, ...index }
  }
}
