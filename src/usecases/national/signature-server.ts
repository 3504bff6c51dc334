import type { SignatureProblemCode } from '../../domain/signature-problems.ts'

/** A signature made for an institution. */
export interface CentreSignature {
  /** DER of a detached SignedData (GB/T 35275). */
  readonly signature: Buffer
  readonly certificateSerial: string
  readonly certificateSubject: string
}

/**
 * The region's signature server (签名验签服务器, GM/T 0029): it holds the keys of the institutions, the hub holds none.
 * A sandbox simulates one.
 */
export interface SignatureServer {
  /** @returns undefined when it has no key for the institution */
  sign(institutionId: string, value: Buffer, at: Date): Promise<CentreSignature | undefined>
}

/** A server that is asked, beside the hub's own verification, whether a signature is right. */
export interface SignatureChecker {
  /**
   * @param value the bytes that were signed
   * @returns undefined when it is right
   * @throws Problem unavailable when it could not tell: then nothing is accepted
   */
  check(value: Buffer, signature: Buffer): Promise<SignatureProblemCode | undefined>
}
