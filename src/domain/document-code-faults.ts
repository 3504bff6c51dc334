import { PRESCRIPTION_CODES } from '../../schemas/prescription-codes.ts'
import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import type { FieldFault } from './field-fault.ts'
import type { Bilingual } from './finding.ts'
import { isSameName } from './primitives/folded-name.ts'
import { frequencyOf, frequencyOfCode } from './times-a-day.ts'

/** Categories (rx_type_code) of herbal pieces, of patent medicines, and the one that says nothing. */
const HERBAL: readonly string[] = ['2', '4', '6', '9']
const PATENT = '10'
/** Outpatient, emergency, paediatric: what systems write of a form of theirs, whatever stands on it. */
const PLAIN: readonly string[] = ['1', '3', '5']
const OTHER = '99'

/** What the first letter of a national drug code says, as the item type (rx_item_type_code). */
const ITEM_TYPES: Readonly<Record<string, string>> = { X: '11', Z: '12', T: '13' }

/**
 * Where the coded fields of a document contradict each other or the words beside them. Western and patent medicines
 * may stand in one prescription, herbal pieces stand alone (处方管理办法 第六条).
 *
 * @see SX-10.1, MZ-4.3a
 */
export function codeFaults(document: PrescriptionDocument): FieldFault[] {
  const { type, category, lines } = document
  const kinds = new Set(lines.map(({ drugCode }) => drugCode.charAt(0)))
  return [
    ...when(!fitsDrugs(type, kinds), '/type', {
      zh: '处方类型与药品编码的类别不符：中药饮片（T）单独开方，西药（X）和中成药（Z）可同方。',
      en: 'The type is not that of the drug codes: herbal pieces (T) stand alone, Western (X) and patent medicines (Z) may go together.',
    }),
    ...when(category !== undefined && !fitsType(category, type), '/category', {
      zh: '处方类别与处方类型不符。',
      en: 'The category is not one of the type of the prescription.',
    }),
    ...lines.flatMap((line, index) => lineFaults(line, `/lines/${index}`)),
  ]
}

function lineFaults(
  { drugCode, itemType, frequency, route }: PrescriptionDocument['lines'][number],
  path: string,
): FieldFault[] {
  const [said, coded] = [frequencyOf(frequency.name), frequencyOfCode(frequency.code)]
  return [
    ...when(
      itemType !== undefined && itemType.code !== ITEM_TYPES[drugCode.charAt(0)],
      `${path}/itemType/code`,
      {
        zh: '处方项目分类与药品编码的类别不符。',
        en: 'The kind of item is not that of the drug code.',
      },
    ),
    ...when(
      said !== undefined && coded !== undefined && said.times * coded.days !== coded.times * said.days,
      `${path}/frequency/name`,
      {
        zh: '使用频次的名称与代码不符（代码表见 GET /codes/frequencies）。',
        en: 'The name says another frequency than the code (GET /codes/frequencies).',
      },
    ),
    ...when(
      PRESCRIPTION_CODES.routes.codes.some(
        ({ code, zh }) =>
          isSameName(zh, route.name) && !isWithin(route.code, code) && !isWithin(code, route.code),
      ),
      `${path}/route/name`,
      {
        zh: '用药途径的名称是另一代码的名称（代码表见 GET /codes/routes）。',
        en: 'The name is that of another route than the code (GET /codes/routes).',
      },
    ),
  ]
}

function fitsDrugs(type: PrescriptionDocument['type'], kinds: ReadonlySet<string>): boolean {
  if (type === 'herbal') return kinds.size === 1 && kinds.has('T')
  return !kinds.has('T') && (type === 'western' || kinds.has('Z'))
}

function fitsType(category: string, type: PrescriptionDocument['type']): boolean {
  if (category === OTHER) return true
  if (HERBAL.includes(category)) return type === 'herbal'
  if (category === PATENT) return type === 'patent'
  return PLAIN.includes(category) || type === 'western'
}

/** True for the same route and for one that is a kind of it: 401 (subcutaneous) is within 4 (injection). */
function isWithin(code: string, wider: string): boolean {
  return code === wider || (wider.length === 1 && code.startsWith(wider) && code.length === 3)
}

function when(wrong: boolean, path: string, message: Bilingual): FieldFault[] {
  return wrong ? [{ path, keyword: 'agreement', message }] : []
}
