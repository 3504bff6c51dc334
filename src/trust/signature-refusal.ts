import type { SignatureProblemCode } from '../domain/signature-problems.ts'

/** Why an envelope is not accepted. Never leaves the trust room: `verifyEnvelope` turns it into a verdict. */
export class SignatureRefusal extends Error {
  override readonly name = 'SignatureRefusal'
  readonly code: SignatureProblemCode

  constructor(code: SignatureProblemCode) {
    super(code)
    this.code = code
  }
}
