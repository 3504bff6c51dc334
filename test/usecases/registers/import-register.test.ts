import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { registerColumns, type TableRegister } from '../../../src/domain/register-columns.ts'
import { endEntry } from '../../../src/storage/registers.ts'
import { addEntry, endRegisterEntry } from '../../../src/usecases/registers/change-register.ts'
import { exportRegister } from '../../../src/usecases/registers/export-register.ts'
import {
  type ImportOptions,
  importRegister,
  registerCorrections,
} from '../../../src/usecases/registers/import-register.ts'
import { readRegister } from '../../../src/usecases/registers/read-register.ts'
import { aWrite, testHub } from '../../support/hub.ts'

const hub = await testHub(t)
const { deps } = hub
const agency = hub.agency()
const PLAIN: ImportOptions = {
  format: 'csv',
  charset: 'utf-8',
  reason: '参保数据',
  dryRun: false,
  goodLines: false,
}
const bytes = (content: string | Buffer) => Readable.from([Buffer.from(content as string)])
const take = (register: TableRegister, content: string | Buffer, options: Partial<ImportOptions> = {}) =>
  importRegister(deps, agency, register, bytes(content), { ...PLAIN, ...options })
const corrections = async (register: TableRegister, content: string) =>
  await text(await registerCorrections(deps, agency, register, bytes(content), PLAIN))
const holding = async (register: TableRegister, key: string) =>
  (await readRegister(deps, agency, register, { key, limit: 10 })).items

const HEADER =
  'personId,name,idNumber,phone,birthDate,sex,scheme,standing,assistance,insuredRegion,countyCode,specialDisease'
const person = (number: number, change: Readonly<Record<number, string>> = {}) =>
  [
    `IMP${String(number).padStart(8, '0')}`,
    `参保人${number}`,
    `44140219600101${String(number).padStart(4, '0')}`,
    '0753-2222222',
    '1960-01-01',
    number % 2 === 0 ? 'female' : 'male',
    'resident',
    'active',
    'none',
    '441400',
    '441402',
    '',
  ]
    .map((cell, place) => change[place] ?? cell)
    .join(',')
const table = (lines: readonly string[]) => [HEADER, ...lines].join('\r\n')

t.test('a table with faults is told by line, taken not at all, and mended in one step', async (t) => {
  const broken: Readonly<Record<number, Readonly<Record<number, string>>>> = {
    3: { 2: '4.41402E+17' },
    50: { 4: '31/01/1960' },
    51: { 5: 'unknown' },
    100: { 1: '' },
    150: { 0: 'IMP00000149' },
    199: { 10: '4414' },
  }
  const lines = Array.from({ length: 200 }, (_, number) => person(number, broken[number]))
  const refusal = await take('person', table(lines)).catch((error) => error)
  t.match(refusal, { code: 'upload-faulty', details: { faults: 6 } })
  t.same(
    refusal.fields.map(({ path, keyword }: { path: string; keyword: string }) => [path, keyword]),
    [
      ['/lines/5/idNumber', 'scientific'],
      ['/lines/52/birthDate', 'format'],
      ['/lines/53/sex', 'format'],
      ['/lines/102/name', 'required'],
      ['/lines/152', 'repeated'],
      ['/lines/201/countyCode', 'format'],
    ],
  )
  t.same(await holding('person', 'IMP00000001'), [], 'nothing was kept')
  const tried = await take('person', table(lines), { dryRun: true, goodLines: true })
  t.match(tried, { lines: 200, added: 194, kept: false, leftOut: { faults: 6 } })
  t.same(await holding('person', 'IMP00000001'), [])
  const taken = await take('person', table(lines), { goodLines: true })
  t.match(taken, { lines: 200, added: 194, changed: 0, unchanged: 0, kept: true, leftOut: { faults: 6 } })

  const list = await corrections('person', table(lines))
  const [header, ...faulty] = list.trim().split('\r\n')
  t.equal(header, `${HEADER},validFrom,validTo,fault_line,fault`)
  t.equal(faulty.length, 6)
  t.match(faulty[0], /,5,“idNumber”已被电子表格改成科学计数法/)
  const mended = [3, 50, 51, 100, 150, 199].map((number) => `${person(number)},,,${number + 2},更正`)
  const second = await take('person', [header, ...mended].join('\r\n'))
  t.match(second, { lines: 6, added: 6, changed: 0, kept: true })
  t.notOk(second.leftOut)
  const whole = await take('person', table(Array.from({ length: 200 }, (_, number) => person(number))))
  t.match(whole, { lines: 200, added: 0, unchanged: 200 }, 'now the register says all of it')
})

