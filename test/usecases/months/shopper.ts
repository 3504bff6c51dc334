import { setTimeout as pause } from 'node:timers/promises'
import { dayOf, yearOf } from '../../../src/domain/primitives/civil-day.ts'
import { Problem } from '../../../src/domain/problems.ts'
import type { Drug, Institution, Person } from '../../../src/domain/registers.ts'
import type { PayerGateway } from '../../../src/domain/settlement/payer-gateway.ts'
import { PayerUnavailable } from '../../../src/domain/settlement/payer-gateway.ts'
import { choosePharmacy } from '../../../src/usecases/choose-pharmacy.ts'
import { deferSettlement } from '../../../src/usecases/defer-settlement.ts'
import type { Deps } from '../../../src/usecases/deps.ts'
import { handOver } from '../../../src/usecases/hand-over.ts'
import { settleWithPayer } from '../../../src/usecases/payer/settle-with-payer.ts'
import { addPapers, submitFile } from '../../../src/usecases/reimbursement/change-file.ts'
import { decideFile, payFile } from '../../../src/usecases/reimbursement/decide-file.ts'
import { releasePrescription } from '../../../src/usecases/release-prescription.ts'
import { requestSettlement } from '../../../src/usecases/request-settlement.ts'
import { returnGoods } from '../../../src/usecases/return-goods.ts'
import { reverseSettlement } from '../../../src/usecases/reverse-settlement.ts'
import { reviewPrescription } from '../../../src/usecases/review-prescription.ts'
import { submitPrescription } from '../../../src/usecases/submit-prescription.ts'
import { takePrescription } from '../../../src/usecases/take-prescription.ts'
import { fraction } from '../../domain/settlement/fraction.ts'
import type { Random } from '../../domain/settlement/random-years.ts'
import type { Level, Region } from '../../domain/settlement/reference-figures.ts'
import { exhausted } from '../../support/exhausted.ts'
import { aWrite, type TestHub } from '../../support/hub.ts'
import { PATIENT, THE_PATIENT, walker } from '../../support/journey.ts'
import { Killed } from '../../support/mortal-pool.ts'
import { aStay } from '../clearing/clearing.ts'
import type { Bought } from './agrees-with-reference.ts'

/** What happened outside the database while the months went by. */
export interface Diary {
  /** By settlement. */
  readonly bought: Map<string, Bought>
  /** Errors that nobody provoked; there must be none. */
  readonly strange: string[]
  kills: number
  unanswered: number
  deferred: number
  refused: Map<string, number>
}

/** One region as its shoppers see it. */
export interface Market {
  readonly hub: TestHub
  /** The deps of a hub that dies now and then. */
  readonly mortal: Deps
  readonly payer: PayerGateway
  readonly region: Region
  readonly diary: Diary
}

/** Something bought, and what may still become of it. */
export interface Supply {
  readonly no: string
  readonly pharmacyId: string
  readonly settlementId: string
  readonly fileId?: string
}

const TRIES = 6
const LEVELS: Readonly<Record<string, Level>> = { primary: 1, secondary: 2, tertiary: 3 }

/** Does it again, with the same key, until there is an answer; a refusal is one. */
export async function persist<T>(diary: Diary, work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (error instanceof Problem && error.code !== 'unavailable') throw error
      note(diary, error)
      if (tries > 200) throw error
      await pause(error instanceof Problem ? 40 : 2)
    }
  }
}

function note(diary: Diary, error: unknown): void {
  if (error instanceof Killed) diary.kills += 1
  else if (error instanceof PayerUnavailable || error instanceof Problem) diary.unanswered += 1
  else diary.strange.push(String((error as Error).stack ?? error))
}

/** True when it was done, false when it was refused. */
export async function asked(diary: Diary, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await persist(diary, work)
    return true
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const why = [error.code, ...error.findings.map(({ ruleId }) => ruleId)].join(' ')
    diary.refused.set(why, (diary.refused.get(why) ?? 0) + 1)
    return false
  }
}

