import { createHash } from 'node:crypto'
import type { FromSchema } from 'json-schema-to-ts'
import { v7 as uuid } from 'uuid'
import type { registerData } from '../../../schemas/registers.ts'
import { canonicalJson } from '../../domain/primitives/canonical-json.ts'
import type { CivilDay } from '../../domain/primitives/civil-day.ts'
import { isUnitPrice } from '../../domain/primitives/price.ts'
import { Problem } from '../../domain/problems.ts'
import { type Reference, referencesOf } from '../../domain/register-references.ts'
import {
  type CertificateIdentity,
  productStandardKey,
  type RegisterEntry,
  type RegisterName,
  type Registers,
} from '../../domain/registers.ts'
import { isUniqueViolation, type Queryable } from '../../storage/database.ts'
import { addEntries, endEntry, holdOn, isDrugNamed, listEntries } from '../../storage/registers.ts'
import { fingerprintOf } from '../../trust/certificate.ts'
import { namePart } from '../../trust/distinguished-name.ts'
import type { Caller, Deps } from '../deps.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'

/** Everything readonly, so that a schema's type and a register's can be compared. */
type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

/** Doesn't compile when the schema of a register and its type differ. */
export const REGISTER_SCHEMAS_FIT: {
  readonly [Name in RegisterName]: Same<
    Frozen<FromSchema<(typeof registerData)[Name]>>,
    Frozen<Registers[Name]>
  >
} = {
  institution: true,
  designation: true,
  practitioner: true,
  filing: true,
  certificate: true,
  drug: true,
  'payment-standard': true,
  'drug-list': true,
  person: true,
  qualification: true,
  sanction: true,
  'other-benefit': true,
  diagnosis: true,
}

/** What the agency asks to add. */
export interface NewEntry<Name extends RegisterName = RegisterName> {
  /** Only for registers whose keys are free. */
  readonly key?: string
  readonly validFrom: CivilDay
  readonly validTo?: CivilDay
  readonly reason: string
  readonly data: Registers[Name]
}

export interface EntryAdded {
  readonly register: RegisterName
  readonly key: string
  readonly validFrom: CivilDay
  readonly validTo?: CivilDay
}

export interface EntryEnded {
  readonly register: RegisterName
  readonly key: string
  readonly lastDay: CivilDay
}

/** Registers in which one subject can have several entries of one kind, so the key is the author's to choose. */
export const FREE_KEYS: readonly RegisterName[] = ['qualification', 'sanction', 'other-benefit']

/**
 * The key under which an entry stands.
 *
 * @param given for registers with free keys; made up when left out
 */
export function keyOf(register: RegisterName, data: Registers[RegisterName], given?: string): string {
  switch (register) {
    case 'institution':
      return (data as Registers['institution']).institutionId
    case 'designation': {
      const { institutionId, kind } = data as Registers['designation']
      return `${institutionId}:${kind}`
    }
    case 'practitioner':
      return (data as Registers['practitioner']).practitionerId
    case 'filing': {
      const { practitionerId, institutionId, role } = data as Registers['filing']
      return `${practitionerId}:${institutionId}:${role}`
    }
    case 'certificate': {
      const { fingerprint, identity } = data as Registers['certificate']
      return fingerprint ?? identityKey(identity!)
    }
    case 'drug':
      return (data as Registers['drug']).drugCode
    case 'payment-standard': {
      const { drugCode, generic, basis } = data as Registers['payment-standard']
      if (drugCode === undefined) return `generic:${hashOf(canonicalJson(generic))}`
      return productStandardKey(drugCode, basis)
    }
    case 'drug-list': {
      const { listId, drugCode } = data as Registers['drug-list']
      return `${listId}:${drugCode}`
    }
    case 'person':
      return (data as Registers['person']).personId
    case 'diagnosis':
      return (data as Registers['diagnosis']).code
    case 'qualification':
    case 'sanction':
    case 'other-benefit':
      return given ?? uuid()
  }
}

/**
 * A payment standard with decimals is kept as whole fen for so many units: facts and their hashes hold no fractions.
 *
 * @throws Problem malformed for a price that is too fine
 */
