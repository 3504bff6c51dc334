import type { Caller } from '../caller.ts'
import type { Facts, Step } from '../facts.ts'
import type { Finding } from '../finding.ts'
import type { NewPosting } from '../ledger-entry.ts'
import type { PackTaking } from '../packs/pack.ts'
import type { Adjudication } from '../settlement/adjudication.ts'
import type { PayerClaim } from '../settlement/payer-gateway.ts'
import type { Posting } from '../settlement/postings.ts'
import type { NewRefund } from '../settlement/refund.ts'
import type { SettlementRecord } from '../settlement/settlement-record.ts'
import type { Change } from './change.ts'
import type { Prescription } from './prescription.ts'
import type { HandedLine, ReturnedLine } from './supply.ts'

/** A judgement by the policy, with the facts that it rests on. */
export interface Judgement {
  readonly decisionId: string
  readonly step: Step
  readonly policyVersion: string
  readonly facts: Facts
  readonly findings: readonly Finding[]
}

/** What becomes of a supply. */
export type SupplyChange =
  | {
      /** It came to no hand-over. */
      readonly kind: 'ended'
      readonly dispenseId: string
      readonly reason: 'released' | 'lapsed' | 'cancelled' | 'refused'
    }
  | {
      readonly kind: 'handed-over'
      readonly dispenseId: string
      /** JSON of what the pharmacy told; kept for the file. */
      readonly record: string
      readonly lines: readonly HandedLine[]
      readonly packs: readonly PackTaking[]
    }
  | {
      readonly kind: 'returned'
      readonly dispenseId: string
      readonly returnId: string
      readonly reasonCode: string
      readonly by: Caller
      readonly lines: readonly ReturnedLine[]
      /** Nothing of it is with the patient any more. */
      readonly isWhole: boolean
      /** Its packs are never sold again. */
      readonly isBarred: boolean
      readonly settlementId: string
      readonly resettlementId?: string
    }

/** What becomes of a settlement. */
export type SettlementChange =
  | { readonly kind: 'reversed'; readonly settlementId: string }
  | { readonly kind: 'file-withdrawn'; readonly settlementId: string; readonly by: Caller }
  | {
      /** A payer outside takes back what it paid, whether or not its answer has come. */
      readonly kind: 'cancelled-at-payer'
      readonly settlementId: string
      readonly reason: string
    }
  | {
      /** A payer outside is asked for what the patient kept, which stands here already. */
      readonly kind: 'claimed-anew'
      readonly settlementId: string
      readonly year: number
      readonly claim: PayerClaim
    }
  | (InPlaceOf & {
      readonly kind: 'settled-anew'
      readonly adjudication: Adjudication
      readonly entries: readonly Posting[]
    })
  | (InPlaceOf & { readonly kind: 'deferred-anew'; readonly fileId: string })

/** A settlement of what the patient keeps, in place of one that is reversed. */
interface InPlaceOf {
  readonly settlementId: string
  readonly before: SettlementRecord
  /** JSON of the lines that are kept. */
  readonly request: string
}

/** Work for a queue; exists when the decision commits. */
export interface Work {
  readonly queue: string
  readonly body: Readonly<Record<string, string | number | boolean | null>>
}

/** Everything that a command does, decided before anything is written. */
export interface Decision<Body> {
  /** Of the prescription, in order. */
  readonly changes: readonly Change[]
  readonly judgements?: readonly Judgement[]
  readonly supplies?: readonly SupplyChange[]
  readonly settlements?: readonly SettlementChange[]
  readonly postings?: readonly NewPosting[]
  readonly refunds?: readonly NewRefund[]
  readonly work?: readonly Work[]
  readonly answer: { readonly status: number; readonly body: Body }
}

/** What every decision sees. */
export interface Situation {
  readonly now: Date
  /** Locked, and with time passed: see `passTime`. */
  readonly prescription: Prescription
  /** Makes an id for what the decision creates. */
  readonly newId: () => string
}
