import t from 'tap'
import type { PackGiven } from '../../src/domain/packs/pack.ts'
import { Problem } from '../../src/domain/problems.ts'
import { inTransaction } from '../../src/storage/database.ts'
import { isPackTaken, take } from '../../src/storage/pack.ts'
import { type HandOver, handOver } from '../../src/usecases/hand-over.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { returnGoods } from '../../src/usecases/return-goods.ts'
import { reverseSettlement } from '../../src/usecases/reverse-settlement.ts'
import { settlePrescription } from '../../src/usecases/settle-prescription.ts'
import { aWrite, type TestHub, testHub } from '../support/hub.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { aTraceCode, walker } from '../support/journey.ts'

type Line = Partial<HandOver['lines'][number]>

/** One pharmacy's commands about packs, each with the code of its refusal or its answer. */
function counter(hub: TestHub) {
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const outcome = async (work: Promise<unknown>) => {
    try {
      await work
      return 'ok'
    } catch (error) {
      if (error instanceof Problem) return error.code
      throw error
    }
  }
  const handed = (it: Awaited<ReturnType<typeof walk.settled>>, ...lines: Line[]) => {
    const given = walk.handOverOf(it.content)
    const { traceCodes: _, ...line } = given.lines[0]!
    const request = { ...given, lines: lines.map((change) => ({ ...line, ...change })) }
    return handOver(hub.deps, pharmacy, aWrite(pharmacy), it.no, request)
  }
  const asked = (it: { no: string; content: Parameters<typeof walk.lines>[0] }, packs: PackGiven[]) =>
    requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), it.no, {
      lines: walk.lines(it.content).map((line) => ({ ...line, packs })),
    })
  return { walk, pharmacy, outcome, handed, asked }
}

const half = (traceCode: string, quantity = '14'): PackGiven => ({
  traceCode,
  split: true,
  quantity,
  packSize: '28',
})

