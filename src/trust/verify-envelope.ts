import { hash } from 'node:crypto'
import type { SignatureProblemCode } from '../domain/signature-problems.ts'
import type { Certificate } from './certificate.ts'
import { type CertificationPath, findCertificationPath } from './certification-path.ts'
import { checkRevocation, type RevocationEvidence } from './revocation.ts'
import { fitsKey, isSignatureRight } from './signature-algorithms.ts'
import { SignatureRefusal } from './signature-refusal.ts'
import { readSignedData, type SignerInfo } from './signed-data.ts'
import type { TrustStore, TrustView } from './trust-store.ts'

/** Named settings of verification. */
export interface SignatureSettings {
  /** How far a signer's clock may be ahead of the hub's, and how late a revocation list may come. */
  readonly clockSkewSeconds: number
  /** How far back a signing time is believed when a certificate's validity is judged. */
  readonly signingTimeToleranceSeconds: number
  /** Whether a signature passes while no current revocation list is at hand. */
  readonly acceptPendingRevocation: boolean
  /** Whether a certificate that belongs to no signer's path makes the envelope invalid. */
  readonly refuseUnusedCertificates: boolean
  readonly maxDocumentBytes: number
  readonly maxSignatureBytes: number
}

/** Safe where safety and service differ: pending revocation is refused unless a region says otherwise. */
const DEFAULT_SIGNATURE_SETTINGS: SignatureSettings = {
  clockSkewSeconds: 300,
  signingTimeToleranceSeconds: 86_400,
  acceptPendingRevocation: false,
  refuseUnusedCertificates: true,
  maxDocumentBytes: 262_144,
  maxSignatureBytes: 65_536,
}

/** @param now instant of arrival; the rest as set for the hub or the region */
export type VerifyOptions = { readonly now: Date } & Partial<SignatureSettings>

/** One signer whose signature is right and whose path holds. */
export interface VerifiedSigner {
  /** SHA-256 of the certificate, lower-case hex: what the register of certificates is asked for. */
  readonly fingerprint: string
  /** May hold a person's name: not for logs. */
  readonly subject: string
  /** The signer's claim, ISO 8601 UTC; the policy says how far it may be from issue and arrival. */
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

interface Judgement {
  readonly signer: VerifiedSigner
  readonly path: CertificationPath
}

/** One verification: what was given and what is trusted while it runs. */
interface Verification {
  readonly document: Buffer
  readonly store: TrustStore
  readonly view: TrustView
  readonly settings: SignatureSettings & { readonly now: Date }
  readonly certificates: readonly Certificate[]
}

function assertSizes(document: Buffer, signature: Buffer, settings: SignatureSettings): void {
  if (document.length > settings.maxDocumentBytes || signature.length > settings.maxSignatureBytes) {
    throw new SignatureRefusal('signature-too-large')
  }
}

function readCertificates(encoded: readonly Buffer[], store: TrustStore): Certificate[] {
  const certificates = encoded.map((der) => store.certificate(der))
  if (new Set(certificates.map((each) => each.fingerprint)).size !== certificates.length) {
    throw new SignatureRefusal('signature-duplicated-element')
  }
  return certificates
}

function certificateOf({ signerId }: SignerInfo, certificates: readonly Certificate[]): Certificate {
  const certificate = certificates.find((each) =>
    'subjectKeyId' in signerId
      ? each.subjectKeyId === signerId.subjectKeyId
      : each.issuer === signerId.issuer && each.serial === signerId.serial,
  )
  if (certificate === undefined) throw new SignatureRefusal('signer-certificate-missing')
  return certificate
}

function assertDigest({ attributes, digest }: SignerInfo, document: Buffer): void {
  if (attributes === undefined) return
  if (!attributes.messageDigest.equals(hash(digest, document, 'buffer'))) {
    throw new SignatureRefusal('document-altered')
  }
}

async function assertSignature(info: SignerInfo, certificate: Certificate, document: Buffer): Promise<void> {
  if (certificate.keyProblem !== undefined) throw new SignatureRefusal(certificate.keyProblem)
  if (!fitsKey(info.algorithm, certificate.key)) throw new SignatureRefusal('algorithm-mismatch')
  const signed = info.attributes?.der ?? document
  if (!(await isSignatureRight(info.algorithm, certificate.key, signed, info.signature))) {
    throw new SignatureRefusal('signature-wrong')
  }
}

/** The instant at which certificates have to be valid: see `verifyEnvelope`. @returns epoch milliseconds */
function instantOfJudgement(info: SignerInfo, settings: Verification['settings']): number {
  const now = settings.now.getTime()
  const claimed = info.attributes?.signingTime
  if (claimed === undefined) return now
  const isPlausible =
    claimed <= now + settings.clockSkewSeconds * 1000 &&
    claimed >= now - settings.signingTimeToleranceSeconds * 1000
  return isPlausible ? claimed : now
}

async function judgeSigner(info: SignerInfo, verification: Verification): Promise<Judgement> {
  const { document, store, view, settings, certificates } = verification
  const certificate = certificateOf(info, certificates)
  assertDigest(info, document)
  await assertSignature(info, certificate, document)
  const at = instantOfJudgement(info, settings)
  const path = await findCertificationPath(certificate, certificates, store, view, at)
  const { revocation, evidence } = await checkRevocation(
    path,
    store,
    view,
    settings.now,
    settings.clockSkewSeconds,
  )
  if (revocation === 'pending' && !settings.acceptPendingRevocation) {
    throw new SignatureRefusal('revocation-pending')
  }
  const signingTime = info.attributes?.signingTime
  const signer = {
    fingerprint: certificate.fingerprint,
    subject: certificate.subjectText,
    ...(signingTime === undefined ? {} : { signedAt: new Date(signingTime).toISOString() }),
    algorithm: `${info.algorithm.scheme}-${info.algorithm.digest}`,
    revocation,
    evidence,
  }
  return { signer, path }
}

/** The first refusal in the order of the signers, whichever came first in time. */
class SignerRefusal extends SignatureRefusal {
  readonly index: number

