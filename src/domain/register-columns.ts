import { registerKey, type TABLE_REGISTERS } from '../../schemas/register-entry.ts'
import { registerData } from '../../schemas/registers.ts'
import type { Bilingual } from './finding.ts'
import { type CellReader, codeCell, dayCell, decimalCell, wordCell } from './tables/cells.ts'
import type { Column } from './tables/table.ts'

/** A register that comes as a table. */
export type TableRegister = (typeof TABLE_REGISTERS)[number]

/** A schema of one member, as far as it is looked at here. */
interface Member {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly const?: unknown
  readonly pattern?: string
  readonly format?: string
  readonly items?: Member
  readonly description?: string
}

/** What divides the entries of a list within a cell. */
export const LIST_SIGN = ';'

const YES = { true: ['yes', 'y', '1', '是', '有', '√'], false: ['no', 'n', '0', '否', '无'] }

/** What Chinese tables write for the words of the registers. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  male: ['男', '1'],
  female: ['女', '2'],
  employee: ['职工', '职工医保', '310'],
  resident: ['居民', '居民医保', '390', '住院医师'],
  active: ['正常', '参保', '正常参保'],
  suspended: ['暂停', '停保', '暂停参保'],
  none: ['无', '否'],
  'minimum-living': ['低保', '低保对象'],
  'extreme-poverty': ['特困', '特困人员'],
  'low-income': ['低收入', '低收入人口', '低保边缘'],
  hospital: ['医院', '医疗机构'],
  'internet-hospital': ['互联网医院'],
  pharmacy: ['药店', '零售药店'],
  public: ['公立'],
  private: ['民营', '社会办'],
  tertiary: ['三级'],
  secondary: ['二级'],
  primary: ['一级'],
  physician: ['医师'],
  pharmacist: ['药师', '执业药师'],
  'responsible-physician': ['责任医师'],
  assessor: ['评估专家'],
  attending: ['主治医师'],
  'associate-chief': ['副主任医师'],
  chief: ['主任医师'],
  A: ['甲', '甲类'],
  B: ['乙', '乙类'],
  negotiated: ['谈判'],
  procured: ['集采'],
  purchase: ['采购价'],
}

/** What Chinese tables head their columns with. */
const HEADINGS: Readonly<Record<string, readonly string[]>> = {
  personId: ['人员编号', '个人编号'],
  name: ['姓名', '名称', '机构名称', '诊断名称'],
  idNumber: ['证件号码', '身份证号'],
  phone: ['联系电话', '电话'],
  birthDate: ['出生日期'],
  sex: ['性别'],
  scheme: ['险种', '险种类型'],
  standing: ['参保状态'],
  assistance: ['医疗救助对象', '救助身份'],
  insuredRegion: ['参保地', '参保地医保区划'],
  countyCode: ['县区代码', '区县'],
  specialDisease: ['特病标志'],
  drugCode: ['医保药品编码', '药品编码'],
  genericName: ['通用名', '药品通用名'],
  form: ['剂型'],
  specification: ['规格'],
  unit: ['单位', '计价单位'],
  medicineClass: ['甲乙类', '医保类别'],
  listId: ['目录'],
  agreementEnd: ['协议截止日期', '协议有效期止'],
  fen: ['支付标准（分）'],
  institutionId: ['定点医药机构编码', '机构编码'],
  address: ['地址'],
  practitionerId: ['医保医师编码', '医师编码', '药师编码'],
  licenceNo: ['执业证书编号'],
  licenceValidTo: ['执业证书有效期止'],
  agreementNo: ['协议编号'],
  code: ['诊断代码', '疾病代码'],
  validFrom: ['生效日期', '开始日期'],
  validTo: ['终止日期', '结束日期'],
}

/** Members that a line has to name although the register itself can do without: a table has no generic names (FS-3.5b). */
const NEEDED: Partial<Readonly<Record<TableRegister, readonly string[]>>> = {
  'payment-standard': ['drugCode'],
}

/**
 * The key of an entry in registers in which a subject has several: what was exported comes back as the same entry. A line
 * without one gets its key from what it says.
 */
const KEY: Column = {
  name: 'key',
  aliases: ['记录编号'],
  required: false,
  read: codeCell(new RegExp(registerKey.pattern)),
  expected: {
    zh: '名录记录的键，至多 150 个字符',
    en: 'the key of the entry in the register, at most 150 characters',
  },
}

const DAY: Bilingual = { zh: '日期，如 2026-11-20', en: 'a day, such as 2026-11-20' }