/** What one shopper wants: drawn before anybody runs, so that a seed gives the same wishes. */
export interface Wish {
  readonly person: Person
  readonly drug: Drug
  readonly quantity: number
  /** Days of use; those of the sample when absent. */
  readonly days?: number
  readonly unitPriceFen: number
  readonly second: boolean
  readonly inBed: boolean
  /** Of the quantity in the first supply, in tenths. */
  readonly firstTenths: number
  readonly runs: number
  readonly reverse: boolean
  readonly settleTwice: boolean
  /** The agency gives the settlement up while the worker is at it. */
  readonly giveUp: boolean
}

/**
 * Lets one patient get a prescription and a pharmacy ask for its settlement; everything dies now and then.
 *
 * @returns undefined when it was refused on the way
 */
export async function request(market: Market, wish: Wish): Promise<Supply[]> {
  const { hub, mortal, diary } = market
  const { cast } = hub.world
  const stay = wish.inBed ? aStay(hub, `ZY-${wish.person.personId.slice(-4)}`) : {}
  const envelope = hub.envelope(
    {
      ...stay,
      person: wish.person,
      drugs: [wish.drug],
      quantity: wish.quantity,
      ...(wish.days === undefined ? {} : { days: wish.days }),
    },
    ['insurance-office'],
  )
  const hospital = hub.hospital(envelope.content.hospital.institutionId)
  const pushing = aWrite(hospital)
  let no = ''
  if (
    !(await asked(diary, async () => {
      no = (await submitPrescription(mortal, hospital, pushing, envelope)).body.prescriptionNo
    }))
  )
    return []
  const whole = wish.quantity
  const first = Math.max(1, Math.floor((whole * wish.firstTenths) / 10))
  const supplies: Supply[] = []
  for (const [turn, quantity] of [first, whole - first].entries()) {
    if (quantity === 0) break
    const second = (turn === 1) !== wish.second
    const pharmacy = second ? hub.pharmacy(cast.secondPharmacy.institutionId) : hub.pharmacy()
    const pharmacist = second ? cast.secondPharmacist : cast.pharmacist
    const patient = PATIENT(hub)
    const choosing = aWrite(patient)
    const taking = aWrite(pharmacy)
    const reviewing = aWrite(pharmacy)
    const approval = {
      pharmacistId: pharmacist.practitionerId,
      decision: 'approve',
      buyer: THE_PATIENT,
    } as const
    const ready =
      (await asked(diary, () => choosePharmacy(mortal, patient, choosing, no, pharmacy.institutionId))) &&
      (await asked(diary, () => takePrescription(mortal, pharmacy, taking, { prescriptionNo: no }))) &&
      (await asked(diary, () => reviewPrescription(mortal, pharmacy, reviewing, no, approval)))
    if (!ready) return supplies
    for (let again = 0; again < 2; again += 1) {
      const settlementId = await requested(market, wish, no, pharmacy, quantity)
      if (settlementId === undefined) break
      const supply = { no, pharmacyId: pharmacy.institutionId, settlementId }
      // The last one of a month is left to its worker until the month is over.
      if (wish.runs === 0) return [...supplies, supply]
      await Promise.all([
        settle(market, settlementId, wish.runs),
        ...(wish.giveUp ? [giveUp(market, no)] : []),
      ])
      const state = await walker(hub).stateOf(no)
      if (state === 'reviewed') continue // declined: the pharmacy asks once more
      if (state === 'settled' && wish.reverse && again === 0) {
        const reversing = aWrite(pharmacy)
        await asked(diary, () => reverseSettlement(mortal, pharmacy, reversing, no, 'changed-mind'))
        if (wish.settleTwice) continue
        const releasing = aWrite(pharmacy)
        await asked(diary, () => releasePrescription(mortal, pharmacy, releasing, no, 'gone'))
        return supplies
      }
      if (await take(market, supply)) supplies.push(await withFile(hub, supply))
      break
    }
    if ((await walker(hub).stateOf(no)) !== 'open') break
  }
  return supplies
}

