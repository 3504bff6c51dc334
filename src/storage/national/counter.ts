import { randomUUID } from 'node:crypto'
import type { CivilDay } from '../../domain/primitives/civil-day.ts'
import type { Queryable } from '../database.ts'

/** What the patient has shown at a counter. */
export type Shown = 'pickup-code' | 'trace-code' | 'identity-card' | 'insurance-card' | 'e-certificate'

/** Lets one pharmacy take one prescription once. */
export interface CounterToken {
  readonly regionCode: string
  readonly prescriptionNo: string
  readonly pharmacyId: string
  readonly shown: Shown
  readonly givenAt: Date
  /** Exclusive. */
  readonly endsAt: Date
}

/** Keeps tokens by the hashes of their secrets. */
export async function keepTokens(
  db: Queryable,
  tokens: readonly (CounterToken & { readonly hash: Buffer })[],
): Promise<void> {
  for (const { hash, regionCode, prescriptionNo, pharmacyId, shown, givenAt, endsAt } of tokens)
    await db.query(
      `insert into national_token (token_hash, region_code, prescription_no, pharmacy_id, shown, given_at, ends_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [hash, regionCode, prescriptionNo, pharmacyId, shown, givenAt, endsAt],
    )
}

/**
 * Spends a token. One statement, so that of two uses at once exactly one counts.
 *
 * @returns undefined when it is unknown, another pharmacy's, over, or spent
 */
export async function spendToken(
  db: Queryable,
  hash: Buffer,
  regionCode: string,
  pharmacyId: string,
  now: Date,
): Promise<Pick<CounterToken, 'prescriptionNo' | 'shown'> | undefined> {
  const { rows } = await db.query<Pick<CounterToken, 'prescriptionNo' | 'shown'>>(
    `update national_token set spent_at = $4
      where token_hash = $1 and region_code = $2 and pharmacy_id = $3 and spent_at is null and ends_at > $4
      returning prescription_no as "prescriptionNo", shown`,
    [hash, regionCode, pharmacyId, now],
  )
  return rows[0]
}

/** What a token was spent for; undefined when it never was, or by another pharmacy. */
export async function findSpent(
  db: Queryable,
  hash: Buffer,
  regionCode: string,
  pharmacyId: string,
): Promise<Pick<CounterToken, 'prescriptionNo' | 'shown'> | undefined> {
  const { rows } = await db.query<Pick<CounterToken, 'prescriptionNo' | 'shown'>>(
    `select prescription_no as "prescriptionNo", shown from national_token
      where token_hash = $1 and region_code = $2 and pharmacy_id = $3 and spent_at is not null`,
    [hash, regionCode, pharmacyId],
  )
  return rows[0]
}

/** The person whose identity number this is on a day, by the register. @param idNumber as printed, in capitals */
export async function findPersonByIdNumber(
  db: Queryable,
  regionCode: string,
  idNumber: string,
  day: CivilDay,
): Promise<string | undefined> {
  const { rows } = await db.query<{ key: string }>(
    `select key from register_entry
      where region_code = $1 and register = 'person' and upper(data ->> 'idNumber') = $2
        and valid_from <= $3 and (valid_to is null or valid_to >= $3)
      order by valid_from desc limit 1`,
    [regionCode, idNumber, day],
  )
  return rows[0]?.key
}

/** A prescription that a pharmacy could take now. */
export interface OpenPrescription {
  readonly prescriptionNo: string
  readonly hospitalId: string
  readonly issuedAt: Date
  /** Exclusive. */
  readonly expiresAt: Date
  readonly document: Buffer
}

/** The prescriptions of a person that wait for a pharmacy, or wait again because a hold has run out; oldest first. */
export async function listOpen(
  db: Queryable,
  regionCode: string,
  personId: string,
  now: Date,
  most: number,
): Promise<OpenPrescription[]> {
  const { rows } = await db.query<OpenPrescription>(
    `select p.prescription_no as "prescriptionNo", p.hospital_id as "hospitalId", p.issued_at as "issuedAt",
            s.expires_at as "expiresAt", p.document
       from prescription p
       join prescription_state s using (region_code, prescription_no)
      where p.region_code = $1 and p.person_id = $2 and s.expires_at > $3
        and (s.state in ('open', 'chosen')
             or s.state in ('held', 'reviewed') and s.hold_until <= $3 and s.cancel_pending_at is null)
      order by p.issued_at, p.prescription_no limit $4`,
    [regionCode, personId, now, most],
  )
  return rows
}

/** A question at a counter. */
export interface Inquiry {
  readonly regionCode: string
  readonly clientId: string
  readonly institutionId: string
  /** Undefined when the register has nobody of that paper. */
  readonly personId: string | undefined
  readonly shown: Shown
  readonly found: number
  readonly at: Date
}

/** Records that somebody asked what is open for a person. */
export async function addInquiry(db: Queryable, inquiry: Inquiry): Promise<void> {
  await db.query(
    `insert into national_inquiry (inquiry_id, region_code, client_id, institution_id, person_id, shown, found, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      randomUUID(),
      inquiry.regionCode,
      inquiry.clientId,
      inquiry.institutionId,
      inquiry.personId ?? null,
      inquiry.shown,
      inquiry.found,
      inquiry.at,
    ],
  )
}

