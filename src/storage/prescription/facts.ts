import type { Pool } from 'pg'
import type { SupplyFacts } from '../../domain/facts.ts'
import type { KeptLine } from '../../domain/kept-supply.ts'
import type { TimedState } from '../../domain/lifecycle/state-at.ts'
import type { CivilDay } from '../../domain/primitives/civil-day.ts'
import type { RegisterEntry, RegisterName, Registers } from '../../domain/registers.ts'
import type { Queryable } from '../database.ts'
import { grouped } from '../group.ts'

/** What the database knows of a person, with the register version it was read at. */
export interface PersonRecord {
  /** Version of the region's registers in the same snapshot: says whether a cached snapshot is fresh. */
  readonly registerVersion: bigint
  readonly entries: readonly RegisterEntry[]
  /** Supplies of the last `HISTORY_DAYS`, newest first. */
  readonly history: readonly PastSupply[]
}

/** A line of an earlier prescription, with its state as recorded and what time makes of it. */
export interface PastSupply extends Omit<SupplyFacts, 'state' | 'kept'>, Omit<KeptLine, 'handedOver'> {
  readonly timed: TimedState
  /** Only of one that was supplied in part: what was handed over and not given back, oldest first. */
  readonly handedOver: readonly { readonly at: Date; readonly quantity: string }[]
}

/** Longer than any long-term prescription that a policy allows. */
export const HISTORY_DAYS = 400
const HISTORY_LINES = 200

interface EntryJson {
  register: RegisterName
  key: string
  valid_from: CivilDay
  valid_to: CivilDay | null
  data: Registers[RegisterName]
}

interface HistoryJson {
  prescription_no: string
  drug_code: string
  issued_at: string
  starts_on: CivilDay
  ends_on: CivilDay
  state: TimedState['state']
  expires_at: string
  hold_until: string | null
  cancel_pending_at: string | null
  prescribed: string
  handed_over: { at: string; quantity: string }[] | null
  hospital_id: string
  diagnosis_codes: string[]
}

/**
 * The sub-selects that read a person. The innermost limit also holds the planner to begin with the person, also while
 * it knows nothing yet of how many prescriptions a region has.
 *
 * @param region, person, since expressions: the region, the person, and the beginning of the history; they may name
 *   any table but `past`, `s`, `l`, `d` and `dl`
 */
export function personColumns(region: string, person: string, since: string): string {
  return `
  coalesce((select version from register_version where region_code = ${region}), 0)::text as register_version,
  (select coalesce(jsonb_agg(jsonb_build_object('register', register, 'key', key, 'valid_from', valid_from,
            'valid_to', valid_to, 'data', data) order by register, key, valid_from), '[]')
     from register_entry
    where region_code = ${region} and subject = ${person}
      and register in ('person', 'qualification', 'sanction', 'other-benefit')
      and (valid_to is null or valid_to >= valid_from)) as entries,
  (select coalesce(jsonb_agg(h), '[]') from (
     select past.prescription_no, l.drug_code, past.issued_at, l.starts_on, l.ends_on, past.hospital_id,
            past.diagnosis_codes, s.state, s.expires_at, s.hold_until, s.cancel_pending_at,
            l.prescribed::text as prescribed,
            case when l.dispensed > 0 and s.state <> 'dispensed' then (
              select jsonb_agg(jsonb_build_object('at', d.handed_over_at, 'quantity', (dl.quantity - dl.returned)::text)
                       order by d.handed_over_at)
                from dispense d
                join dispense_line dl using (region_code, dispense_id)
               where d.region_code = past.region_code and d.prescription_no = past.prescription_no
                 and d.handed_over_at is not null and d.returned_at is null
                 and dl.line_no = l.line_no and dl.quantity > dl.returned) end as handed_over
       from (
         select region_code, prescription_no, issued_at, hospital_id, diagnosis_codes from prescription
          where region_code = ${region} and person_id = ${person} and issued_at >= ${since}
          order by issued_at desc, prescription_no
          limit ${HISTORY_LINES}) past
      cross join lateral (
        select s.state, s.expires_at, s.hold_until, s.cancel_pending_at from prescription_state s
         where s.region_code = past.region_code and s.prescription_no = past.prescription_no) s
      cross join lateral (
        select l.line_no, l.drug_code, l.starts_on, l.ends_on, l.prescribed, l.dispensed from prescription_line l
         where l.region_code = past.region_code and l.prescription_no = past.prescription_no) l
      order by past.issued_at desc, past.prescription_no, l.line_no
      limit ${HISTORY_LINES}) h) as history`
}

export interface PersonRow {
  register_version: string
  entries: EntryJson[]
  history: HistoryJson[]
}

