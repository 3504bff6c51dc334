import t from 'tap'
import type { Caller } from '../../src/usecases/deps.ts'
import type { Scope } from '../support/database.ts'
import { exhausted } from '../support/exhausted.ts'
import { type Got, hubApp } from '../support/hub-app.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { walker } from '../support/journey.ts'
import { accountsOf, bought } from '../support/money.ts'
import { endToday, register } from '../support/region.ts'
import { clearing } from '../usecases/clearing/clearing.ts'

/*
 * Manual reimbursement (零星报销) over HTTP, worked by hand with the drugs and prices of the settlement examples:
 * Meizhou and Chongqing 丁苯酞软胶囊, class B, 3.24 a capsule; Shanxi 醋酸阿比特龙片, class B, 35.00. Amounts in CNY in
 * the comments, in fen in the code.
 */

/** A hub over HTTP, and the counter's verbs. */
async function counter(test: Scope, region: string, now: string) {
  const it = await hubApp(test, { anyQuantity: true, regions: [region], now: new Date(now) })
  const { hub, as } = it
  const { cast } = hub.world
  const agency = hub.agency()
  const say = (file: string, verb: string, body?: object, by: Caller = agency): Promise<Got> =>
    as(by, 'POST', `/reimbursements/${file}/${verb}`, body === undefined ? {} : { body })
  const verbs = {
    say,
    /** Opens an application; `change` replaces members. */
    open: (change: object, by: Caller = agency) =>
      as(by, 'POST', '/reimbursements', {
        body: {
          occasion: 'living-elsewhere',
          personId: cast.person.personId,
          reason: '长居外地',
          expenseOn: '2026-11-20',
          invoiceNo: 'INV-0001',
          hospital: { name: '居住地医院', level: 'tertiary' },
          supplier: { name: '居住地药店' },
          diagnoses: [{ code: `${cast.drug.restrictedIcd![0]}.900`, name: '诊断' }],
          ...change,
        },
      }),
    papers: (file: string, ...papers: string[]) =>
      say(file, 'papers', { papers: papers.map((paper) => ({ paper, reference: `BOX/${paper}` })) }),
    preview: (file: string) => as(agency, 'GET', `/reimbursements/${file}/preview`),
    approve: (file: string, ...waived: string[]) =>
      say(file, 'decision', {
        decision: 'approve',
        reason: '审核通过',
        waivers: waived.map((ruleId) => ({ ruleId, reason: '经办机构同意' })),
      }),
    pay: (file: string) => say(file, 'payment', { paymentReference: 'BANK-1' }),
    line: (quantity: number, unitPriceFen: number) => ({
      lines: [
        {
          lineNo: 1,
          drugCode: cast.drug.drugCode,
          quantity: String(quantity),
          unit: cast.drug.unit,
          days: 14,
          unitPriceFen,
        },
      ],
    }),
  }
  return { ...it, ...verbs, agency, cast }
}

const refusal = ({ status, body }: Got) => `${status} ${body.code}`
const rulesOf = ({ body }: Got): string[] => [
  ...new Set((body.findings as { ruleId: string }[]).map(({ ruleId }) => ruleId)),
]

/** In Shanxi: seen by the responsible physician at home, bought where the patient lives (SX-16). */
const seenAtHome = ({ cast }: Awaited<ReturnType<typeof counter>>) => ({
  hospital: {
    institutionId: cast.hospital.institutionId,
    name: cast.hospital.name,
    level: 'tertiary' as const,
  },
  physicianId: cast.physician.practitionerId,
})