async function requested(
  market: Market,
  wish: Wish,
  no: string,
  pharmacy: ReturnType<TestHub['pharmacy']>,
  quantity: number,
): Promise<string | undefined> {
  const { mortal, diary, hub } = market
  const lines = [{ lineNo: 1, quantity: String(quantity), unitPriceFen: wish.unitPriceFen }]
  const requesting = aWrite(pharmacy)
  let settlementId: string | undefined
  await asked(diary, async () => {
    const { body } = await requestSettlement(mortal, pharmacy, requesting, no, { lines })
    settlementId = body.settlementId
  })
  if (settlementId !== undefined) {
    diary.bought.set(settlementId, boughtAs(market, wish, quantity, pharmacy.institutionId, hub.now))
  }
  return settlementId
}

/** The worker, delivered once or twice at the same time; when all tries are used up, the settlement is deferred. */
export async function settle(market: Market, settlementId: string, deliveries: number): Promise<void> {
  const { mortal, payer, diary, hub } = market
  const job = { regionCode: hub.world.regionCode, settlementId }
  const deliver = async () => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      try {
        await settleWithPayer(mortal, job, payer)
        return
      } catch (error) {
        note(diary, error)
        await pause(30 * tries)
      }
    }
    diary.deferred += 1
    await persist(diary, () => exhausted(mortal, job))
  }
  await Promise.all(Array.from({ length: deliveries }, deliver))
}

async function giveUp({ hub, mortal, diary }: Market, no: string): Promise<void> {
  const agency = hub.agency()
  const deferring = aWrite(agency)
  await asked(diary, () => deferSettlement(mortal, agency, deferring, no, 'payer-away'))
}

/** Hands over what was settled or deferred; what can't leave any more is reversed. */
export async function take(market: Market, { no, pharmacyId }: Supply): Promise<boolean> {
  const { hub, mortal, diary } = market
  const { cast } = hub.world
  const pharmacy = hub.pharmacy(pharmacyId)
  const mine = pharmacyId === hub.pharmacy().institutionId
  const given = {
    ...walker(hub).handOverOf({ lines: [{ lineNo: 1 }] }),
    pharmacistId: (mine ? cast.pharmacist : cast.secondPharmacist).practitionerId,
  }
  const handing = aWrite(pharmacy)
  if (await asked(diary, () => handOver(mortal, pharmacy, handing, no, given))) return true
  const reversing = aWrite(pharmacy)
  await asked(diary, () => reverseSettlement(mortal, pharmacy, reversing, no, 'too-late'))
  return false
}

/** Goods come back, in whichever month. */
export async function giveBack({ hub, mortal, diary }: Market, { no }: Supply): Promise<void> {
  const agency = hub.agency()
  const returning = aWrite(agency)
  await asked(diary, () => returnGoods(mortal, agency, returning, no, 'allergy'))
}

/** The file of a deferred settlement goes all the way to its payment, or stops where it is refused. */
export async function reimburse({ hub, mortal, diary }: Market, fileId: string): Promise<void> {
  const agency = hub.agency()
  const papers = ['invoice', 'settlement-statement'].map((paper) => ({ paper, reference: `BOX/${paper}` }))
  const keys = Array.from({ length: 4 }, () => aWrite(agency))
  const decision = { decision: 'approve', reason: 'examined', waivers: [] } as const
  const steps = [
    () => addPapers(mortal, agency, keys[0]!, fileId, papers),
    () => submitFile(mortal, agency, keys[1]!, fileId),
    () => decideFile(mortal, agency, keys[2]!, fileId, decision),
    () => payFile(mortal, agency, keys[3]!, fileId, 'BANK-1'),
  ]
  for (const step of steps) if (!(await asked(diary, step))) return
}

async function withFile(hub: TestHub, supply: Supply): Promise<Supply> {
  const { rows } = await hub.deps.pool.query<{ file_id: string }>(
    'select file_id from manual_file where settlement_id = $1',
    [supply.settlementId],
  )
  return rows[0] === undefined ? supply : { ...supply, fileId: rows[0].file_id }
}