export function exactData(register: RegisterName, data: NewEntry['data']): NewEntry['data'] {
  if (register !== 'payment-standard') return data
  const standard = data as Registers['payment-standard']
  const [, decimals = ''] = String(standard.fen).split('.')
  if (!isUnitPrice(standard.fen)) {
    throw new Problem('malformed', {
      fields: [{ path: '/body/data/fen', keyword: 'decimals', message: TOO_FINE }],
    })
  }
  if (decimals === '') return data
  const scale = 10 ** decimals.length
  return { ...standard, fen: Number(String(standard.fen).replace('.', '')), per: (standard.per ?? 1) * scale }
}

const TOO_FINE = {
  zh: '单价（分）最多六位小数，共不超过15位数字。',
  en: 'A price in fen has at most six decimals and 15 digits in all.',
}

/**
 * Adds a dated entry to a register of the agency's region. It counts from the next judgement on.
 *
 * @throws Problem register-conflict when an entry of the same key holds on one of the days; reference-unknown when an
 *   institution, practitioner, drug or person that it names is not in its register on the first day; malformed for a
 *   period that ends before it begins
 * @see MZ-4.1, MZ-4.3b
 */
export async function addEntry(
  deps: Deps,
  agency: Caller,
  request: WriteRequest,
  register: RegisterName,
  entry: NewEntry,
): Promise<Answer<EntryAdded>> {
  const { validFrom, validTo, reason } = entry
  const data = exactData(register, entry.data)
  if (validTo !== undefined && validTo < validFrom) {
    throw new Problem('malformed', {
      fields: [
        {
          path: '/body/validTo',
          keyword: 'minimum',
          message: { zh: '终止日期不得早于起始日期。', en: 'Must not be before validFrom.' },
        },
      ],
    })
  }
  if (register === 'certificate') requireItself(data as Registers['certificate'])
  if (register === 'payment-standard') requireOneMedicine(data as Registers['payment-standard'])
  try {
    return await write<EntryAdded>(deps, request, async (tx, at) => {
      await requireReferences(
        tx,
        agency.regionCode,
        referencesOf(register, data, agency.regionCode, '/body/data'),
        validFrom,
      )
      if (register === 'payment-standard')
        await requireKnownGeneric(tx, agency.regionCode, data as Registers['payment-standard'], validFrom)
      const key = keyOf(register, data, entry.key)
      const period = { validFrom, ...(validTo === undefined ? {} : { validTo }) }
      const added: RegisterEntry = { register, key, ...period, data }
      await addEntries(tx, agency.regionCode, [added], { author: agency.id, reason, at })
      return { status: 201, body: { register, key, ...period } }
    })
  } catch (error) {
    if (isUniqueViolation(error, 'one_entry_a_day'))
      throw await conflict(deps.pool, agency.regionCode, register, keyOf(register, data, entry.key), entry)
    throw error
  }
}

