import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import type { Drug } from '../domain/registers.ts'
import type { PolicyVersion } from '../domain/rules/policy-version.ts'
import type { SandboxWorld } from '../embedded/sandbox/world.ts'
import type { DemoClock } from './demo-clock.ts'
import type { Printer } from './printer.ts'
import { type HubAnswer, type SandboxCaller, UnexpectedAnswer } from './system-client.ts'

/** One region as `GET /sandbox` describes it; only what the demonstration uses. */
export interface SandboxRegion extends SandboxWorld {
  readonly callers: readonly SandboxCaller[]
  readonly signers: readonly {
    readonly purpose: string
    readonly institutionId: string
    readonly practitionerId?: string
    readonly standing: string
    readonly certificatePem: string
    readonly keyPem: string
  }[]
  readonly drugs: readonly Drug[]
  /** Who works in a browser; the link signs in by one click. */
  readonly people: readonly {
    readonly role: string
    readonly name: string
    readonly institutionId?: string
    readonly signIn: string
  }[]
}

/** Everything on stage: the hub's address, the region's cast, the policy to read from, and where to print. */
export interface Stage {
  readonly hubUrl: string
  readonly region: SandboxRegion
  /** PEM of the authority that issued the signers' certificates. */
  readonly intermediatePem: string
  readonly policy: PolicyVersion
  readonly clock: DemoClock
  readonly print: Printer
}

/** A prescription on its way. */
export interface OnTheWay {
  readonly prescriptionNo: string
  readonly patientLink: string
  readonly document: PrescriptionDocument
}

/** What a settlement came to, as the pharmacy was told. Amounts in fen. */
export interface Settled {
  readonly chargeFen: number
  readonly fundFen: number
  readonly patientFen: number
}

/** @returns the body @throws UnexpectedAnswer when the status is another */
export function expectStatus(answer: HubAnswer, status: number, what: string): HubAnswer['body'] {
  if (answer.status === status) return answer.body
  throw new UnexpectedAnswer(
    `${what}: expected ${status}, got ${answer.status} ${JSON.stringify(answer.body)}`,
  )
}

/** @throws UnexpectedAnswer when the claim does not hold */
export function expectThat(claim: boolean, what: string): void {
  if (!claim) throw new UnexpectedAnswer(what)
}

/** The caller of the region's agency. */
export function agencyOf(stage: Stage): SandboxCaller {
  const caller = stage.region.callers.find(({ kind }) => kind === 'agency')
  if (caller === undefined) throw new UnexpectedAnswer('the agency has no client')
  return caller
}

/** The caller of an institution. */
export function callerOf(stage: Stage, institutionId: string): SandboxCaller {
  const caller = stage.region.callers.find((it) => it.institutionId === institutionId)
  if (caller === undefined) throw new UnexpectedAnswer(`${institutionId} has no client`)
  return caller
}