/** Turns the row of `personColumns` into a record; ingredients are added from the drug register by the caller. */
export function personRecordOf(row: PersonRow, dayOf: (instant: Date) => CivilDay): PersonRecord {
  return {
    registerVersion: BigInt(row.register_version),
    entries: row.entries.map(({ register, key, valid_from, valid_to, data }) => ({
      register,
      key,
      validFrom: valid_from,
      ...(valid_to === null ? {} : { validTo: valid_to }),
      data,
    })),
    history: row.history.map((line) => ({
      prescriptionNo: line.prescription_no,
      drugCode: line.drug_code,
      ingredient: '',
      issuedOn: dayOf(new Date(line.issued_at)),
      startsOn: line.starts_on,
      endsOn: line.ends_on,
      timed: {
        state: line.state,
        expiresAt: new Date(line.expires_at),
        ...(line.hold_until === null ? {} : { holdUntil: new Date(line.hold_until) }),
        ...(line.cancel_pending_at === null ? {} : { cancelPendingAt: new Date(line.cancel_pending_at) }),
      },
      prescribed: line.prescribed,
      handedOver: (line.handed_over ?? []).map(({ at, quantity }) => ({ at: new Date(at), quantity })),
      hospitalId: line.hospital_id,
      diagnoses: line.diagnosis_codes,
    })),
  }
}

/** Reads a person's registers and history, and the register version, in one statement. */
export async function readPerson(
  db: Queryable,
  regionCode: string,
  personId: string,
  since: Date,
  dayOf: (instant: Date) => CivilDay,
): Promise<PersonRecord> {
  const { rows } = await db.query<PersonRow>({
    name: 'person-facts',
    text: `select ${personColumns('$1', '$2', '$3')}`,
    values: [regionCode, personId, since],
  })
  return personRecordOf(rows[0]!, dayOf)
}

/** What intake needs beside the person: the next serial, and whether hospital or caller sent this before. */
export interface IntakeRecord extends PersonRecord {
  /** 1 to 99,999,999. */
  readonly serial: number
  /** What the person's next prescription counts as. */
  readonly personNo: number
  /** The prescription that the hospital sent under this number, if it did. */
  readonly earlier?: { readonly prescriptionNo: string; readonly documentSha256: Buffer }
  readonly answer?: { readonly digest: Buffer; readonly status: number; readonly body: string }
}

/** Whom and what an intake is about. */
export interface IntakeKey {
  readonly regionCode: string
  readonly personId: string
  readonly since: Date
  readonly hospitalId: string
  readonly hospitalPrescriptionNo: string
  readonly callerId: string
  readonly idempotencyKey: string
}

type IntakeRow = PersonRow & {
  serial: string
  person_no: number
  earlier_no: string | null
  earlier_sha256: Buffer | null
  digest: Buffer | null
  status: number | null
  body: string | null
}

const INTAKE_FACTS = `
  select nextval('prescription_serial') as serial, ${personColumns('k.region', 'k.person', 'k.since')},
         coalesce((select max(person_no) from prescription p
                    where p.region_code = k.region and p.person_id = k.person), 0) + 1 as person_no,
         e.prescription_no as earlier_no, e.document_sha256 as earlier_sha256, i.digest, i.status, i.body
    from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[])
         with ordinality as k(region, person, since, hospital, hospital_no, caller, key, place)
    left join prescription e
      on e.region_code = k.region and e.hospital_id = k.hospital and e.hospital_prescription_no = k.hospital_no
    left join idempotency_key i on i.caller_id = k.caller and i.key = k.key
   order by k.place`

async function readAll(db: Queryable, keys: readonly IntakeKey[]): Promise<readonly IntakeRow[]> {
  const { rows } = await db.query<IntakeRow>({
    name: 'intake-facts',
    text: INTAKE_FACTS,
    values: [
      keys.map((key) => key.regionCode),
      keys.map((key) => key.personId),
      keys.map((key) => key.since),
      keys.map((key) => key.hospitalId),
      keys.map((key) => key.hospitalPrescriptionNo),
      keys.map((key) => key.callerId),
      keys.map((key) => key.idempotencyKey),
    ],
  })
  return rows
}

function intakeRecordOf(row: IntakeRow, dayOf: (instant: Date) => CivilDay): IntakeRecord {
  return {
    ...personRecordOf(row, dayOf),
    serial: Number(row.serial),
    personNo: row.person_no,
    ...(row.earlier_no === null
      ? {}
      : { earlier: { prescriptionNo: row.earlier_no, documentSha256: row.earlier_sha256! } }),
    ...(row.digest === null ? {} : { answer: { digest: row.digest, status: row.status!, body: row.body! } }),
  }
}

/** Reads everything that one intake needs, in one statement. */
export async function readIntake(
  db: Queryable,
  key: IntakeKey,
  dayOf: (instant: Date) => CivilDay,
): Promise<IntakeRecord> {
  return intakeRecordOf((await readAll(db, [key]))[0]!, dayOf)
}

const groups = new WeakMap<Pool, (key: IntakeKey) => Promise<IntakeRow>>()

/** As `readIntake`, in one statement with what other intakes of this pool read at the same moment. */
export async function readIntakeTogether(
  pool: Pool,
  key: IntakeKey,
  dayOf: (instant: Date) => CivilDay,
): Promise<IntakeRecord> {
  let read = groups.get(pool)
  if (read === undefined) {
    read = grouped((keys) => readAll(pool, keys), { largest: 32, inFlight: 2 })
    groups.set(pool, read)
  }
  return intakeRecordOf(await read(key), dayOf)
}
