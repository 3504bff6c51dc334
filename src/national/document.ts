import { NHSA_CODES, NHSA_D001, type NhsaField } from '../../schemas/nhsa-mapping.ts'
import { PRESCRIPTION_CODES } from '../../schemas/prescription-codes.ts'
import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import { isSameName } from '../domain/primitives/folded-name.ts'
import { isTextObject, type TextObject, type Texts, textOf } from './texts.ts'

type Nodes = Readonly<Record<NhsaField['node'], readonly TextObject[]>>
// biome-ignore lint/suspicious/noExplicitAny: a document that grows member by member; the schema judges it whole
type Growing = any

/** Names that one client or another uses for a field. */
const ALIASES: Readonly<Record<string, string>> = { minInrvDays: 'minInvDays', certno: 'psnCertno' }
/** Where in-house codes are allowed: the list, the code for what is not on it, and the field of the name. */
const IN_HOUSE: Readonly<
  Record<string, readonly [list: 'routes' | 'frequencies', other: string, name: string]>
> = {
  medcWayCodg: ['routes', '9', 'medcWayDscr'],
  rxUsedWayCodg: ['routes', '9', 'rxUsedWayName'],
  usedFrquCodg: ['frequencies', '99', 'usedFrquName'],
  rxFrquCodg: ['frequencies', '99', 'rxFrquName'],
}
/** Fields that the document says otherwise, or that follow from others. */
const ELSEWHERE = ['rxDrugCnt', 'maindiagCode', 'maindiagName']
const WHOLE_NUMBERS = [
  'valiDays',
  'maxReptCnt',
  'minInrvDays',
  'reptdCnt',
  'medcDays',
  'diagSrtNo',
  'gesoVal',
]
const HERBAL = ['2', '4', '6', '9']

/**
 * The prescription document that a pre-check of the national interface (D001) describes, by the table of fields. What
 * is not given is left out; whether the rest is a document is the schema's question.
 *
 * @param input numbers as texts; `diseinfo` and `rxdrugdetail` as a list or as one object
 */
export function documentOf(input: TextObject, regionCode: string): unknown {
  const nodes: Nodes = {
    header: [input],
    rxdrugdetail: objectsOf(input['rxdrugdetail']),
    mdtrtinfo: objectsOf(input['mdtrtinfo']).slice(0, 1),
    diseinfo: objectsOf(input['diseinfo']),
  }
  const document: Growing = { version: '1.0', regionCode }
  for (const field of NHSA_D001) {
    if (field.type === 'LIST' || ELSEWHERE.includes(field.field) || field.pointer === '/visit') continue
    nodes[field.node].forEach((node, index) => {
      const value = fieldValue(field, node)
      if (value !== undefined) put(document, field.pointer.replace('*', String(index)), value)
    })
  }
  return completed(document, nodes)
}

/** Where a member of the document came from, for a fault: `/lines/0/unit` is `rxdrugdetail[0].drugDosunt`. */
export function fieldAt(pointer: string): string | undefined {
  const index = /\/(\d+)(\/|$)/.exec(pointer)?.[1]
  const plain = pointer.replace(/\/\d+(?=\/|$)/, '/*')
  const found = NHSA_D001.find((field) => field.pointer === plain)
  if (found === undefined) return undefined
  if (found.node === 'header') return found.field
  return `${found.node}${index === undefined ? '' : `[${index}]`}.${found.field}`
}

function objectsOf(value: Texts | undefined): readonly TextObject[] {
  if (isTextObject(value)) return [value]
  return Array.isArray(value) ? value.filter(isTextObject) : []
}

function fieldValue(field: NhsaField, node: TextObject): string | number | boolean | undefined {
  const { field: name, type, codes, pointer } = field
  if (type === 'OBJ') {
    const extras = node[name]
    return isTextObject(extras) && Object.keys(extras).length > 0 ? JSON.stringify(extras) : undefined
  }
  const text = textOf(node, name) ?? textOf(node, ALIASES[name] ?? '')
  if (text === undefined) return undefined
  if (codes !== undefined) return decoded(codes, text)
  if (type === 'DT') return `${text.slice(0, 10)}T${text.slice(11) || '00:00:00'}+08:00`
  if (type === 'D') return text.slice(0, 10)
  if (type === 'N') return numberOf(name, pointer, text)
  return IN_HOUSE[name] === undefined ? text : listedCode(IN_HOUSE[name], text, node)
}

/** The code itself when the list has it, else that of the same name, else the one for others. */
function listedCode([list, other, name]: (typeof IN_HOUSE)[string], text: string, node: TextObject): string {
  const { codes } = PRESCRIPTION_CODES[list]
  const said = textOf(node, name) ?? ''
  const found = codes.find(({ code }) => code === text) ?? codes.find(({ zh }) => isSameName(zh, said))
  return found?.code ?? other
}

/** @returns the text itself for a code that isn't listed: the schema then says which there are */
function decoded(codes: keyof typeof NHSA_CODES, text: string): string | boolean {
  const table: Readonly<Record<string, string | boolean>> = NHSA_CODES[codes]
  const spelling = [text, text.padStart(2, '0'), ...(text === 'true' ? ['1'] : text === 'false' ? ['0'] : [])]
  const found = spelling.find((each) => Object.hasOwn(table, each))
  return found === undefined ? text : table[found]!
}