t.test('what differs takes the place of what holds, and history stays', async (t) => {
  await take('person', table([person(300)]), { validFrom: '2026-01-01' })
  const moved = table([person(300, { 3: '0753-3333333' })])
  t.match(await take('person', moved), { added: 0, changed: 1, unchanged: 0 })
  t.match(await take('person', moved), { unchanged: 1 }, 'the same table again changes nothing')
  const entries = await holding('person', 'IMP00000300')
  t.match(entries, [
    { validFrom: '2026-11-22', data: { phone: '0753-3333333' }, reason: '参保数据' },
    { validFrom: '2026-01-01', validTo: '2026-11-21', endReason: '参保数据', endedBy: agency.id },
  ])
  const again = table([person(300, { 3: '0753-4444444' })])
  t.match(await take('person', again), { changed: 1 }, 'twice on one day')
  const future = `${HEADER},validFrom\r\n${person(301)},2027-01-01`
  await take('person', future)
  const refusal = await take('person', table([person(301)])).catch((error) => error)
  t.match(refusal, { code: 'upload-faulty', fields: [{ path: '/lines/2/validFrom', keyword: 'conflict' }] })
})

t.test('Chinese headings and words, GBK, a byte order mark and semicolons are read', async (t) => {
  const header =
    '人员编号;姓名;身份证号;联系电话;出生日期;性别;险种类型;参保状态;救助身份;参保地;县区代码;特病标志'
  const line =
    'IMP00000400;张三;"=""441402196001010400""";07532222222;1960年1月1日;男;职工;正常;低保;441400;441402;是'
  const semicolons = `\uFEFF${header}\r\n${line}\r\n;;;;;;;;;;;\r\n`
  t.match(await take('person', semicolons), { lines: 1, added: 1 })
  const [entry] = await holding('person', 'IMP00000400')
  t.match(entry?.data, {
    name: '张三',
    idNumber: '441402196001010400',
    birthDate: '1960-01-01',
    sex: 'male',
    scheme: 'employee',
    assistance: 'minimum-living',
    specialDisease: true,
  })
  // 姓名 and 李 in GBK.
  const gbk = Buffer.concat([
    Buffer.from('personId,'),
    Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]),
    Buffer.from(`,${HEADER.split(',').slice(2).join(',')}\r\nIMP00000401,`),
    Buffer.from([0xc0, 0xee]),
    Buffer.from(`,${person(401).split(',').slice(2).join(',')}\r\n`),
  ])
  t.match(await take('person', gbk, { charset: 'gb18030' }), { added: 1 })
  t.match((await holding('person', 'IMP00000401'))[0]?.data, { name: '李' })
  await t.rejects(take('person', gbk), { code: 'upload-faulty' }, 'not without saying so')
})

t.test('NDJSON has the members themselves; drugs, lists and prices refer to what is there', async (t) => {
  const drug = {
    drugCode: 'XN07XXD130E002010109001',
    genericName: '样例药',
    form: '片剂',
    specification: '0.1g,片',
    unit: '片',
    medicineClass: 'B',
    negotiated: true,
    atcClass: 'N07XX',
    ingredient: '样例',
    restrictedIcd: ['I63', 'I64'],
    packSize: 28,
  }
  const lists = `listId,drugCode,agreementEnd\r\ndual-channel,${drug.drugCode},2027-12-31\r\n`
  const early = await take('drug-list', lists).catch((error) => error)
  t.match(early, { code: 'upload-faulty', fields: [{ path: '/lines/2/drugCode', keyword: 'reference' }] })
  t.match(await take('drug', `${JSON.stringify(drug)}\n`, { format: 'ndjson' }), { added: 1 })
  t.same((await holding('drug', drug.drugCode))[0]?.data, drug)
  t.match(await take('drug-list', lists), { added: 1 })
  const price = `drugCode,fen,confidential,basis\r\n${drug.drugCode},3.25,否,谈判\r\n`
  t.match(await take('payment-standard', price), { added: 1 })
  t.match((await holding('payment-standard', drug.drugCode))[0]?.data, { fen: 325, per: 100 })
  const snapshot = await deps.registers.latest(deps.pool, agency.regionCode)
  t.equal(snapshot.find('payment-standard', drug.drugCode, '2026-11-22')?.fen, 325, 'settlements see it')
  await take('payment-standard', price.replace('3.25', '3'))
  const after = await deps.registers.latest(deps.pool, agency.regionCode)
  t.equal(after.find('payment-standard', drug.drugCode, '2026-11-22')?.fen, 3, 'and that it was changed')
})

t.test('FS-3.5b a line of prices names its product; a generic name is entered by itself', async (t) => {
  const lines = 'drugCode,fen,confidential,basis\r\n,3.25,否,集采\r\n'
  t.match(await take('payment-standard', lines).catch((error) => error), {
    code: 'upload-faulty',
    fields: [{ path: '/lines/2/drugCode', keyword: 'required' }],
  })
  const member = JSON.stringify({ fen: 325, confidential: false, basis: 'procured' })
  t.match(await take('payment-standard', member, { format: 'ndjson' }).catch((error) => error), {
    code: 'upload-faulty',
  })
  const generic = { genericName: '样例药' }
  const data = { generic, fen: 300, confidential: false, basis: 'procured' as const }
  const entry = { validFrom: '2026-11-22' as const, reason: '集采中选', data: data as never }
  await addEntry(deps, agency, aWrite(agency), 'payment-standard', entry)
  const csv = await text(exportRegister(deps, agency, 'payment-standard'))
  const count = csv.trim().split('\r\n').length - 1
  t.ok(count > 0)
  t.match(await take('payment-standard', csv, { dryRun: true }), { lines: count, added: 0 })
})