t.test('MZ-4.3a one pack for two patients: with the split flag, until it is used up', async (t) => {
  const hub = await testHub(t)
  const { walk, outcome, handed } = counter(hub)
  const code = aTraceCode()
  const first = await walk.settled()
  const quantity = first.content.lines[0]!.quantity
  t.equal(quantity, '14')
  const second = await walk.settled({ person: hub.world.cast.resident })
  t.equal(await outcome(handed(first, { packs: [half(code)] })), 'ok')
  t.equal(await outcome(handed(second, { traceCodes: [code] })), 'trace-code-used', 'without the flag')
  t.equal(await outcome(handed(second, { packs: [half(code, '15')] })), 'packs-implausible')
  t.equal(await outcome(handed(second, { packs: [half(code)] })), 'ok', 'the other half')
  const { rows } = await hub.deps.pool.query(
    'select whole, taken::float8, size::float8 from pack where serial = $1',
    [code],
  )
  t.same(rows, [{ whole: 0, taken: 28, size: 28 }])
  await returnGoods(hub.deps, hub.pharmacy(), aWrite(hub.pharmacy()), first.no, 'dispensing-error')
  t.same(
    (await hub.deps.pool.query('select taken::float8 from pack where serial = $1', [code])).rows,
    [{ taken: 14 }],
    'what came back is there again',
  )
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test(
  'MZ-4.3a a pack named with the settlement request is promised until the settlement ends',
  async (t) => {
    const hub = await testHub(t)
    const { walk, pharmacy, outcome, handed, asked } = counter(hub)
    const code = aTraceCode()
    const first = await walk.reviewed()
    const second = await walk.reviewed({ person: hub.world.cast.resident })
    const { body } = await asked(first, [{ traceCode: code }])
    t.equal(await outcome(asked(second, [{ traceCode: code }])), 'trace-code-used', 'before any money moved')
    t.equal(await walk.stateOf(second.no), 'reviewed')
    await settlePrescription(hub.deps, { regionCode: hub.world.regionCode, settlementId: body.settlementId })
    await reverseSettlement(hub.deps, pharmacy, aWrite(pharmacy), first.no, 'out-of-stock')
    t.same(await brokenInvariants(hub.deps.pool), [], 'the reversal has ended the promise')
    const again = await asked(second, [{ traceCode: code }])
    await settlePrescription(hub.deps, {
      regionCode: hub.world.regionCode,
      settlementId: again.body.settlementId,
    })
    t.equal(
      await outcome(handed({ ...second, settlementId: again.body.settlementId }, {})),
      'ok',
      'it need not come again',
    )
    const { rows } = await hub.deps.pool.query(
      'select trace_code from trace_code where sold_at is not null and returned_at is null',
    )
    t.same(rows, [{ trace_code: code }])
    t.same(await brokenInvariants(hub.deps.pool), [])
  },
)

t.test('MZ-4.3a a line may come from two batches, which add up to what was settled', async (t) => {
  const hub = await testHub(t)
  const { walk, outcome, handed } = counter(hub)
  const it = await walk.settled()
  const one = { batchNo: 'B1', quantity: '10', packs: [half(aTraceCode(), '10')] }
  const two = { batchNo: 'B2', quantity: '4', packs: [half(aTraceCode(), '4')] }
  t.equal(await outcome(handed(it, one)), 'not-as-settled')
  t.equal(await outcome(handed(it, one, { ...two, quantity: '5' })), 'not-as-settled')
  t.equal(await outcome(handed(it, one, { ...two, lineNo: 9 })), 'not-as-settled')
  t.equal(await outcome(handed(it, one, two)), 'ok')
  const { rows } = await hub.deps.pool.query(
    'select batch_no, quantity::float8 from dispense_batch order by batch_place',
  )
  t.same(rows, [
    { batch_no: 'B1', quantity: 10 },
    { batch_no: 'B2', quantity: 4 },
  ])
})

t.test('MZ-4.3a without a trace code there is a reason, kept and told', async (t) => {
  const hub = await testHub(t)
  const { walk, pharmacy, outcome, handed } = counter(hub)
  const it = await walk.settled()
  t.equal(await outcome(handed(it, {})), 'rules-failed')
  t.equal(
    await outcome(handed(it, { noTraceReason: 'herbal-pieces' })),
    'rules-failed',
    'capsules are no herbal pieces',
  )
  const given = walk.handOverOf(it.content)
  const lines = given.lines.map((line) => ({ ...line, traceCodes: [], noTraceReason: 'before-duty' }))
  const { body } = await handOver(hub.deps, pharmacy, aWrite(pharmacy), it.no, { ...given, lines })
  t.match(body.findings, [{ rule: 'every-pack-traced', effect: 'warn' }])
  const { rows } = await hub.deps.pool.query('select no_trace_reason from dispense_batch')
  t.same(rows, [{ no_trace_reason: 'before-duty' }])
})

t.test(
  'MZ-4.3a rivals for one pack: the database gives out no more than it holds, lock or no lock',
  async (t) => {
    const hub = await testHub(t, { max: 12 })
    const { walk } = counter(hub)
    const { no } = await walk.settled()
    const { rows } = await hub.deps.pool.query(
      'select region_code, dispense_id from prescription_state where prescription_no = $1',
      [no],
    )
    const [{ region_code, dispense_id }] = rows
    const pack = { serial: aTraceCode(), gtin: '', drugCode: 'D1', lineNo: 1, size: '28' }
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        // Promises of one supply replace each other, so they are sold at once.
        inTransaction(hub.deps.pool, (tx) =>
          take(tx, region_code, dispense_id, [{ ...pack, part: '3' }], 'sold', hub.now),
        ),
      ),
    )
    t.equal(tries.filter(({ status }) => status === 'fulfilled').length, 9)
    t.ok(tries.every((tried) => tried.status === 'fulfilled' || isPackTaken(tried.reason)))
  },
)