/** The columns of a register's table: its plain members, then the key where a subject has several entries, and the period. */
export function registerColumns(register: TableRegister): readonly Column[] {
  const { properties, required } = registerData[register] as {
    readonly properties: Readonly<Record<string, Member>>
    readonly required: readonly string[]
  }
  const needed = [...required, ...(NEEDED[register] ?? [])]
  const members = Object.entries(properties)
    .filter(([, member]) => isPlain(member))
    .map(([name, member]): Column => {
      const [read, expected] = readerOf(member)
      const json = member.type === 'array' ? 'list' : member.type === 'boolean' ? 'truth' : undefined
      return {
        name,
        aliases: HEADINGS[name] ?? [],
        // An empty cell is an empty list.
        required: needed.includes(name) && member.type !== 'array',
        read,
        expected,
        ...(json === undefined ? {} : { json }),
      }
    })
  const period = ['validFrom', 'validTo'].map(
    (name): Column => ({
      name,
      aliases: HEADINGS[name] ?? [],
      required: false,
      read: dayCell,
      expected: DAY,
    }),
  )
  return [...members, ...(register === 'qualification' ? [KEY] : []), ...period]
}

function isPlain({ type, items, const: only }: Member): boolean {
  if (only !== undefined) return false
  return type === 'array' ? items?.type === 'string' : type !== 'object'
}

function readerOf(member: Member): readonly [CellReader, Bilingual] {
  if (member.enum !== undefined) {
    const list = member.enum.join(', ')
    const words = Object.fromEntries(
      member.enum.map((word) => [word, [word.toLowerCase(), ...(WORDS[word] ?? [])]]),
    )
    return [wordCell(words), { zh: `下列之一：${list}`, en: `one of ${list}` }]
  }
  if (member.type === 'boolean') return [wordCell(YES), { zh: '是或否', en: 'yes or no' }]
  if (member.type === 'integer' || member.type === 'number')
    return [
      decimalCell({ places: member.type === 'integer' ? 0 : 6, digits: 15, signed: true }),
      { zh: '数字', en: 'a number' },
    ]
  if (member.format === 'date') return [dayCell, DAY]
  if (member.pattern !== undefined)
    return [patternCell(member.pattern), { zh: '规定的编码格式', en: 'its format' }]
  return [(text) => ({ value: text }), { zh: '文本', en: 'text' }]
}

/** A code in half width; what only has to hold something somewhere, such as a name, stays as it is written. */
function patternCell(pattern: string): CellReader {
  const read = codeCell(new RegExp(pattern, 'u'))
  return (text) => {
    const found = read(text)
    return 'cause' in found || pattern.startsWith('^') ? found : { value: text }
  }
}

/** The data of an entry from the cells of its line: numbers, truth and lists as the register has them. */
export function registerRecord(
  register: TableRegister,
  cells: Readonly<Record<string, string | number>>,
): Readonly<Record<string, unknown>> {
  const { properties, required } = registerData[register] as {
    readonly properties: Readonly<Record<string, Member>>
    readonly required: readonly string[]
  }
  const empty = required.filter((name) => properties[name]?.type === 'array').map((name) => [name, []])
  const given = Object.entries(cells)
    .filter(([name]) => properties[name] !== undefined)
    .map(([name, cell]) => [name, memberOf(properties[name]!, cell)])
  return Object.fromEntries([...empty, ...given])
}

function memberOf({ type }: Member, cell: string | number): unknown {
  if (type === 'boolean') return cell === 'true'
  if (type === 'integer' || type === 'number') return Number(cell)
  if (type === 'array')
    return String(cell)
      .split(/[;；、]/)
      .map((part) => part.trim())
      .filter((part) => part !== '')
  return String(cell)
}

/** Members that no table has: an import leaves them as the register has them. */
export function carriedMembers(register: TableRegister, held: object): Readonly<Record<string, unknown>> {
  const properties = registerData[register].properties as Readonly<Record<string, Member>>
  return Object.fromEntries(
    Object.entries(held).filter(([name]) => {
      const member = properties[name]
      return member !== undefined && member.const === undefined && !isPlain(member)
    }),
  )
}

/** Whether a line can say what an entry is about; a standard of a generic name is entered by itself. */
export function hasLine(register: TableRegister, data: object): boolean {
  return (NEEDED[register] ?? []).every((name) => name in data)
}

/** The cells of an entry, by the names of its columns. Members that no column has are left out. */
export function registerCells(
  columns: readonly Column[],
  entry: {
    readonly key: string
    readonly data: object
    readonly validFrom: string
    readonly validTo?: string
  },
): readonly string[] {
  const members: Readonly<Record<string, unknown>> = {
    ...entry.data,
    key: entry.key,
    validFrom: entry.validFrom,
    validTo: entry.validTo,
  }
  return columns.map(({ name }) => {
    const value = members[name]
    if (value === undefined) return ''
    return Array.isArray(value) ? value.join(LIST_SIGN) : String(value)
  })
}