/** A hash, because a key stands in addresses and a subject may be a person. */
function identityKey({ authority, subject }: CertificateIdentity): string {
  const parts = Object.entries(subject)
    .map(([type, text]) => namePart(type, text))
    .sort()
  return hashOf(JSON.stringify([authority, ...parts]))
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * A payment standard is that of one product or of a generic name; what was paid is paid for a product.
 *
 * @throws Problem malformed
 * @see FS-3.5b
 */
function requireOneMedicine({ drugCode, generic, basis }: Registers['payment-standard']): void {
  if ((drugCode === undefined) !== (generic === undefined) && (generic === undefined || basis !== 'purchase'))
    return
  throw new Problem('malformed', {
    fields: [
      {
        path: '/body/data',
        keyword: 'oneOf',
        message: {
          zh: '支付标准须给出 drugCode 或 generic，二者必居其一；进价（purchase）只按 drugCode 登记。',
          en: 'Needs drugCode or generic, exactly one of the two; a purchase price is that of a drugCode.',
        },
      },
    ],
  })
}

/**
 * A certificate is filed by its fingerprint or by its identity, and one that is filed whole is that of its fingerprint.
 *
 * @throws Problem malformed
 */
function requireItself({ fingerprint, identity, certificate }: Registers['certificate']): void {
  if ((fingerprint === undefined) === (identity === undefined)) {
    throw new Problem('malformed', {
      fields: [
        {
          path: '/body/data',
          keyword: 'oneOf',
          message: {
            zh: '证书须给出 fingerprint 或 identity，二者必居其一。',
            en: 'Needs fingerprint or identity, exactly one of the two.',
          },
        },
      ],
    })
  }
  if (certificate === undefined || fingerprintOf(Buffer.from(certificate, 'base64')) === fingerprint) return
  throw new Problem('malformed', {
    fields: [
      {
        path: '/body/data/certificate',
        keyword: 'fingerprint',
        message: {
          zh: '证书内容与指纹不符：指纹应为证书 DER 的 SHA-256。',
          en: 'Is not the certificate of this fingerprint, which is the SHA-256 of its DER.',
        },
      },
    ],
  })
}

/**
 * Refuses a standard of a generic name that no registered product has: it would bind nothing without a word.
 *
 * @throws Problem reference-unknown
 */
async function requireKnownGeneric(
  db: Queryable,
  regionCode: string,
  { generic }: Registers['payment-standard'],
  day: CivilDay,
): Promise<void> {
  if (generic === undefined || (await isDrugNamed(db, regionCode, generic, day))) return
  const { genericName } = generic
  throw unknownReferences([{ register: 'drug', key: genericName, path: '/body/data/generic' }], day)
}

/**
 * Refuses what names somebody or something that no register of the region knows on a day: a typing error in a
 * suspension must not suspend nobody without a word.
 *
 * @throws Problem reference-unknown with each member at fault
 */
export async function requireReferences(
  db: Queryable,
  regionCode: string,
  references: readonly Reference[],
  day: CivilDay,
): Promise<void> {
  const known = await holdOn(db, regionCode, references, day)
  const unknown = references.filter((_, index) => known[index] !== true)
  if (unknown.length > 0) throw unknownReferences(unknown, day)
}

/**
 * Refuses what is about somebody whom the registers never knew; whoever left them can still be meant.
 *
 * @throws Problem reference-unknown
 */
export async function requireSubject(
  db: Queryable,
  regionCode: string,
  { subject, subjectId }: { readonly subject: Reference['register']; readonly subjectId: string },
  today: CivilDay,
): Promise<void> {
  const known = await listEntries(db, regionCode, subject, { key: subjectId, limit: 1 })
  if (known.length === 0)
    throw unknownReferences([{ register: subject, key: subjectId, path: '/body/subjectId' }], today)
}

/** The refusal of what names somebody or something unknown. */
export function unknownReferences(unknown: readonly Reference[], day: CivilDay): Problem {
  return new Problem('reference-unknown', {
    fields: unknown.map(({ register, path }) => ({
      path,
      keyword: 'reference',
      message: {
        zh: `名录 ${register} 在${day}没有此记录，请核对编码，或先登记。`,
        en: `The register ${register} has no such entry on ${day}; check the code, or enter it first.`,
      },
    })),
    details: { day, registers: [...new Set(unknown.map(({ register }) => register))] },
  })
}

/** Says which entry stands in the way. */
async function conflict(
  db: Queryable,
  regionCode: string,
  register: RegisterName,
  key: string,
  { validFrom, validTo }: Pick<NewEntry, 'validFrom' | 'validTo'>,
): Promise<Problem> {
  const held = (await listEntries(db, regionCode, register, { key, limit: 200 })).find(
    (entry) =>
      (validTo === undefined || entry.validFrom <= validTo) &&
      (entry.validTo === undefined || entry.validTo >= validFrom) &&
      (entry.validTo === undefined || entry.validTo >= entry.validFrom),
  )
  if (held === undefined) return new Problem('register-conflict')
  const { entryNo, validFrom: from, validTo: to } = held
  return new Problem('register-conflict', {
    details: { register, key, entryNo, validFrom: from, ...(to === undefined ? {} : { validTo: to }) },
  })
}

/**
 * Ends an entry: it holds up to and with `lastDay`. The day before its first withdraws it, so that it holds on no
 * day; what began today is ended at once in this way.
 *
 * @throws Problem entry-unknown when the region has no entry of that key that holds longer, or `lastDay` lies two days or
 *   more before its first
 */
export async function endRegisterEntry(
  deps: Deps,
  agency: Caller,
  request: WriteRequest,
  register: RegisterName,
  key: string,
  { lastDay, reason }: { readonly lastDay: CivilDay; readonly reason: string },
): Promise<Answer<EntryEnded>> {
  return await write<EntryEnded>(deps, request, async (tx, at) => {
    const change = { author: agency.id, reason, at }
    if (!(await endEntry(tx, agency.regionCode, register, key, lastDay, change)))
      throw new Problem('entry-unknown', { details: { register, key, lastDay } })
    return { status: 200, body: { register, key, lastDay } }
  })
}
