import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import type { SignerFacts } from '../domain/facts.ts'
import { Problem } from '../domain/problems.ts'
import type { RegisteredCertificate } from '../domain/registers.ts'
import { bindSigners, type FiledCertificates, type SignerPurpose } from '../trust/bind-signers.ts'
import type { RevocationEvidence } from '../trust/revocation.ts'
import { findCertificate, verifyEnvelope } from '../trust/verify-envelope.ts'
import type { Deps } from './deps.ts'

/** Who must sign every prescription; a policy may demand more (SX-8.2). */
const NEEDED: readonly SignerPurpose[] = ['physician', 'hospital-seal']
/** Who must have signed what comes over the national interface; whether that is enough says the policy (`signed-by`). */
const NEEDED_OF_THE_CENTRE: readonly SignerPurpose[] = ['hospital-seal']

/** An envelope whose signatures are right. Whether the signers may sign is asked of the register by `bind`. */
export interface VerifiedEnvelope {
  readonly status: 'valid' | 'valid-revocation-pending'
  /**
   * @param register of certificates, as of the day
   * @throws Problem signer-not-filed, signer-of-another-hospital, seal-missing…
   */
  bind(register: FiledCertificates, document: PrescriptionDocument): readonly SignerFacts[]
  /** What is stored: status, signers, and what a later check of revocation needs. JSON. */
  evidence(signers: readonly SignerFacts[]): string
}

/** The stored verdict of an envelope. */
export interface StoredVerdict {
  /** `paper`: entered at a pharmacy without any signature (MZ-7.5). */
  readonly status: VerifiedEnvelope['status'] | 'paper'
  /** Signed for the hospital by the centre, over the value that the national interface signs; physician by filing only. */
  readonly origin?: 'national'
  readonly signers: readonly SignerFacts[]
  readonly evidence: readonly RevocationEvidence[]
}

/**
 * Verifies the signatures over the exact bytes: by the hub's own reader, and, where the region has its signature server
 * asked, by that as well. Both must find them right.
 *
 * @param filed the register of certificates, asked only when a signature leaves out its signer's
 * @throws Problem with the one code of what is wrong
 */
export async function verifySigned(
  deps: Pick<Deps, 'trust' | 'settings' | 'signatureChecker'>,
  envelope: { readonly document: Buffer; readonly signature: Buffer },
  now: Date,
  filed: () => readonly RegisteredCertificate[],
  door?: 'national',
): Promise<VerifiedEnvelope> {
  const verdict = await verifyEnvelope(envelope.document, envelope.signature, deps.trust, {
    now,
    findCertificate: (signer) => {
      const held = filed().flatMap(({ certificate }) => certificate ?? [])
      return findCertificate(signer, held, deps.trust)
    },
    acceptPendingRevocation: deps.settings.acceptPendingRevocation,
    clockSkewSeconds: deps.settings.clockSkewSeconds,
  })
  if (verdict.status === 'invalid') {
    throw new Problem(
      verdict.code,
      verdict.signerIndex === undefined ? {} : { details: { signerIndex: verdict.signerIndex } },
    )
  }
  const refused = await deps.signatureChecker?.check(envelope.document, envelope.signature)
  if (refused !== undefined) throw new Problem(refused)
  const { status } = verdict
  return {
    status,
    bind: (register, document) => {
      const binding = bindSigners(verdict.signers, register, {
        hospitalId: document.hospital.institutionId,
        physicianId: document.physician.practitionerId,
        needs: door === 'national' ? NEEDED_OF_THE_CENTRE : NEEDED,
      })
      if (binding.status === 'bound') return binding.signers
      throw new Problem(
        binding.code,
        binding.fingerprint === undefined ? {} : { details: { certificate: binding.fingerprint } },
      )
    },
    evidence: (signers) => {
      const stored: StoredVerdict = {
        status,
        ...(door === undefined ? {} : { origin: door }),
        signers,
        evidence: verdict.signers.flatMap((signer) => signer.evidence),
      }
      return JSON.stringify(stored)
    },
  }
}
