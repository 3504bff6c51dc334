import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import t from 'tap'
import { settlementPaper } from '../../src/usecases/clearing/papers.ts'
import { testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'
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
  'papers are for those whom the settlement concerns, and only once there is something to show',
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
    const receipt = settlementPaper(hub.deps, hub.pharmacy(), settled.settlementId, 'receipt')
    await t.rejects(receipt, { code: 'paper-unavailable' }, 'before the hand-over')
    await clear.reversed(settled.no)
    await t.resolves(ask(hub.pharmacy()), 'a reversed one can still be shown')
  },
)

async function drain(stream: Readable): Promise<number> {
  return (await buffer(stream)).length
}