/** How often a client asked since an instant for somebody whom the register does not have. */
export async function countMisses(
  db: Queryable,
  regionCode: string,
  clientId: string,
  since: Date,
): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from national_inquiry
      where region_code = $1 and client_id = $2 and at > $3 and person_id is null`,
    [regionCode, clientId, since],
  )
  return rows[0]!.count
}

/** The newest questions about a person. @param most how many at most */
export async function listInquiries(
  db: Queryable,
  regionCode: string,
  personId: string,
  most: number,
): Promise<Pick<Inquiry, 'at' | 'institutionId'>[]> {
  const { rows } = await db.query<Pick<Inquiry, 'at' | 'institutionId'>>(
    `select at, institution_id as "institutionId" from national_inquiry
      where region_code = $1 and person_id = $2 order by at desc limit $3`,
    [regionCode, personId, most],
  )
  return rows
}

/** What a pharmacy told of a delivery. */
export interface Delivery {
  readonly stateCode: string
  readonly stateName: string
  readonly deliveryNo?: string
  readonly company: string
  /** JSON. */
  readonly message: string
  readonly toldAt: Date
}

/** Keeps one. */
export async function addDelivery(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
  dispenseId: string,
  { stateCode, stateName, deliveryNo, company, message, toldAt }: Delivery,
): Promise<void> {
  await db.query(
    `insert into national_delivery (region_code, prescription_no, dispense_id, state_code, state_name, delivery_no,
                                    company, message, told_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      regionCode,
      prescriptionNo,
      dispenseId,
      stateCode,
      stateName,
      deliveryNo ?? null,
      company,
      message,
      toldAt,
    ],
  )
}

/** The newest of a supply; undefined when none was told. */
export async function newestDelivery(
  db: Queryable,
  regionCode: string,
  dispenseId: string,
): Promise<Pick<Delivery, 'stateCode' | 'stateName' | 'deliveryNo'> | undefined> {
  const { rows } = await db.query<Record<'stateCode' | 'stateName', string> & { deliveryNo: string | null }>(
    `select state_code as "stateCode", state_name as "stateName", delivery_no as "deliveryNo" from national_delivery
      where region_code = $1 and dispense_id = $2 order by place desc limit 1`,
    [regionCode, dispenseId],
  )
  const row = rows[0]
  if (row === undefined) return undefined
  const { deliveryNo, ...rest } = row
  return { ...rest, ...(deliveryNo === null ? {} : { deliveryNo }) }
}
