import t from 'tap'
import { MOST_FEN } from '../../../schemas/bounds.ts'
import type { ReimbursementApplication } from '../../../schemas/reimbursement.ts'
import { Problem } from '../../../src/domain/problems.ts'
import { deferSettlement } from '../../../src/usecases/defer-settlement.ts'
import { handOver } from '../../../src/usecases/hand-over.ts'
import { addPapers, moveFile, submitFile } from '../../../src/usecases/reimbursement/change-file.ts'
import { decideFile, payFile } from '../../../src/usecases/reimbursement/decide-file.ts'
import { openFile } from '../../../src/usecases/reimbursement/open-file.ts'
import { listFiles, previewFile, readFile } from '../../../src/usecases/reimbursement/read-files.ts'
import { returnGoods } from '../../../src/usecases/return-goods.ts'
import { reverseSettlement } from '../../../src/usecases/reverse-settlement.ts'
import { settlePrescription } from '../../../src/usecases/settle-prescription.ts'
import { aWrite, type TestHub, testHub } from '../../support/hub.ts'
import { brokenInvariants } from '../../support/invariants.ts'
import { walker } from '../../support/journey.ts'

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'no refusal'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

/** Enough that the funds pay beyond the deductible. */
const PLENTY = { quantity: 300 }

const APPROVE = { decision: 'approve', reason: 'examined', waivers: [] } as const

function desk(hub: TestHub) {
  const { deps } = hub
  const agency = hub.agency()
  return {
    papers: (fileId: string, ...papers: string[]) =>
      addPapers(
        deps,
        agency,
        aWrite(agency),
        fileId,
        papers.map((paper) => ({ paper, reference: `BOX/${paper}` })),
      ),
    submit: (fileId: string) => submitFile(deps, agency, aWrite(agency), fileId),
    approve: (fileId: string, waivers: { ruleId: string; reason: string }[] = []) =>
      decideFile(deps, agency, aWrite(agency), fileId, { ...APPROVE, waivers }),
    decline: (fileId: string) =>
      decideFile(deps, agency, aWrite(agency), fileId, {
        decision: 'decline',
        reason: 'not the drug prescribed',
      }),
    pay: (fileId: string) => payFile(deps, agency, aWrite(agency), fileId, 'BANK-1'),
    move: (fileId: string, command: 'send-back' | 'reopen' | 'withdraw') =>
      moveFile(deps, agency, aWrite(agency), fileId, command, 'because'),
  }
}

async function deferred(hub: TestHub) {
  const walk = walker(hub)
  const it = await walk.settling(PLENTY)
  const agency = hub.agency()
  const { body } = await deferSettlement(hub.deps, agency, aWrite(agency), it.no, 'payer-away')
  return { ...it, fileId: body.manualFileId }
}

/** The same, with the medicine in the patient's hands. */
async function supplied(hub: TestHub) {
  const it = await deferred(hub)
  const pharmacy = hub.pharmacy()
  await handOver(hub.deps, pharmacy, aWrite(pharmacy), it.no, walker(hub).handOverOf(it.content))
  return it
}

for (const region of ['140000', '210400', '441400', '500000', '510600']) {
  t.test(
    `${region} SX-12 MZ-6.7 what a file pays after the hand-over is what the settlement would have paid`,
    async (t) => {
      const hub = await testHub(t, { regions: [region], anyQuantity: true })
      const walk = walker(hub)
      const choice = { quantity: region === '210400' ? 3_000 : 2_000 }
      const it = await walk.settling(choice)
      const agency = hub.agency()
      const { body } = await deferSettlement(hub.deps, agency, aWrite(agency), it.no, 'payer-away')
      const pharmacy = hub.pharmacy()
      await handOver(hub.deps, pharmacy, aWrite(pharmacy), it.no, walk.handOverOf(it.content))
      const preview = await previewFile(hub.deps, agency, body.manualFileId)
      const other = await testHub(t, { regions: [region], anyQuantity: true })
      const { settlementId } = await walker(other).settled(choice)
      const { rows } = await other.deps.pool.query(
        'select fund_fen::int from settlement where settlement_id = $1',
        [settlementId],
      )
      t.ok(rows[0].fund_fen > 0)
      t.equal(preview.reimbursedFen, rows[0].fund_fen)
      t.same(preview.findings, [])
    },
  )
}

