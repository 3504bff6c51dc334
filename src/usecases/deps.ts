import type { Pool } from 'pg'
import type { Mode } from '../domain/rules/cited.ts'
import type { PolicyBook } from '../policy/policy-book.ts'
import type { RegisterCache } from '../storage/register-cache.ts'
import type { TrustStore } from '../trust/trust-store.ts'
import type { SignatureChecker } from './national/signature-server.ts'

/** Settings that change what use cases decide; each is named in the configuration table of the README. */
export interface Settings {
  /** Accept a signature whose revocation status can't be known now; it is checked again before settlement. */
  readonly acceptPendingRevocation: boolean
  /** How far a signing time may lie in the future. */
  readonly clockSkewSeconds: number
  /** Where patients reach the hub, without a slash at the end. */
  readonly publicUrl: string
  /** Wrong second factors before a patient link locks. */
  readonly linkAttempts: number
  readonly sessionMinutes: number
  /** How long a pharmacy waits for a settlement before it may hand over without it (MZ-6.7). */
  readonly settlementPatienceSeconds: number
}

/** What use cases are given. Nothing here is global, so a test builds its own. */
export interface Deps {
  readonly pool: Pool
  readonly clock: () => Date
  readonly mode: Mode
  readonly policies: PolicyBook
  readonly registers: RegisterCache
  readonly trust: TrustStore
  /** 32 secret bytes, from which patient links and pick-up codes are derived. */
  readonly linkKey: Buffer
  readonly settings: Settings
  /** The region's signature server, where it has a say about every signature. */
  readonly signatureChecker?: SignatureChecker
}

export type { Caller } from '../domain/caller.ts'
