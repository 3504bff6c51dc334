import type { SignerFacts } from '../domain/facts.ts'
import type { CertificateIdentity, RegisteredCertificate } from '../domain/registers.ts'
import type { SignatureProblemCode } from '../domain/signature-problems.ts'
import { namePart } from './distinguished-name.ts'
import type { VerifiedSigner } from './verify-envelope.ts'

export type SignerPurpose = RegisteredCertificate['purpose']

/** Who has to have signed, as the document and the policy say. */
export interface ExpectedSigners {
  readonly hospitalId: string
  readonly physicianId: string
  readonly needs: readonly SignerPurpose[]
}

export type Binding =
  | { readonly status: 'bound'; readonly signers: readonly SignerFacts[] }
  | { readonly status: 'refused'; readonly code: SignatureProblemCode; readonly fingerprint?: string }

/** The register of certificates as of a day. */
export interface FiledCertificates {
  find(fingerprint: string): RegisteredCertificate | undefined
  all(): readonly RegisteredCertificate[]
}

type Signer = Pick<VerifiedSigner, 'fingerprint' | 'signedAt' | 'authority' | 'subjectParts'>

function isOf({ authority, subject }: CertificateIdentity, signer: Signer): boolean {
  return (
    authority === signer.authority &&
    Object.entries(subject).every(([type, text]) => signer.subjectParts.includes(namePart(type, text)))
  )
}

/** How a certificate is filed: itself, or else by who issued it to whom. */
function filingOf(signer: Signer, filed: FiledCertificates): RegisteredCertificate | undefined {
  return (
    filed.find(signer.fingerprint) ??
    filed.all().find(({ identity }) => identity !== undefined && isOf(identity, signer))
  )
}

const CODE_OF_MISSING: Record<SignerPurpose, SignatureProblemCode> = {
  physician: 'physician-signature-missing',
  'hospital-seal': 'seal-missing',
  'insurance-office': 'insurance-seal-missing',
}

function problemOf(
  filed: RegisteredCertificate,
  expected: ExpectedSigners,
): SignatureProblemCode | undefined {
  if (filed.institutionId !== expected.hospitalId) return 'signer-of-another-hospital'
  const isAnother = filed.purpose === 'physician' && filed.practitionerId !== expected.physicianId
  return isAnother ? 'signer-of-another-physician' : undefined
}

/**
 * Binds signers whose signatures are right to the register: each certificate must be filed, by its fingerprint or by its
 * authority and subject, for this hospital and
 * this physician, and every needed purpose must be there. A valid signature of the wrong person is no signature.
 *
 * @returns the facts that rules see, in the order of the signers, or the first refusal
 * @see SX-8.2 the seal of the insurance office
 */
export function bindSigners(
  signers: readonly Signer[],
  register: FiledCertificates,
  expected: ExpectedSigners,
): Binding {
  const facts: SignerFacts[] = []
  for (const signer of signers) {
    const { fingerprint, signedAt } = signer
    const filed = filingOf(signer, register)
    const code = filed === undefined ? 'signer-not-filed' : problemOf(filed, expected)
    if (filed === undefined || code !== undefined) {
      return { status: 'refused', code: code ?? 'signer-not-filed', fingerprint }
    }
    facts.push({
      purpose: filed.purpose,
      ...(filed.practitionerId === undefined ? {} : { practitionerId: filed.practitionerId }),
      institutionId: filed.institutionId,
      ...(signedAt === undefined ? {} : { signedAt }),
    })
  }
  const missing = expected.needs.find((purpose) => !facts.some((each) => each.purpose === purpose))
  if (missing !== undefined) return { status: 'refused', code: CODE_OF_MISSING[missing] }
  return { status: 'bound', signers: facts }
}
