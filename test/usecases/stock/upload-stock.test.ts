import { Readable } from 'node:stream'
import t from 'tap'
import { Problem } from '../../../src/domain/problems.ts'
import { listOverdue, matchStock } from '../../../src/usecases/stock/match-stock.ts'
import { uploadStock } from '../../../src/usecases/stock/upload-stock.ts'
import { NOON, type TestHub, testHub } from '../../support/hub.ts'
import { walker } from '../../support/journey.ts'

async function* bytes(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(text)
  for (let from = 0; from < all.length; from += size) yield all.subarray(from, from + size)
}

let references = 0
const aLine = (hub: TestHub, change: object = {}) => ({
  kind: 'purchase',
  reference: `R${++references}`,
  on: '2026-11-20',
  drugCode: hub.world.cast.drug.drugCode,
  quantity: '10',
  unitPriceFen: 1000,
  ...change,
})

const upload = (hub: TestHub, lines: readonly object[], by = hub.pharmacy()) =>
  uploadStock(hub.deps, by, 'ndjson', bytes(lines.map((line) => JSON.stringify(line)).join('\n'), 1000))

async function refusal(work: Promise<unknown>): Promise<Problem> {
  try {
    await work
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('it was accepted')
}

const count = async (hub: TestHub) =>
  (await hub.deps.pool.query('select count(*)::int as n from stock_line')).rows[0].n

t.test('MZ-9.4a the same file again has no second effect, in either format', async (t) => {
  const hub = await testHub(t)
  const { drugCode } = hub.world.cast.drug
  const csv = `\uFEFFreference,kind,on,drugCode,quantity,unitPriceFen,batchNo\r\n"A,1",purchase,2026-11-20,${drugCode},10,1000,\r\n`
  const bad = await refusal(uploadStock(hub.deps, hub.pharmacy(), 'csv', bytes(csv)))
  t.same(
    bad.fields.map(({ path }) => path),
    ['/lines/2/reference'],
    'a comma within quotes is one field',
  )
  const good = csv.replace('"A,1"', '"A1"')
  const first = await uploadStock(hub.deps, hub.pharmacy(), 'csv', bytes(good))
  t.match(first, { lines: 1, repeated: false })
  const again = await uploadStock(hub.deps, hub.pharmacy(), 'csv', bytes(good, 3))
  t.match(again, { uploadId: first.uploadId, repeated: true })
  t.equal(await count(hub), 1)
})

t.test('MZ-9.4a of twins sent at once one is taken and both get its number', async (t) => {
  const hub = await testHub(t)
  const lines = [aLine(hub)]
  const answers = await Promise.all([upload(hub, lines), upload(hub, lines), upload(hub, lines)])
  t.equal(new Set(answers.map(({ uploadId }) => uploadId)).size, 1)
  t.equal(answers.filter(({ repeated }) => !repeated).length, 1)
  t.equal(await count(hub), 1)
})

t.test('MZ-9.4a a faulty file is refused whole, with the numbers of the lines', async (t) => {
  const hub = await testHub(t)
  const used = aLine(hub)
  await upload(hub, [used])
  const problem = await refusal(
    upload(hub, [
      aLine(hub),
      aLine(hub, { quantity: '1.23456' }),
      aLine(hub, { on: '2026-11-22' }),
      aLine(hub, { on: '2026-11-23' }),
      aLine(hub, { drugCode: 'X'.repeat(23) }),
      aLine(hub, { unitPriceFen: -1, kind: 'gift' }),
      aLine(hub, { more: 1 }),
      aLine(hub, { batchNo: 'x'.repeat(5000) }),
    ]),
  )
  t.equal(problem.code, 'upload-faulty')
  t.same(
    problem.fields.map(({ path, keyword }) => `${path} ${keyword}`),
    [
      '/lines/2/quantity format',
      '/lines/4/on future',
      '/lines/5/drugCode unknown',
      '/lines/6/kind format',
      '/lines/6/unitPriceFen format',
      '/lines/7 unknown-column',
      '/lines/8 too-long',
    ],
  )
  t.equal(await count(hub), 1, 'nothing of it is kept')
  const repeated = await refusal(upload(hub, [aLine(hub), used, aLine(hub)]))
  t.same(
    repeated.fields.map(({ path, keyword }) => `${path} ${keyword}`),
    ['/lines/2/reference repeated'],
  )
  t.equal(await count(hub), 1)
  t.equal((await refusal(upload(hub, []))).code, 'upload-faulty', 'an empty file is no upload')
})

t.test('MZ-9.4a sales are matched with purchases, counts and dispenses', async (t) => {
  const hub = await testHub(t)
  const walk = walker(hub)
  const { no, content } = await walk.dispensed()
  const { rows } = await hub.deps.pool.query('select dispense_id from dispense where prescription_no = $1', [
    no,
  ])
  const dispenseId = rows[0].dispense_id
  const quantity = content.lines[0]!.quantity
  const { drugCode } = content.lines[0]!
  const kinds = async () =>
    (
      await matchStock(hub.deps, hub.agency(), hub.pharmacy().institutionId, '2026-11-01', '2026-11-22')
    ).findings.map(({ kind }) => kind)
  t.same(await kinds(), ['dispense-without-sale'])
  await upload(hub, [
    aLine(hub, { kind: 'stock', on: '2026-10-31', quantity: '1' }),
    aLine(hub, { quantity: String(Number(quantity) - 1) }),
    aLine(hub, { kind: 'sale', on: '2026-11-22', quantity, drugCode, dispenseId, unitPriceFen: 1001 }),
  ])
  t.same(await kinds(), [], 'what was there and bought is just enough')
  await upload(hub, [aLine(hub, { kind: 'sale', on: '2026-11-22', quantity: '0.0001' })])
  t.same(await kinds(), ['sold-more-than-bought', 'sale-without-dispense'])
  await upload(hub, [
    aLine(hub, { quantity: '5' }),
    aLine(hub, { kind: 'stock', on: '2026-11-22', quantity: '5' }),
    aLine(hub, { kind: 'sale', on: '2026-11-22', quantity: '1', dispenseId }),
  ])
  t.same(await kinds(), ['stock-differs', 'sale-without-dispense', 'quantity-differs'])
  const shown = await hub.deps.pool.query(
    'select trim_scale(quantity)::text as q from stock where pharmacy_id = $1 and drug_code = $2',
    [hub.pharmacy().institutionId, drugCode],
  )
  t.equal(shown.rows[0].q, '5', 'patients see the newest count')
})

t.test('MZ-9.4a findings come page after page, each once and none left out', async (t) => {
  const hub = await testHub(t, { regions: ['210400'] })
  await walker(hub).dispensed()
  const sales = Array.from({ length: 1_050 }, () =>
    aLine(hub, { kind: 'sale', on: '2026-11-21', unitPriceFen: 1001, quantity: '1' }),
  )
  await upload(hub, [aLine(hub, { unitPriceFen: 1000, quantity: '5' }), ...sales])
  const pharmacy = hub.pharmacy().institutionId
  const page = (after: string | undefined, limit: number) =>
    matchStock(hub.deps, hub.agency(), pharmacy, '2026-11-01', '2026-11-22', after, limit)
  for (const limit of [1, 2, 200, 1_051]) {
    const met = new Map<string, number>()
    const kinds = new Map<string, number>()
    let after: string | undefined
    let pages = 0
    do {
      const { findings, next, balances } = await page(after, limit)
      t.ok(findings.length <= limit)
      t.equal(balances.length, pages === 0 ? 1 : 0, 'the balances stand on the first page')
      if (next !== undefined) t.equal(findings.length, limit)
      for (const { kind, reference = '', drugCode } of findings) {
        const key = `${kind} ${reference} ${drugCode}`
        met.set(key, (met.get(key) ?? 0) + 1)
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      }
      after = next
      pages += 1
      // A few pages of one or two are enough to see that the way from source to source is right.
      if (limit < 10 && pages > 8) break
    } while (after !== undefined)
    t.ok(
      [...met.values()].every((times) => times === 1),
      'each once',
    )
    if (limit < 10) continue
    t.same(Object.fromEntries(kinds), {
      'sold-more-than-bought': 1,
      'sale-without-dispense': 1_050,
      'dispense-without-sale': 1,
      'price-above-purchase': 1_050,
    })
    t.equal(pages, Math.ceil(2_102 / limit))
  }
  await t.rejects(page('x', 10), { code: 'malformed' })
})

t.test('FS-3.4 a price above the purchase price is found where no mark-up is allowed', async (t) => {
  for (const [region, found] of [
    ['210400', ['price-above-purchase']],
    ['441400', []],
  ] as const) {
    const hub = await testHub(t, { regions: [region] })
    await upload(hub, [
      aLine(hub, { unitPriceFen: 1000, quantity: '20' }),
      aLine(hub, { kind: 'sale', on: '2026-11-21', unitPriceFen: 1000, quantity: '1' }),
      aLine(hub, { kind: 'sale', on: '2026-11-21', unitPriceFen: 1001, quantity: '1' }),
    ])
    const pharmacy = hub.pharmacy().institutionId
    const { findings } = await matchStock(hub.deps, hub.agency(), pharmacy, '2026-11-01', '2026-11-22')
    const kinds = findings.map(({ kind }) => kind).filter((kind) => kind !== 'sale-without-dispense')
    t.same(kinds, found, region)
  }
})

t.test('MZ-9.4a an upload is overdue the day after the interval, and not before', async (t) => {
  const hub = await testHub(t)
  const { institutionId } = hub.pharmacy()
  const late = async () => (await listOverdue(hub.deps, hub.agency())).overdue
  const mine = async () => (await late()).filter((each) => each.institutionId === institutionId)
  t.same(await mine(), [{ institutionId }], 'one that never sent anything is late')
  const { endedPharmacy } = hub.world.cast
  t.notOk((await late()).some((each) => each.institutionId === endedPharmacy.institutionId))
  await upload(hub, [aLine(hub)])
  hub.now = new Date(NOON.getTime() + 7 * 86_400_000)
  t.same(await mine(), [])
  hub.now = new Date(NOON.getTime() + 8 * 86_400_000)
  t.same(await mine(), [{ institutionId, lastUploadOn: '2026-11-22', overdueSince: '2026-11-30' }])
})

t.test('MZ-9.4a where no document asks for uploads none is overdue', async (t) => {
  const hub = await testHub(t, { regions: ['500000'] })
  t.same(await listOverdue(hub.deps, hub.agency()), { today: '2026-11-22', overdue: [] })
})

t.test(
  'MZ-9.4a of 100,000 lines the one in the middle that is wrong is named, and none is taken',
  async (t) => {
    const hub = await testHub(t)
    const { drugCode } = hub.world.cast.drug
    const file = (middle: string) =>
      Readable.from(
        (function* () {
          for (let line = 1; line <= 100_000; line += 1) {
            const reference = line === 50_000 ? middle : `L${line}`
            const record = {
              kind: 'sale',
              reference,
              on: '2026-11-20',
              drugCode,
              quantity: '1',
              unitPriceFen: 1,
            }
            yield Buffer.from(`${JSON.stringify(record)}\n`)
          }
        })(),
      )
    for (const [middle, path, keyword] of [
      ['=1+1', '/lines/50000/reference', 'format'],
      // Found only in the database: as often as in the first batch.
      ['L7', '/lines/50000/reference', 'repeated'],
    ] as const) {
      await t.rejects(uploadStock(hub.deps, hub.pharmacy(), 'ndjson', file(middle)), {
        code: 'upload-faulty',
        details: { faults: 1 },
        fields: [{ path, keyword }],
      })
      t.equal(await count(hub), 0)
    }
  },
)

t.test('MZ-9.4a 100,000 lines are taken with bounded memory', async (t) => {
  const hub = await testHub(t)
  const { drugCode } = hub.world.cast.drug
  async function* lines(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('kind,reference,on,drugCode,quantity,unitPriceFen\n')
    for (let index = 0; index < 100_000; index += 100) {
      let text = ''
      for (let line = index; line < index + 100; line += 1)
        text += `purchase,M${line},2026-11-20,${drugCode},1,100\n`
      yield Buffer.from(text)
    }
  }
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  const started = performance.now()
  const answer = await uploadStock(hub.deps, hub.pharmacy(), 'csv', lines())
  const grown = (process.memoryUsage().rss - before) / 1024 / 1024
  t.equal(answer.lines, 100_000)
  t.equal(await count(hub), 100_000)
  t.ok(grown < 200, `${grown.toFixed(0)} MiB more, ${((performance.now() - started) / 1000).toFixed(1)} s`)
})