t.test('MZ-6.7 nothing is reimbursed that the pharmacy has not handed over', async (t) => {
  const hub = await testHub(t)
  const it = await deferred(hub)
  const at = desk(hub)
  await at.papers(it.fileId, 'invoice', 'settlement-statement')
  t.equal(await codeOf(at.submit(it.fileId)), 'file-not-supplied')
  t.equal((await readFile(hub.deps, hub.agency(), it.fileId)).status, 'open')
  const pharmacy = hub.pharmacy()
  await handOver(hub.deps, pharmacy, aWrite(pharmacy), it.no, walker(hub).handOverOf(it.content))
  t.equal(await codeOf(at.submit(it.fileId)), 'no refusal')
})

t.test('MZ-6.7 what was declined may come back to the pharmacy, and is never reopened then', async (t) => {
  const hub = await testHub(t)
  const it = await supplied(hub)
  const pharmacy = hub.pharmacy()
  const at = desk(hub)
  const back = () => returnGoods(hub.deps, pharmacy, aWrite(pharmacy), it.no, 'allergy')
  await at.papers(it.fileId, 'invoice', 'settlement-statement')
  await at.submit(it.fileId)
  t.equal(await codeOf(back()), 'wrong-state', 'not while it is examined')
  await at.decline(it.fileId)
  t.equal((await back()).body.state, 'returned')
  t.equal((await readFile(hub.deps, hub.agency(), it.fileId)).status, 'withdrawn')
  t.equal(await codeOf(at.move(it.fileId, 'reopen')), 'file-wrong-state')
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test(
  'MZ-6.7 a deferred settlement comes to the same fen by hand as it would have by settlement',
  async (t) => {
    const hub = await testHub(t)
    const { deps } = hub
    const it = await deferred(hub)
    const pharmacy = hub.pharmacy()
    const walk = walker(hub)
    await handOver(deps, pharmacy, aWrite(pharmacy), it.no, walk.handOverOf(it.content))
    const at = desk(hub)
    t.equal(await codeOf(at.submit(it.fileId)), 'papers-missing')
    await at.papers(it.fileId, 'invoice')
    t.equal(await codeOf(at.submit(it.fileId)), 'papers-missing', 'one of two is not enough')
    await at.papers(it.fileId, 'settlement-statement')
    t.equal(await codeOf(at.approve(it.fileId)), 'file-wrong-state')
    await at.submit(it.fileId)
    const preview = await previewFile(deps, hub.agency(), it.fileId)
    const { body: approved } = await at.approve(it.fileId)
    t.equal(approved.amountFen, preview.reimbursedFen)
    await at.pay(it.fileId)
    t.equal(await codeOf(at.pay(it.fileId)), 'file-wrong-state', 'paid once')

    const other = await testHub(t)
    const settled = await walker(other).settled(PLENTY)
    const { rows } = await other.deps.pool.query(
      'select fund_fen::int from settlement where settlement_id = $1',
      [settled.settlementId],
    )
    t.equal(approved.amountFen, rows[0].fund_fen)
    const movements = (pool: TestHub['deps']['pool']) =>
      pool.query('select measure, amount_fen::int from person_year_movement order by measure')
    t.same(
      (await movements(deps.pool)).rows,
      (await movements(other.deps.pool)).rows,
      'and moves the year alike',
    )

    const postings = await deps.pool.query(
      `select kind, account, amount_fen::int from posting join posting_line using (region_code, posting_id) order by account`,
    )
    t.match(postings.rows, [
      { kind: 'reimbursement', account: /^fund:basic:/, amount_fen: -rows[0].fund_fen },
      { account: 'patient:reimbursed', amount_fen: rows[0].fund_fen },
    ])
    const detail = await readFile(deps, hub.agency(), it.fileId)
    t.same(
      detail.history.map(({ command, to }) => `${command} ${to}`),
      ['open open', 'add-paper open', 'add-paper open', 'submit submitted', 'approve approved', 'pay paid'],
    )
    t.ok(detail.history.every(({ by }) => by.startsWith('agency:')))
    t.equal(
      await codeOf(returnGoods(deps, pharmacy, aWrite(pharmacy), it.no, 'allergy')),
      'wrong-state',
      'a paid file blocks the return',
    )
    t.same(await brokenInvariants(deps.pool), [])
  },
)

t.test(
  'MZ-6.7 a return before submission withdraws the file, and the withdrawal has an author',
  async (t) => {
    const hub = await testHub(t)
    const it = await deferred(hub)
    const pharmacy = hub.pharmacy()
    await reverseSettlement(hub.deps, pharmacy, aWrite(pharmacy), it.no, 'found-cheaper')
    const detail = await readFile(hub.deps, hub.agency(), it.fileId)
    t.equal(detail.status, 'withdrawn')
    t.match(detail.history.at(-1), { command: 'withdraw', by: `pharmacy:${pharmacy.id}` })
  },
)

t.test(
  'MZ-7.1 an approval is stale when the year moved, and nothing is paid until it is approved anew',
  async (t) => {
    const hub = await testHub(t)
    const walk = walker(hub)
    const it = await supplied(hub)
    const at = desk(hub)
    await at.papers(it.fileId, 'invoice', 'settlement-statement')
    await at.submit(it.fileId)
    const first = await at.approve(it.fileId)
    const later = await walk.settling({ drugs: [hub.world.cast.publicPriceDrug], quantity: 300 })
    await settlePrescription(hub.deps, { regionCode: hub.world.regionCode, settlementId: later.settlementId })
    const now = await hub.deps.pool.query(`select count(*)::int as n from posting where kind = 'reservation'`)
    t.equal(now.rows[0].n, 1)
    const code = await codeOf(at.pay(it.fileId))
    const preview = await previewFile(hub.deps, hub.agency(), it.fileId)
    t.not(preview.reimbursedFen, first.body.amountFen, 'the deductible is used up now')
    t.equal(code, 'reimbursement-changed')
    const none = await hub.deps.pool.query(
      `select count(*)::int as n from posting where kind = 'reimbursement'`,
    )
    t.equal(none.rows[0].n, 0)
    await at.move(it.fileId, 'reopen')
    const again = await at.approve(it.fileId)
    t.equal(again.body.amountFen, preview.reimbursedFen)
    await at.pay(it.fileId)
  },
)

function application(hub: TestHub, change: Partial<ReimbursementApplication> = {}): ReimbursementApplication {
  const { cast } = hub.world
  return {
    occasion: 'living-elsewhere',
    personId: cast.person.personId,
    reason: 'lives with the children',
    expenseOn: '2026-11-20',
    invoiceNo: 'INV-0001',
    hospital: { name: 'A hospital elsewhere', level: 'tertiary' },
    supplier: { name: 'A pharmacy elsewhere' },
    diagnoses: [{ code: `${cast.drug.restrictedIcd?.[0] ?? 'C34'}.900`, name: 'diagnosis' }],
    lines: [
      {
        lineNo: 1,
        drugCode: cast.drug.drugCode,
        quantity: '300',
        unit: cast.drug.unit,
        days: 14,
        unitPriceFen: 50_000,
      },
    ],
    ...change,
  }
}

t.test('SX-16 claims are taken on days 1 to 10 with all four papers', async (t) => {
  const hub = await testHub(t, { regions: ['140000'] })
  const agency = hub.agency()
  const { body } = await openFile(hub.deps, agency, aWrite(agency), application(hub))
  const at = desk(hub)
  await at.papers(body.fileId, 'invoice', 'prescription', 'handbook-page', 'payout-form')
  for (const [now, code] of [
    ['2026-11-30T15:59:59.999Z', 'claim-day-closed'],
    ['2026-12-10T16:00:00.000Z', 'claim-day-closed'],
    ['2026-12-10T15:59:59.999Z', 'no refusal'],
  ] as const) {
    hub.now = new Date(now)
    t.equal(await codeOf(at.submit(body.fileId)), code, now)
  }
})

t.test(
  'SX-15 SX-17.2 a treatment away is not covered unless the agency consents, with a reason',
  async (t) => {
    const hub = await testHub(t, { regions: ['140000'], now: new Date('2026-12-01T02:00:00Z') })
    const agency = hub.agency()
    const wanted = application(hub, { occasion: 'away-treatment' })
    const { body } = await openFile(hub.deps, agency, aWrite(agency), wanted)
    const at = desk(hub)
    await at.papers(body.fileId, 'invoice', 'prescription', 'handbook-page')
    await at.submit(body.fileId)
    const preview = await previewFile(hub.deps, agency, body.fileId)
    t.ok(preview.findings.some(({ ruleId }) => ruleId === 'SX-15'))
    t.notOk(
      preview.findings.some(({ ruleId }) => ruleId === 'SX-17.2'),
      'which bars no treatment away',
    )
    t.equal(preview.reimbursedFen, 0)
    t.equal(preview.chargeFen, 15_000_000)
    const rules = [...new Set(preview.findings.map(({ ruleId }) => ruleId))]
    const { body: approved } = await at.approve(
      body.fileId,
      rules.map((ruleId) => ({ ruleId, reason: 'transfer agreed in advance' })),
    )
    t.ok((approved.amountFen ?? 0) > 0)
    await at.pay(body.fileId)
    const detail = await readFile(hub.deps, agency, body.fileId)
    t.equal(detail.decision?.waivers.length, rules.length)
    t.same(await brokenInvariants(hub.deps.pool), [])
  },
)

t.test('a patient without admission is refused, whatever is waived', async (t) => {
  const hub = await testHub(t, { regions: ['140000'], now: new Date('2026-12-01T02:00:00Z') })
  const agency = hub.agency()
  const { personId } = hub.world.cast.unqualifiedPerson
  const { body } = await openFile(hub.deps, agency, aWrite(agency), application(hub, { personId }))
  const at = desk(hub)
  await at.papers(body.fileId, 'invoice', 'prescription', 'handbook-page', 'payout-form')
  await at.submit(body.fileId)
  t.equal(await codeOf(at.approve(body.fileId, [{ ruleId: 'SX-15', reason: 'please' }])), 'rules-failed')
  await at.decline(body.fileId)
  t.equal((await readFile(hub.deps, agency, body.fileId)).status, 'declined')
})

t.test('an invoice is reimbursed once, and a declined one may be claimed again', async (t) => {
  const hub = await testHub(t, { regions: ['140000'] })
  const agency = hub.agency()
  const open = () => openFile(hub.deps, agency, aWrite(agency), application(hub))
  const { body } = await open()
  t.equal(await codeOf(open()), 'invoice-used')
  await desk(hub).move(body.fileId, 'withdraw')
  t.equal(await codeOf(open()), 'no refusal')
})

t.test('CQ-4.7b an occasion that the region does not know, or of the future, is refused', async (t) => {
  const hub = await testHub(t)
  const agency = hub.agency()
  const open = (change: Partial<ReimbursementApplication>) =>
    codeOf(openFile(hub.deps, agency, aWrite(agency), application(hub, change)))
  t.equal(await open({}), 'occasion-unknown')
  const unknown = openFile(hub.deps, agency, aWrite(agency), application(hub))
  await t.rejects(
    unknown,
    { code: 'occasion-unknown', details: { occasions: ['deferred'] } },
    'it says which there are',
  )
  const away = await testHub(t, { regions: ['500000'] })
  const there = away.agency()
  const at = (expenseOn: string) =>
    codeOf(
      openFile(
        away.deps,
        there,
        aWrite(there),
        application(away, { occasion: 'away-not-networked', expenseOn, invoiceNo: `INV-${expenseOn}` }),
      ),
    )
  t.equal(await at('2026-11-22'), 'no refusal')
  t.equal(await at('2026-11-23'), 'malformed')
})

t.test('MZ-6.7 an application for more than any charge may be is refused', async (t) => {
  const hub = await testHub(t, { regions: ['140000'] })
  const agency = hub.agency()
  const [line] = application(hub).lines
  const open = (quantity: string) => {
    const lines = [{ ...line!, quantity, unitPriceFen: MOST_FEN }]
    return codeOf(openFile(hub.deps, agency, aWrite(agency), application(hub, { lines })))
  }
  t.equal(await open('1.0001'), 'malformed')
  t.equal(await open('1'), 'no refusal')
})

t.test('a hospital sees the files of its own counter only', async (t) => {
  const hub = await testHub(t, { regions: ['140000'] })
  const mine = hub.hospital()
  const other = hub.hospital(hub.world.cast.primaryHospital.institutionId)
  const { body } = await openFile(hub.deps, mine, aWrite(mine), application(hub))
  t.equal((await readFile(hub.deps, mine, body.fileId)).fileId, body.fileId)
  t.equal(await codeOf(readFile(hub.deps, other, body.fileId)), 'file-unknown')
  t.equal(await codeOf(submitFile(hub.deps, other, aWrite(other), body.fileId)), 'file-unknown')
  t.equal((await listFiles(hub.deps, other, { limit: 10 })).files.length, 0)
  t.equal((await listFiles(hub.deps, mine, { limit: 10 })).files.length, 1)
  t.equal(
    await codeOf(moveFile(hub.deps, mine, aWrite(mine), body.fileId, 'reopen', 'x')),
    'file-wrong-state',
  )
})