t.test('what is ended while a table is read stays ended on its day', async (t) => {
  await take('person', table([person(600)]), { validFrom: '2026-01-01' })
  const other = await deps.pool.connect()
  t.teardown(() => other.release())
  await other.query('begin')
  const change = { author: 'A1', reason: '退保', at: hub.now }
  await endEntry(other, agency.regionCode, 'person', 'IMP00000600', '2026-06-30', change)
  const importing = take('person', table([person(600, { 3: '0753-5555555' })]))
  for (let waiting = false; !waiting; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const { rows } = await deps.pool.query(
      `select exists (select from pg_stat_activity
                       where datname = current_database() and wait_event_type = 'Lock') as waits`,
    )
    waiting = rows[0].waits
  }
  await other.query('commit')
  await importing
  t.match(await holding('person', 'IMP00000600'), [
    { validFrom: '2026-11-22', data: { phone: '0753-5555555' } },
    { validFrom: '2026-01-01', validTo: '2026-06-30', endReason: '退保' },
  ])
})

t.test('what was exported is imported without a change, whatever register', async (t) => {
  const hospital = hub.world.cast.hospital.institutionId
  for (const register of [
    'institution',
    'designation',
    'practitioner',
    'filing',
    'drug',
    'drug-list',
    'person',
  ] as const) {
    const csv = await text(exportRegister(deps, agency, register))
    const lines = csv.trim().split('\r\n').length - 1
    t.ok(lines > 0, register)
    const again = await take(register, csv)
    t.match(again, { lines, added: 0, changed: 0, unchanged: lines }, register)
  }
  const [entry] = await holding('institution', hospital)
  const departments = [{ code: 'A03', name: '内科' }]
  const data = { ...(entry!.data as { phone: string }), departments }
  const ended = { lastDay: '2026-11-21' as const, reason: '登记科室' }
  await endRegisterEntry(deps, agency, aWrite(agency), 'institution', hospital, ended)
  const renewed = { validFrom: '2026-11-22' as const, reason: '登记科室', data: data as never }
  await addEntry(deps, agency, aWrite(agency), 'institution', renewed)
  const csv = await text(exportRegister(deps, agency, 'institution'))
  t.match(await take('institution', csv.replace(data.phone, '0753-9999999')), { changed: 1 })
  const [now] = await holding('institution', hospital)
  t.match(now?.data, { phone: '0753-9999999', departments }, 'what no column has stays')
})

t.test('qualifications come out and in again under their own keys', async (t) => {
  const { personId } = hub.world.cast.resident
  const approved = { validFrom: '2026-11-22' as const, reason: '特病认定' }
  for (const [key, code] of [
    ['AP1:1', 'I10'],
    ['AP2:1', 'E11'],
  ] as const) {
    const data = { personId, kind: 'special-disease', diagnoses: [code] } as never
    await addEntry(deps, agency, aWrite(agency), 'qualification', { ...approved, key, data })
  }
  const csv = await text(exportRegister(deps, agency, 'qualification'))
  const lines = csv.trim().split('\r\n').length - 1
  t.ok(lines >= 2)
  t.match(await take('qualification', csv), { lines, added: 0, changed: 0, unchanged: lines })
})

t.test('many drugs make a key of one length, and others make another', async (t) => {
  const { personId } = hub.world.cast.resident
  const codes = Array.from({ length: 8 }, (_, number) => `XN07XXD130E00201010900${number}`)
  const line = (last: string) => `${personId},many,${[...codes, last].join(';')}`
  const two = ['personId,kind,drugCodes', line('XN07XXD130E002010109008'), line('XN07XXD130E002010109009')]
  const refusal = await take('qualification', two.join('\r\n')).catch((error) => error)
  t.notOk((refusal.fields ?? []).some(({ keyword }: { keyword: string }) => keyword === 'repeated'))
})

t.test('one that somebody entered meanwhile is in the way of nobody', async (t) => {
  const lines = table([person(500)])
  const data = Object.fromEntries(
    HEADER.split(',').map((name, place) => [name, person(500).split(',')[place]]),
  )
  delete data['specialDisease']
  const entry = { validFrom: '2026-11-22', reason: '登记', data: data as never }
  await addEntry(deps, agency, aWrite(agency), 'person', entry)
  t.match(await take('person', lines), { unchanged: 1, added: 0 })
  t.match(await take('person', HEADER).catch((error) => error), { code: 'upload-faulty' }, 'an empty table')
  t.equal(registerColumns('person').length, 14)
})