/** The purchase in the words of the reference. */
function boughtAs(
  { hub, region }: Market,
  wish: Wish,
  quantity: number,
  pharmacyId: string,
  now: Date,
): Bought {
  const { hospital } = hub.world.cast as { hospital: Institution }
  const level = LEVELS[hospital.level!]!
  const standard = standardOf(hub, wish.drug.drugCode)
  const listClass = classOf(hub, wish.drug.drugCode)
  return {
    personId: wish.person.personId,
    year: yearOf(dayOf(now)),
    pharmacyId,
    hospitalId: hospital.institutionId,
    holderId: hospital.institutionId,
    purchase: {
      region,
      employee: wish.person.scheme === 'employee',
      poverty: wish.person.assistance,
      level,
      perHead: region === 'FS' && dayOf(now) >= '2021-01-01',
      qualified: wish.person.specialDisease === true,
      countedHospitals: [level],
      ...(wish.inBed ? { stay: { deductibleLeft: 0n } } : {}),
      items: [
        {
          no: 1,
          classB: wish.drug.medicineClass === 'B',
          ...(listClass === undefined ? {} : { listClass }),
          quantity: fraction(quantity),
          tooMany: fraction(0),
          price: BigInt(wish.unitPriceFen),
          standard,
          purchasePrice: standard,
          free: false,
          notCovered: false,
        },
      ],
    },
  }
}

/** Fen for a unit, from the sandbox's data. */
export function standardOf(hub: TestHub, drugCode: string): bigint {
  const found = hub.world.entries.find(
    ({ register, data }) =>
      register === 'payment-standard' && 'drugCode' in data && data.drugCode === drugCode,
  )
  if (found === undefined || !('fen' in found.data)) throw new Error(`no standard for ${drugCode}`)
  return BigInt(found.data.fen)
}

/** The class of a drug within its list, where the list has classes. */
function classOf(hub: TestHub, drugCode: string): string | undefined {
  const found = hub.world.entries.find(
    ({ register, data }) =>
      register === 'drug-list' && 'drugCode' in data && data.drugCode === drugCode && 'class' in data,
  )
  return found !== undefined && 'class' in found.data ? String(found.data.class) : undefined
}

/**
 * Draws a wish. Small, middling and great purchases, so that deductible and maximum are crossed.
 *
 * @param place in its round: Fushun lets nobody have the same drug twice for one day (FS-3.4)
 * @param late left to the worker until the month is over
 */
export function aWish(random: Random, { hub, region }: Market, place: number, late: boolean): Wish {
  const { cast } = hub.world
  const all = [cast.employee, cast.resident, cast.assisted, cast.lowIncome, cast.specialDiseasePerson]
  const residents = [
    cast.resident,
    cast.assisted,
    cast.extremePoverty,
    cast.lowIncome,
    cast.specialDiseasePerson,
  ]
  // Shanxi insures provincial employees alone, Fushun's benefit is for residents.
  const people =
    region === 'SX' ? [cast.employee, cast.specialDiseasePerson] : region === 'FS' ? residents : all
  const drug = cast.drug
  const standard = Number(standardOf(hub, drug.drugCode))
  const sizes = region === 'FS' ? [300, 2_000, 9_000] : [30, 400, 4_000, 60_000]
  const dear = region === 'MZ' && random.chance(0.3)
  return {
    person: region === 'FS' ? people[place % people.length]! : random.one(people),
    drug,
    quantity: random.one(sizes) + random.below(50),
    // Chongqing counts the days of a course; Fushun lets none overlap.
    ...(region === 'MZ' ? {} : { days: 1 }),
    unitPriceFen: dear ? standard + random.below(60) : standard - random.below(Math.min(20, standard)),
    second: random.chance(0.5),
    inBed: (region === 'MZ' || region === 'CQ') && random.chance(0.15),
    firstTenths: random.chance(0.2) ? 1 + random.below(9) : 10,
    runs: late ? 0 : random.chance(0.2) ? 2 : 1,
    reverse: random.chance(0.2),
    settleTwice: random.chance(0.5),
    giveUp: random.chance(0.12),
  }
}
