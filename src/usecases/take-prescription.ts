import { v7 as uuid } from 'uuid'
import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import type { Finding } from '../domain/finding.ts'
import type { LineBalance } from '../domain/prescription/line-balance.ts'
import { dayOf } from '../domain/primitives/civil-day.ts'
import { Problem, type ProblemDetails } from '../domain/problems.ts'
import { holdMinutes } from '../domain/rules/cited.ts'
import { typedCode } from '../domain/text/typed-code.ts'
import { leave, type Transaction, together } from '../storage/database.ts'
import * as dispenses from '../storage/dispense.ts'
import { type CounterToken, spendToken } from '../storage/national/counter.ts'
import { findPickupCode } from '../storage/patient-access.ts'
import type { StateRow } from '../storage/prescription/state.ts'
import type { Caller, Deps } from './deps.ts'
import { allow, type Case, judgeStored } from './judge-stored.ts'
import { give, lockPrescription } from './lifecycle.ts'
import { hashOf } from './secrets.ts'
import { type Answer, type WriteRequest, write } from './write.ts'

/** By the number from the inbox, by the code that the patient shows, or by a token for what he has shown otherwise. */
export type TakeRequest =
  | { readonly prescriptionNo: string }
  | { readonly pickupCode: string }
  /** SHA-256 of the token; it is spent with the take. */
  | { readonly counterToken: Buffer }

/** What the pharmacy gets: the prescription, and until when it is theirs. */
export interface Taken {
  readonly prescriptionNo: string
  readonly dispenseId: string
  /** `reviewed` when the pharmacy asks again for what it holds and has reviewed. */
  readonly state: 'held' | 'reviewed'
  readonly holdUntil: string
  readonly expiresAt: string
  readonly prescription: PrescriptionDocument
  readonly lines: readonly LineBalance[]
  readonly findings: readonly Finding[]
}

/**
 * A pharmacy takes (接收并锁定) the prescription that the patient chose it for. Of any number at once exactly one wins.
 *
 * What the patient shows at the counter is his choice, so it also works where another pharmacy was chosen before and has
 * not taken the prescription. A card or certificate says who he is and not which pharmacy he wants, so he is told of
 * that choice. Who holds it already gets its own hold again, and nothing changes.
 *
 * @throws Problem pickup-code-wrong, token-void, held-by-another with the holder, prescription-expired, rules-failed
 * @see MZ-6.3, MZ-6.4, MZ-4.2, MZ-5
 */
export async function takePrescription(
  deps: Deps,
  pharmacy: Caller & { readonly institutionId: string },
  request: WriteRequest,
  wanted: TakeRequest,
): Promise<Answer<Taken>> {
  return await write<Taken>(deps, request, async (tx, now) => {
    const { prescriptionNo, takenBy, shown } = await wantedBy(tx, pharmacy, wanted, now)
    const isAtCounter = takenBy !== 'inbox'
    let row = await lockPrescription(tx, pharmacy.regionCode, prescriptionNo, now)
    // Whoever wasn't chosen and has no code learns nothing about the prescription.
    if (!isAtCounter && row.pharmacyId !== pharmacy.institutionId) throw new Problem('prescription-unknown')
    const mayChoose = row.state === 'chosen' || (takenBy === 'counter' && row.state === 'open')
    if (isAtCounter && row.pharmacyId !== pharmacy.institutionId && mayChoose) {
      row = await give(tx, row, {
        command: 'choose',
        by: 'patient',
        caller: {
          kind: 'patient',
          id: takenBy === 'counter' ? 'counter' : 'pickup-code',
          regionCode: row.regionCode,
        },
        now,
        patch: { pharmacyId: pharmacy.institutionId },
        data: {
          at: 'counter',
          ...(shown === undefined ? {} : { shown }),
          ...(row.pharmacyId === undefined ? {} : { previousPharmacyId: row.pharmacyId }),
        },
      })
      if (takenBy === 'counter') {
        const { institutionId } = pharmacy
        const { regionCode } = row
        allow(
          tx,
          await judgeStored(deps, tx, regionCode, prescriptionNo, 'choice', now, {
            pharmacyId: institutionId,
          }),
          now,
        )
      }
    }
    const own = await ownHold(deps, tx, pharmacy, row, now)
    if (own !== undefined) return { status: 200, body: own }
    return {
      status: 200,
      body: await hold(deps, tx, pharmacy, row, takenBy, now),
    }
  })
}

/**
 * Holds a chosen prescription for a pharmacy: state, judgement and the dispense that begins.
 *
 * @param row locked in this transaction
 * @throws Problem held-by-another with the holder, prescription-expired, rules-failed, policy-missing
 */
