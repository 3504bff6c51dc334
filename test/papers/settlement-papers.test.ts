import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import t from 'tap'
import { settlementPaper } from '../../src/usecases/clearing/papers.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { aWrite, testHub } from '../support/hub.ts'
import { aTraceCode, walker } from '../support/journey.ts'
import { aStay, COVERED, clearing } from '../usecases/clearing/clearing.ts'
import { pdfText, withPdfTools } from './pdf.ts'

t.test(
  'MZ-6.6 statement, fee list and receipt show what was stored, with the rule of each layer',
  withPdfTools,
  async (t) => {
    const hub = await testHub(t)
    const walk = walker(hub)
    const it = await walk.dispensed(COVERED)
    const pharmacy = hub.pharmacy()
    const paper = async (kind: Parameters<typeof settlementPaper>[3]) =>
      await pdfText(t, await settlementPaper(hub.deps, pharmacy, it.settlementId, kind), kind)
    const { rows } = await hub.deps.pool.query(
      'select charge_fen::int as charge, patient_fen::int as patient from settlement where settlement_id = $1',
      [it.settlementId],
    )
    const yuan = (fen: number) => (fen / 100).toFixed(2)
    const statement = await paper('settlement')
    for (const expected of [
      '结算单',
      '样例',
      '起付线',
      '按比例自付',
      'MZ-6.6',
      '441400/2023-12',
      it.no,
      hub.world.cast.person.name,
      yuan(rows[0].charge),
      yuan(rows[0].patient),
    ]) {
      t.match(statement, expected)
    }
    const list = await paper('fee-list')
    t.match(list, '费用清单')
    t.match(list, hub.world.cast.drug.genericName)
    t.notMatch(list, '起付线')
    t.match(await paper('receipt'), `今收到患者个人支付金额人民币${yuan(rows[0].patient)}元`)
  },
)

t.test(
  'MZ-4.3a the fee list has batches, expiry dates and every trace code with what was taken of its pack',
  withPdfTools,
  async (t) => {
    const hub = await testHub(t)
    const walk = walker(hub)
    const pharmacy = hub.pharmacy()
    const it = await walk.settled()
    const list = async (name: string) =>
      await pdfText(t, await settlementPaper(hub.deps, pharmacy, it.settlementId, 'fee-list'), name)
    t.notMatch(await list('fee-list-before'), '追溯码', 'before the hand-over there is nothing to tell')
    const given = walk.handOverOf(it.content)
    const { traceCodes: _, ...line } = given.lines[0]!
    const codes = Array.from({ length: 88 }, aTraceCode)
    const long = 'L'.repeat(39)
    const split = (traceCode: string) => ({ traceCode, split: true, quantity: '0.125', packSize: '28' })
    await handOver(hub.deps, pharmacy, aWrite(pharmacy), it.no, {
      ...given,
      lines: [
        { ...line, batchNo: 'B'.repeat(40), quantity: '11', packs: codes.map(split) },
        { ...line, batchNo: 'B2', expiresOn: '2028-02-29', quantity: '2', traceCodes: [`${long}1`] },
        { ...line, batchNo: 'B3', quantity: '1', noTraceReason: 'unreadable' },
      ],
    })
    const text = await list('fee-list-goods')
    for (const code of codes) t.equal(text.split(code).length, 2, 'each code stands whole, and once')
    t.equal(text.split('拆零0.125').length - 1, 88)
    t.equal(text.split(/整盒(?!或)/).length - 1, 1, 'one whole pack')
    for (const part of ['B2', '2028-02-29', 'B3', '追溯码破损无法识读']) t.match(text, part)
    t.match(text, '第2页')
  },
)

t.test(
  'papers are for those whom the settlement concerns, and only once there is something to show',
  withPdfTools,
  async (t) => {
    const hub = await testHub(t)
    const walk = walker(hub)
    const clear = clearing(hub)
    const settled = await walk.settled(aStay(hub, 'ZY-1'))
    const waiting = await walk.settling(COVERED)
    const region = hub.world.regionCode
    const patient = { kind: 'patient', id: 'link', regionCode: region } as const
    const ask = (caller: Parameters<typeof settlementPaper>[1], id = settled.settlementId, no?: string) =>
      settlementPaper(hub.deps, caller, id, 'settlement', no).then(drain)
    await t.resolves(ask(hub.pharmacy()))
    await t.resolves(ask(hub.hospital()))
    await t.resolves(ask(hub.agency()))
    await t.resolves(ask(patient, settled.settlementId, settled.no))
    await t.rejects(ask(patient, settled.settlementId, waiting.no), { code: 'not-yours' })
    await t.rejects(ask(patient), { code: 'not-yours' })
    await t.rejects(ask(hub.pharmacy('P00000000000')), { code: 'not-yours' })
    await t.rejects(ask(hub.hospital('H00000000000')), { code: 'not-yours' })
    await t.rejects(ask({ ...hub.agency(), regionCode: '500000' }), { code: 'not-yours' })
    await t.rejects(ask(hub.pharmacy(), waiting.settlementId), { code: 'paper-unavailable' })
    const words = async (name: string) =>
      (
        await pdfText(
          t,
          await settlementPaper(hub.deps, hub.pharmacy(), settled.settlementId, 'receipt'),
          name,
        )
      ).replaceAll(/\s/g, '')
    const before = await words('before')
    t.match(before, '收费专用章', 'MZ-6.5 the receipt is there before the hand-over')
    t.notMatch(before, '作废')
    await clear.reversed(settled.no)
    t.match(await words('void'), '作废', 'a reversed one can still be shown, and says so')
  },
)

async function drain(stream: Readable): Promise<number> {
  return (await buffer(stream)).length
}