t.test('MZ-6.7 from the settlement that cannot be had to the money, to the fen', async (t) => {
  // 1,000 at 3.24 = 3,240.00; class B 10 % = 324.00; deductible 600.00; 2,316.00 * 75 % = 1,737.00; own 1,503.00
  const it = await counter(t, '441400', '2026-11-22T02:00:00.000Z')
  const { hub, as } = it
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const { no, content, settlementId } = await walk.settling({ quantity: 1_000 })
  const at = `/pharmacy/prescriptions/${no}`
  const defer = () => as(pharmacy, 'POST', `${at}/defer`, { body: { reasonCode: 'settlement-overdue' } })
  hub.now = new Date(hub.now.getTime() + 59_999)
  t.equal(refusal(await defer()), '409 settlement-not-overdue')
  hub.now = new Date(hub.now.getTime() + 1)
  const deferred = await defer()
  t.match(deferred, { status: 200, body: { state: 'deferred' } })
  const file: string = deferred.body.manualFileId
  await exhausted(hub.deps, { regionCode: hub.world.regionCode, settlementId })
  const handed = await as(pharmacy, 'POST', `${at}/hand-over`, { body: walk.handOverOf(content) })
  t.match(handed, { status: 200, body: { state: 'dispensed' } })
  t.same(await accountsOf(hub), {}, 'no fund has paid anything, the patient has paid the pharmacy 3,240.00')

  t.match((await as(it.agency, 'GET', `/reimbursements/${file}`)).body, {
    occasion: 'deferred',
    status: 'open',
  })
  const early = await it.say(file, 'submit')
  t.equal(refusal(early), '422 papers-missing')
  await it.papers(file, 'invoice')
  const half = await it.say(file, 'submit')
  t.same([refusal(half), half.body.details.papers], ['422 papers-missing', ['settlement-statement']])
  t.equal(
    refusal(await it.approve(file)),
    '409 file-wrong-state',
    'nothing is decided before it is submitted',
  )
  await it.papers(file, 'settlement-statement')
  t.equal((await it.say(file, 'submit')).status, 200)
  t.match((await it.preview(file)).body, {
    chargeFen: 324_000,
    reimbursedFen: 173_700,
    patientFen: 150_300,
    findings: [],
  })
  t.match(await it.approve(file), { status: 200, body: { status: 'approved', amountFen: 173_700 } })
  t.same(await accountsOf(hub), {}, 'an approval is not yet a payment')
  t.match(await it.pay(file), { status: 200, body: { status: 'paid', amountFen: 173_700 } })
  t.equal(refusal(await it.pay(file)), '409 file-wrong-state', 'and nothing is paid twice')
  t.same(await accountsOf(hub), { 'fund:basic:employee': -173_700, 'patient:reimbursed': 173_700 })
  t.equal(
    refusal(await as(pharmacy, 'POST', `${at}/return`, { body: { reasonCode: 'dispensing-error' } })),
    '409 wrong-state',
  )

  // The next purchase finds the deductible paid: 1,000 at 3.24; 324.00; 2,916.00 * 75 % = 2,187.00
  const next = await bought(hub, { quantity: 1_000 })
  t.same(next.layers, { 'class-b': 32_400, 'basic-fund': 218_700, coinsurance: 72_900 })
  // The month pays the pharmacy that next one alone.
  const clear = clearing(hub)
  hub.now = new Date('2026-12-01T02:00:00.000Z')
  await clear.close('2026-11')
  await clear.confirmed('2026-11')
  t.match((await clear.pay('2026-11', pharmacy.institutionId)).body, { status: 'paid', paidFen: 218_700 })
  t.equal(await clear.total(), 0n)
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('SX-16 living elsewhere: all four papers, days 1 to 10, home deductible and ratio', async (t) => {
  // 60 at 40.00 = 2,400.00; 300.00 above the standard of 35.00; class B 20 % of 2,100.00 = 420.00; deductible 1,000.00;
  // 680.00 * 75 % = 510.00; own 1,890.00
  const it = await counter(t, '140000', '2026-11-20T02:00:00.000Z')
  const { hub } = it
  await agreed(it, 'living-elsewhere')
  hub.now = new Date('2026-11-25T02:00:00.000Z')
  const opened = await it.open({ ...seenAtHome(it), ...it.line(60, 4_000) }, hub.hospital())
  t.match(opened, { status: 201, body: { status: 'open' } })
  const file: string = opened.body.fileId
  t.equal(
    refusal(await it.open({ ...seenAtHome(it), ...it.line(60, 4_000) })),
    '409 invoice-used',
    'one invoice, one file',
  )
  const submitAt = async (now: string) => {
    hub.now = new Date(now)
    return await it.say(file, 'submit', undefined, hub.hospital())
  }
  await it.papers(file, 'invoice', 'prescription', 'handbook-page')
  for (const [now, code] of [
    ['2026-11-30T15:59:59.999Z', '422 claim-day-closed'], // 24:00 of 30 November in Shanxi
    ['2026-11-30T16:00:00.000Z', '422 papers-missing'],
    ['2026-12-10T16:00:00.000Z', '422 claim-day-closed'], // the first instant of the 11th: late, until January
    ['2026-12-31T15:59:59.999Z', '422 claim-day-closed'],
  ] as const) {
    t.equal(refusal(await submitAt(now)), code, now)
  }
  await it.papers(file, 'payout-form')
  t.equal((await submitAt('2027-01-10T15:59:59.999Z')).status, 200, 'the last instant of the 10th')
  t.match(await it.preview(file), {
    status: 200,
    body: { findings: [], chargeFen: 240_000, reimbursedFen: 51_000, patientFen: 189_000 },
  })
  t.match(await it.approve(file), { status: 200, body: { amountFen: 51_000 } })
  t.match(await it.pay(file), { status: 200, body: { status: 'paid', amountFen: 51_000 } })
  t.same(await accountsOf(hub), { 'fund:basic:employee': -51_000, 'patient:reimbursed': 51_000 })

  // Claimed in January, but of the year in which it was bought: that year's deductible was paid, this year's was not.
  // 60 at 35.00 = 2,100.00; 420.00; 1,680.00 * 75 % = 1,260.00; own 840.00
  const again = { ...seenAtHome(it), ...it.line(60, 3_500), invoiceNo: 'INV-0002', expenseOn: '2026-12-20' }
  const second: string = (await it.open(again)).body.fileId
  await it.papers(second, 'invoice', 'prescription', 'handbook-page', 'payout-form')
  t.equal((await it.say(second, 'submit')).status, 200)
  t.match((await it.preview(second)).body, { reimbursedFen: 126_000, patientFen: 84_000 })
  await it.approve(second)
  t.match(await it.pay(second), { status: 200, body: { amountFen: 126_000 } })
  const { rows } = await hub.deps.pool.query(
    `select year, sum(amount_fen)::int as fen from person_year_movement where measure = 'deductiblePaid' group by year`,
  )
  t.same(rows, [{ year: 2026, fen: 100_000 }])
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('SX-16 who was not assessed here, or is suspended, or is not insured here gets nothing', async (t) => {
  const it = await counter(t, '140000', '2026-12-05T02:00:00.000Z')
  const { cast } = it
  for (const [place, [person, rule]] of (
    [
      [cast.unqualifiedPerson, 'SX-15'],
      [cast.lapsedPerson, 'SX-15'],
      [cast.suspendedPerson, 'SX-2'],
      [cast.outsider, 'SX-2'],
      [cast.resident, 'SX-2'],
    ] as const
  ).entries()) {
    const { personId } = person
    // The day on which the lapsed admission holds no more.
    const expense = { expenseOn: '2026-12-05', invoiceNo: `INV-100${place}`, personId }
    const wanted = { ...seenAtHome(it), ...it.line(60, 3_500), ...expense }
    const file: string = (await it.open(wanted)).body.fileId
    await it.papers(file, 'invoice', 'prescription', 'handbook-page', 'payout-form')
    await it.say(file, 'submit')
    const refused = await it.approve(file, rule)
    t.equal(refusal(refused), '422 rules-failed', 'and no waiver helps')
    t.ok(rulesOf(refused).includes(rule), `${rule} in ${rulesOf(refused)}`)
    const declined = await it.say(file, 'decision', { decision: 'decline', reason: '不符合规定' })
    t.match(declined, { status: 200, body: { status: 'declined' } })
    t.equal(refusal(await it.pay(file)), '409 file-wrong-state')
  }
  t.same(await accountsOf(it.hub), {})
})

/** The fixed hospital asks for the patient, and the centre agrees; the day is that of the agreement. */
async function agreed(
  { as, hub, agency, cast }: Awaited<ReturnType<typeof counter>>,
  workflow: 'away-purchase' | 'living-elsewhere',
  fields: object = {},
): Promise<Got> {
  const office = hub.hospital()
  const opened = await as(office, 'POST', '/admissions/applications', {
    body: {
      workflow,
      subjectId: cast.person.personId,
      fields: { statement: '患者在外地治疗、居住', ...fields },
      signer: { officerNo: 'YB-01' },
    },
  })
  const decide = (by: Caller, step: string, officerNo: string) =>
    as(by, 'POST', `/admissions/applications/${opened.body.applicationNo}/decisions`, {
      body: { step, decision: 'approve', signer: { officerNo } },
    })
  await decide(office, 'apply', 'YB-01')
  return await decide(agency, workflow === 'away-purchase' ? 'consent' : 'register', 'JB-01')
}

/** Makes the drug of the journey one that is kept cold. */
async function keptCold({ hub, cast }: Awaited<ReturnType<typeof counter>>): Promise<void> {
  await endToday(hub, 'drug', cast.drug.drugCode)
  await register(hub, 'drug', cast.drug.drugCode, { ...cast.drug, coldChain: true })
}

/** A file that was sent in whole, as the preview sees it. */
async function sentIn(it: Awaited<ReturnType<typeof counter>>, change: object): Promise<string> {
  const opened = await it.open(change)
  if (opened.status !== 201) throw new Error(JSON.stringify(opened.body))
  const file: string = opened.body.fileId
  await it.papers(file, 'invoice', 'prescription', 'handbook-page', 'payout-form')
  await it.say(file, 'submit')
  return file
}

t.test('SX-15 kept cold, bought where treated after the centre’s consent: covered, to the fen', async (t) => {
  // 60 at 35.00 = 2,100.00; class B 20 % = 420.00; deductible 1,000.00; 680.00 * 75 % = 510.00; own 1,590.00
  const it = await counter(t, '140000', '2026-11-20T02:00:00.000Z')
  await keptCold(it)
  t.match(await agreed(it, 'away-purchase', { drugCodes: [it.cast.drug.drugCode] }), {
    status: 200,
    body: { status: 'approved' },
  })
  it.hub.now = new Date('2026-12-10T15:59:00.000Z')
  const away = { occasion: 'away-treatment', reason: '转外治疗', ...it.line(60, 3_500) }
  const file: string = (await it.open(away)).body.fileId
  const banana = await it.papers(file, 'invoice', 'banana')
  t.equal(refusal(banana), '400 paper-code-unknown')
  t.match(banana.body, { fields: [{ path: '/body/papers/1/paper' }] })
  t.ok(banana.body.details.papers.includes('handbook-page'), 'it says which papers there are')
  await it.papers(file, 'invoice', 'prescription')
  const missing = await it.say(file, 'submit')
  t.same([refusal(missing), missing.body.details.papers], ['422 papers-missing', ['handbook-page']])
  await it.papers(file, 'handbook-page')
  it.hub.now = new Date('2026-12-10T16:00:00.000Z')
  t.equal(refusal(await it.say(file, 'submit')), '422 claim-day-closed')
  it.hub.now = new Date('2027-01-01T00:00:00.000Z')
  t.equal((await it.say(file, 'submit')).status, 200)
  const { body } = await it.preview(file)
  t.match(body, { chargeFen: 210_000, reimbursedFen: 51_000, patientFen: 159_000 })
  t.same(body.findings, [], 'SX-17.2 bars no allowed way: a hospital of the place prescribed')
  t.match(await it.approve(file), { status: 200, body: { amountFen: 51_000 } })
  t.match(await it.pay(file), { status: 200, body: { amountFen: 51_000 } })
  t.same(await accountsOf(it.hub), { 'fund:basic:employee': -51_000, 'patient:reimbursed': 51_000 })

  // Bought before the consent: all the patient's.
  const early = await sentIn(it, { ...away, expenseOn: '2026-11-19', invoiceNo: 'INV-0002' })
  const preview = await it.preview(early)
  t.same(rulesOf(preview), ['SX-15'])
  t.match(preview.body, { reimbursedFen: 0, patientFen: 210_000 })
})

t.test('SX-15 what needs no special storage is had at home places, consent or not', async (t) => {
  const it = await counter(t, '140000', '2026-11-20T02:00:00.000Z')
  await agreed(it, 'away-purchase', { drugCodes: [it.cast.drug.drugCode] })
  it.hub.now = new Date('2026-12-05T02:00:00.000Z')
  const away = { occasion: 'away-treatment', reason: '转外治疗', ...it.line(60, 3_500) }
  const there = await sentIn(it, away)
  t.same(rulesOf(await it.preview(there)), ['SX-15'])
  t.match((await it.preview(there)).body, { reimbursedFen: 0, patientFen: 210_000 })
  const { institutionId, name } = it.cast.designatedPharmacy
  const home = await sentIn(it, { ...away, invoiceNo: 'INV-0002', supplier: { institutionId, name } })
  t.match((await it.preview(home)).body, { findings: [], reimbursedFen: 51_000, patientFen: 159_000 })
  const other = it.cast.undesignatedPharmacy
  const elsewhere = await sentIn(it, {
    ...away,
    invoiceNo: 'INV-0003',
    supplier: { institutionId: other.institutionId, name: other.name },
  })
  t.same(
    rulesOf(await it.preview(elsewhere)),
    ['SX-15'],
    'a pharmacy here that is not designated is no home place',
  )
})

t.test(
  'SX-16 registered as living elsewhere: a hospital of the place bars nothing; unregistered it does',
  async (t) => {
    const it = await counter(t, '140000', '2026-11-20T02:00:00.000Z')
    await agreed(it, 'living-elsewhere')
    it.hub.now = new Date('2026-12-05T02:00:00.000Z')
    const there = await sentIn(it, it.line(60, 3_500))
    t.match((await it.preview(there)).body, { findings: [], reimbursedFen: 51_000, patientFen: 159_000 })
    t.match(await it.approve(there), { status: 200, body: { amountFen: 51_000 } })
    const before = await sentIn(it, { ...it.line(60, 3_500), invoiceNo: 'INV-0002', expenseOn: '2026-11-19' })
    t.same(rulesOf(await it.preview(before)), ['SX-16'])
    t.match(await it.approve(before), { status: 200, body: { amountFen: 0 } })
  },
)

t.test(
  'SX-17.5 of a claim by hand only what lies above the prescription, or above 30 days, is not covered',
  async (t) => {
    // 70 at 35.00 = 2,450.00, prescribed 60: 350.00 above; 2,100.00 as before: 510.00
    const it = await counter(t, '140000', '2026-11-20T02:00:00.000Z')
    await agreed(it, 'living-elsewhere')
    it.hub.now = new Date('2026-12-05T02:00:00.000Z')
    const bought = (quantity: number, more: object, invoiceNo: string) => ({
      lines: [{ ...it.line(quantity, 3_500).lines[0], ...more }],
      invoiceNo,
    })
    const exact = await sentIn(it, bought(60, { prescribedQuantity: '60', days: 30 }, 'INV-0001'))
    t.match((await it.preview(exact)).body, { findings: [], reimbursedFen: 51_000, patientFen: 159_000 })
    const more = await sentIn(it, bought(70, { prescribedQuantity: '60', days: 30 }, 'INV-0002'))
    t.match((await it.preview(more)).body, {
      findings: [{ ruleId: 'SX-17.5', rule: 'prescribed-quantity', coveredQuantity: '60' }],
      chargeFen: 245_000,
      reimbursedFen: 51_000,
      patientFen: 194_000,
    })
    // 80 for 40 days: 30 days are 60.
    const longer = await sentIn(it, bought(80, { prescribedQuantity: '80', days: 40 }, 'INV-0003'))
    t.match((await it.preview(longer)).body, {
      findings: [{ ruleId: 'SX-17.5', rule: 'days-at-most', coveredQuantity: '60' }],
      chargeFen: 280_000,
      reimbursedFen: 51_000,
      patientFen: 229_000,
    })
    t.match(
      await it.approve(longer, 'SX-17.5'),
      { status: 200 },
      'the agency may let it pass, by name and reason',
    )
  },
)

t.test('CQ-4.7b not networked: paid first, reimbursed by the deductible and ratio of home', async (t) => {
  // A secondary hospital in Meizhou. Home: 1,000 at 3.24 = 3,240.00; class B 10 % = 324.00; residents' deductible at a
  // secondary hospital 300.00; 2,616.00 * 60 % = 1,569.60; own 1,670.40.
  // By the rules of the place it would be 15 %, 400.00 and 60 %: 1,412.40.
  const it = await counter(t, '500000', '2026-11-22T02:00:00.000Z')
  const { hub, cast } = it
  const away = {
    occasion: 'away-not-networked',
    personId: cast.resident.personId,
    reason: '市外就医未联网',
    hospital: { name: '梅州样例医院', level: 'secondary' },
    ...it.line(1_000, 324),
  }
  t.equal(
    refusal(await it.open({ ...away, expenseOn: '2026-11-23' })),
    '400 malformed',
    'an expense of tomorrow',
  )
  const file: string = (await it.open(away)).body.fileId
  await it.papers(file, 'invoice')
  t.same((await it.say(file, 'submit')).body.details.papers, ['prescription'])
  await it.papers(file, 'prescription')
  t.equal((await it.say(file, 'submit')).status, 200, 'any day: the document names none')
  t.match((await it.preview(file)).body, { chargeFen: 324_000, reimbursedFen: 156_960, patientFen: 167_040 })
  await it.approve(file)
  t.match(await it.pay(file), { status: 200, body: { amountFen: 156_960 } })
  t.same(await accountsOf(hub), { 'fund:basic:resident': -156_960, 'patient:reimbursed': 156_960 })

  // Then at home, at a tertiary hospital: the year's deductible is paid, at the level at which it was charged (CQ-2.4a).
  // 324.00; 2,916.00 * 40 % = 1,166.40
  const next = await bought(hub, { person: cast.resident, quantity: 1_000 })
  t.same(next.layers, { 'class-b': 32_400, 'basic-fund': 116_640, coinsurance: 174_960 })
  t.same(await brokenInvariants(hub.deps.pool), [])
})

t.test('CQ-4.7b CQ-2.1 only those insured here, with benefits that are not suspended', async (t) => {
  const it = await counter(t, '500000', '2026-11-22T02:00:00.000Z')
  const { cast } = it
  for (const [place, [person, rule]] of (
    [
      [cast.outsider, 'CQ-4.7b'],
      [cast.suspendedPerson, 'CQ-2.1'],
    ] as const
  ).entries()) {
    const opened = await it.open({
      occasion: 'away-not-networked',
      personId: person.personId,
      invoiceNo: `INV-200${place}`,
      ...it.line(1_000, 324),
    })
    const file: string = opened.body.fileId
    await it.papers(file, 'invoice', 'prescription')
    await it.say(file, 'submit')
    const refused = await it.approve(file)
    t.equal(refusal(refused), '422 rules-failed')
    t.same(rulesOf(refused), [rule])
  }
})