export async function hold(
  deps: Deps,
  tx: Transaction,
  pharmacy: Caller & { readonly institutionId: string },
  row: StateRow,
  takenBy: dispenses.DispenseRow['takenBy'],
  now: Date,
): Promise<Taken> {
  const { regionCode, prescriptionNo } = row
  const version = deps.policies.inForce(regionCode, dayOf(now))
  if (version === undefined) throw new Problem('policy-missing', { details: { regionCode } })
  const holdUntil = new Date(now.getTime() + holdMinutes(version, deps.mode) * 60_000)
  const dispenseId = uuid()
  const onRefusal = await holderOf(deps, tx, row, now)
  const given = give(tx, row, {
    command: 'take',
    by: 'pharmacy',
    caller: pharmacy,
    now,
    patch: { dispenseId, holdUntil },
    data: { dispenseId, holdUntil: holdUntil.toISOString() },
    onRefusal,
  })
  const pharmacyId = pharmacy.institutionId
  const [held, judged] = await together(
    given,
    judgeStored(deps, tx, regionCode, prescriptionNo, 'taking', now, { pharmacyId }),
  )
  allow(tx, judged, now)
  leave(tx, dispenses.open(tx, regionCode, { dispenseId, prescriptionNo, pharmacyId, takenAt: now, takenBy }))
  return takenAnswer({ prescriptionNo, dispenseId, holdUntil, expiresAt: held.expiresAt }, 'held', judged)
}

/** The hold that a pharmacy has already, when its first answer was lost; undefined when it has none. Writes nothing. */
async function ownHold(
  deps: Deps,
  tx: Transaction,
  { institutionId }: { readonly institutionId: string },
  { regionCode, prescriptionNo, state, pharmacyId, dispenseId, holdUntil, expiresAt }: StateRow,
  now: Date,
): Promise<Taken | undefined> {
  if (pharmacyId !== institutionId || (state !== 'held' && state !== 'reviewed')) return undefined
  if (dispenseId === undefined || holdUntil === undefined) return undefined
  const judged = await judgeStored(deps, tx, regionCode, prescriptionNo, 'taking', now, { pharmacyId })
  return takenAnswer({ prescriptionNo, dispenseId, holdUntil, expiresAt }, state, judged)
}

function takenAnswer(
  held: {
    readonly prescriptionNo: string
    readonly dispenseId: string
    readonly holdUntil: Date
    readonly expiresAt: Date
  },
  state: Taken['state'],
  judged: Case,
): Taken {
  return {
    prescriptionNo: held.prescriptionNo,
    dispenseId: held.dispenseId,
    state,
    holdUntil: held.holdUntil.toISOString(),
    expiresAt: held.expiresAt.toISOString(),
    prescription: judged.document,
    lines: judged.prescription.lines,
    findings: judged.findings,
  }
}

/** Which prescription is wanted, and by what. @throws Problem pickup-code-wrong, token-void */
async function wantedBy(
  tx: Transaction,
  { regionCode, institutionId }: Caller & { readonly institutionId: string },
  wanted: TakeRequest,
  now: Date,
): Promise<{
  readonly prescriptionNo: string
  readonly takenBy: 'inbox' | 'pickup-code' | 'counter'
  readonly shown?: CounterToken['shown']
}> {
  if ('prescriptionNo' in wanted) return { ...wanted, takenBy: 'inbox' }
  if ('pickupCode' in wanted)
    return { prescriptionNo: await numberOf(tx, regionCode, wanted.pickupCode), takenBy: 'pickup-code' }
  const spent = await spendToken(tx, wanted.counterToken, regionCode, institutionId, now)
  if (spent === undefined) throw new Problem('token-void')
  return { ...spent, takenBy: 'counter' }
}

async function numberOf(tx: Transaction, regionCode: string, code: string): Promise<string> {
  const made = typedCode(code)
  const number = made === undefined ? undefined : await findPickupCode(tx, regionCode, hashOf(made))
  if (number === undefined) throw new Problem('pickup-code-wrong')
  return number
}

/** Who has it, since when and until when: a visible holder instead of a lost prescription. */
async function holderOf(deps: Deps, tx: Transaction, row: StateRow, now: Date): Promise<ProblemDetails> {
  if (row.dispenseId === undefined || row.pharmacyId === undefined) return {}
  const snapshot = await deps.registers.latest(tx, row.regionCode)
  const holder = snapshot.find('institution', row.pharmacyId, dayOf(now))
  const dispense = await dispenses.find(tx, row.regionCode, row.dispenseId)
  return {
    holderId: row.pharmacyId,
    ...(holder === undefined ? {} : { holderName: holder.name, holderPhone: holder.phone }),
    ...(dispense === undefined ? {} : { heldSince: dispense.takenAt.toISOString() }),
    ...(row.holdUntil === undefined ? {} : { heldUntil: row.holdUntil.toISOString() }),
  }
}
