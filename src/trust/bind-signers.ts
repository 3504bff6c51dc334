import type { SignerFacts } from '../domain/facts.ts'
import type { RegisteredCertificate } from '../domain/registers.ts'
import type { SignatureProblemCode } from '../domain/signature-problems.ts'
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
 * Binds signers whose signatures are right to the register: each certificate must be filed, for this hospital and
 * this physician, and every needed purpose must be there. A valid signature of the wrong person is no signature.
 *
 * @param lookup the register of certificates as of the day, by fingerprint
 * @returns the facts that rules see, in the order of the signers, or the first refusal
 * @see SX-8.2 the seal of the insurance office
 */
export function bindSigners(
  signers: readonly Pick<VerifiedSigner, 'fingerprint' | 'signedAt'>[],
  lookup: (fingerprint: string) => RegisteredCertificate | undefined,
  expected: ExpectedSigners,
): Binding {
  const facts: SignerFacts[] = []
  for (const { fingerprint, signedAt } of signers) {
    const filed = lookup(fingerprint)
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