function numberOf(name: string, pointer: string, text: string): string | number {
  if (!/^\d{1,16}(\.\d{1,8})?$/.test(text)) return text
  const plain = text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text
  // Part of a day counts as a day.
  if (WHOLE_NUMBERS.includes(name)) return Math.ceil(Number(plain))
  if (!pointer.endsWith('Fen')) return plain
  const [yuan, decimals = ''] = plain.split('.')
  return decimals.length > 2 ? text : Number(`${yuan}${decimals.padEnd(2, '0')}`)
}

function put(document: Growing, pointer: string, value: unknown): void {
  const names = pointer.split('/').slice(1)
  const last = names.pop()!
  let at = document
  names.forEach((name, index) => {
    const isList = /^\d+$/.test(names[index + 1] ?? (index === names.length - 1 ? last : ''))
    at[name] ??= isList ? [] : {}
    at = at[name]
  })
  at[last] ??= value
}

/** What follows from several fields. */
function completed(document: Growing, { header, rxdrugdetail }: Nodes): unknown {
  const category: string | undefined = document.category
  document.type = HERBAL.includes(category ?? '') ? 'herbal' : category === '10' ? 'patent' : 'western'
  document.setting ??= 'outpatient'
  const { patient, visit } = document
  const born = /^\d{6}(\d{4})(\d{2})(\d{2})/.exec(patient?.idNumber ?? '')
  if (patient?.idType === 'resident-id' && born !== null)
    patient.birthDate = `${born[1]}-${born[2]}-${born[3]}`
  if (document.setting === 'inpatient' && visit?.recordNo !== undefined) visit.inpatientNo = visit.recordNo
  if (document.type === 'herbal') {
    const doses = Number(textOf(header[0], 'rxDrugCnt'))
    if (Number.isInteger(doses)) document.herbal = { doses, ...document.herbal }
  } else delete document.herbal
  document.lines = (document.lines ?? []).map((line: Growing, index: number) => ({
    lineNo: index + 1,
    ...line,
    ...(line.startsAt === undefined ? {} : { startsOn: line.startsAt.slice(0, 10) }),
    ...(line.endsAt === undefined ? {} : { endsOn: line.endsAt.slice(0, 10) }),
    restrictedScopeConfirmed: textOf(rxdrugdetail[index], 'hospApprFlag') === '1',
  }))
  return document
}

/**
 * A node of the interface as a pharmacy, a hospital or a centre is told it, from a document. What the interface needs and
 * the document says elsewhere follows from there; what it lacks is left out.
 */
export function nodeOf(
  document: PrescriptionDocument,
  node: NhsaField['node'],
  index = 0,
): Record<string, string> {
  const told: Record<string, string> = {}
  for (const field of NHSA_D001) {
    if (field.node !== node || field.type === 'LIST' || field.pointer === '/visit') continue
    if (ELSEWHERE.includes(field.field)) continue
    const value = at(document, field.pointer.replace('*', String(index)))
    if (value !== undefined && typeof value !== 'object') told[field.field] = encoded(field, value)
  }
  return { ...impliedBy(document, node, index), ...told }
}

/** 处方项目分类 by the first letter of the national code. */
const ITEM_TYPES: Readonly<Record<string, string>> = { X: '11', Z: '12', T: '13' }

/** Members that a document need not have, and that follow from others. */
function impliedBy(
  document: PrescriptionDocument,
  node: NhsaField['node'],
  index: number,
): Record<string, string> {
  const { visit, physician, patient } = document
  const line = document.lines[index]
  if (node === 'rxdrugdetail' && line !== undefined)
    return {
      rxItemTypeCode: ITEM_TYPES[line.drugCode.charAt(0)] ?? '11',
      medcBegntime: `${line.startsOn} 00:00:00`,
      medcEndtime: `${line.endsOn} 23:59:59`,
      hospApprFlag: line.restrictedScopeConfirmed ? '1' : '0',
    }
  if (node === 'diseinfo')
    return {
      diagType: '1',
      maindiagFlag: index === 0 ? '1' : '0',
      diagSrtNo: String(index + 1),
      diagDept: visit.departmentName,
      diagDrNo: physician.practitionerId,
      diagDrName: physician.name,
      diagTime: nationalTime(new Date(visit.visitedAt)),
    }
  if (node !== 'mdtrtinfo') return {}
  const years =
    patient.birthDate === undefined ? undefined : yearsBetween(patient.birthDate, document.issuedAt)
  return {
    drDeptCode: visit.departmentCode,
    drDeptName: visit.departmentName,
    ...(years === undefined ? {} : { patnAge: String(years) }),
  }
}

/** Whole years from a day of birth to an instant, by the calendar of Shanghai. */
function yearsBetween(born: string, at: string): number {
  const day = nationalTime(new Date(at)).slice(0, 10)
  return Number(day.slice(0, 4)) - Number(born.slice(0, 4)) - (day.slice(5) < born.slice(5) ? 1 : 0)
}

function at(document: unknown, pointer: string): unknown {
  let here = document as Growing
  for (const name of pointer.split('/').slice(1)) here = here?.[name]
  return here
}

function encoded({ codes, type, pointer }: NhsaField, value: unknown): string {
  if (codes !== undefined) {
    const found = Object.entries(NHSA_CODES[codes]).find(([, ours]) => ours === value)
    return found?.[0] ?? ''
  }
  if (type === 'DT') return nationalTime(new Date(String(value)))
  return pointer.endsWith('Fen') ? yuan(Number(value)) : String(value)
}

/** `yyyy-MM-dd HH:mm:ss` in Asia/Shanghai, which has been eight hours ahead of UTC since 1991. */
export function nationalTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

/** Fen as yuan with two decimals. */
export function yuan(fen: number): string {
  const sign = fen < 0 ? '-' : ''
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