  constructor(code: SignatureProblemCode, index: number) {
    super(code)
    this.index = index
  }
}

async function judgeAll(infos: readonly SignerInfo[], verification: Verification): Promise<Judgement[]> {
  const outcomes = await Promise.allSettled(infos.map((info) => judgeSigner(info, verification)))
  return outcomes.map((outcome, index) => {
    if (outcome.status === 'fulfilled') return outcome.value
    if (outcome.reason instanceof SignatureRefusal) throw new SignerRefusal(outcome.reason.code, index)
    throw outcome.reason
  })
}

function assertNothingUnused(judgements: readonly Judgement[], verification: Verification): void {
  if (!verification.settings.refuseUnusedCertificates) return
  const used = new Set(judgements.flatMap(({ path }) => path.map((each) => each.fingerprint)))
  if (verification.certificates.some((each) => !used.has(each.fingerprint))) {
    throw new SignatureRefusal('certificate-unused')
  }
}

function verdictOn(judgements: readonly Judgement[]): Verdict {
  const signers = judgements.map((judgement) => judgement.signer)
  const isPending = signers.some((signer) => signer.revocation === 'pending')
  return { status: isPending ? 'valid-revocation-pending' : 'valid', signers }
}

/**
 * Judges a detached CMS signature over exact document bytes. All signers must pass.
 *
 * Certificates must be valid at the signing time when the signature has one that is not later than now plus the
 * clock skew and not earlier than the tolerance; otherwise at `now`. Revocation is always judged as of `now`.
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
    const certificates = readCertificates(envelope.certificates, store)
    const verification = { document, store, view: store.view, settings, certificates }
    const judgements = await judgeAll(envelope.signers, verification)
    assertNothingUnused(judgements, verification)
    return verdictOn(judgements)
  } catch (error) {
    if (!(error instanceof SignatureRefusal)) throw error
    const index = error instanceof SignerRefusal ? { signerIndex: error.index } : {}
    return { status: 'invalid', code: error.code, ...index }
  }
}
