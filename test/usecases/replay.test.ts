import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { canonicalJson } from '../../src/domain/primitives/canonical-json.ts'
import { adjudicate } from '../../src/domain/settlement/adjudicate.ts'
import { toJson } from '../../src/domain/settlement/adjudication-json.ts'
import { inputOfJson } from '../../src/domain/settlement/input-of-json.ts'
import type { SettlementPlan } from '../../src/domain/settlement/plan.ts'
import type { PrescriptionChoice } from '../../src/embedded/sandbox/sample-prescription.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { loadPolicies } from '../../src/policy/load-policies.ts'
import type { PolicyBook } from '../../src/policy/policy-book.ts'
import { findDecision } from '../../src/storage/decision-stream.ts'
import { explainDecision } from '../../src/usecases/replay/explain-decision.ts'
import { recomputeDecision } from '../../src/usecases/replay/recompute.ts'
import { replay } from '../../src/usecases/replay.ts'
import { reverseSettlement } from '../../src/usecases/reverse-settlement.ts'
import type { Scope } from '../support/database.ts'
import { aWrite, type TestHub, testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'

const FOLDER = new URL('policies/', PACKAGE_ROOT)
const shipped = await loadPolicies(FOLDER)

/** The shipped policies with some text of one file replaced. */
async function changedPolicies(t: Scope, file: string, changes: readonly (readonly [RegExp, string])[]) {
  const folder = await mkdtemp(join(tmpdir(), 'policies-'))
  t.teardown(() => rm(folder, { recursive: true }))
  await cp(FOLDER, folder, { recursive: true })
  let text = await readFile(join(folder, file), 'utf8')
  for (const [from, to] of changes) {
    if (!from.test(text)) throw new Error(`${file} has no ${from}`)
    text = text.replace(from, to)
  }
  await writeFile(join(folder, file), text)
  return { folder, book: await loadPolicies(folder) }
}

/** Prescriptions on which rules find something that the fund does not pay for, or that is only to be said. */
function remarkable(hub: TestHub): PrescriptionChoice[] {
  const { cast, regionCode } = hub.world
  switch (regionCode) {
    case '140000':
      return [
        { person: cast.progressedPerson },
        { person: cast.charityPerson },
        { person: cast.resident.scheme === 'employee' ? cast.resident : cast.specialDiseasePerson },
      ]
    case '500000':
      return [{ person: cast.resident }, { person: cast.specialDiseasePerson }]
    case '441400':
      return [{ person: cast.resident }, { person: cast.assisted }, { person: cast.lowIncome }]
    default:
      return [{ person: cast.assisted }]
  }
}

for (const region of shipped.regions().map((entry) => entry.region)) {
  t.test(`${region} every stored decision and settlement comes out the same to the byte`, async (t) => {
    const hub = await testHub(t, { regions: [region] })
    const walk = walker(hub)
    await walk.dispensed()
    for (const choice of remarkable(hub)) await walk.dispensed(choice)
    const { pool } = hub.deps
    const decisions = await pool.query('select step, policy_version, facts, findings from decision')
    t.ok(decisions.rows.length >= 12, `${decisions.rows.length} decisions`)
    for (const { step, policy_version, facts, findings } of decisions.rows) {
      t.equal(recomputeDecision(shipped.version(policy_version)!, step, facts), findings, step)
    }
    const settlements = await pool.query(
      'select policy_version, adjudication from settlement where adjudication is not null',
    )
    t.ok(settlements.rows.length >= 2)
    for (const { policy_version, adjudication } of settlements.rows) {
      const { input } = JSON.parse(adjudication)
      const plan = shipped.version(policy_version)!.settlement as SettlementPlan
      t.equal(canonicalJson(toJson(adjudicate(inputOfJson(input, plan)))), adjudication)
    }
    const report = await replay(pool, shipped, { regions: [region], rows: 2 })
    t.match(report.decisions, { judged: decisions.rows.length, identical: decisions.rows.length })
    t.match(report.settlements, { judged: settlements.rows.length, identical: settlements.rows.length })
    t.same([report.duties.size, report.moneyByDuty.size, report.unjudged.size], [0, 0, 0])
  })
}

/** Two settled prescriptions of one person, one taken back between them, and one of another. */
async function someHistory(t: Scope, policies?: PolicyBook) {
  const hub = await testHub(t, { regions: ['441400'], ...(policies === undefined ? {} : { policies }) })
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  await walk.dispensed({ quantity: 300 })
  const { no } = await walk.settled({ quantity: 200 })
  hub.now = new Date(hub.now.getTime() + 1000)
  await reverseSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, 'changed-mind')
  hub.now = new Date(hub.now.getTime() + 1000)
  await walk.dispensed({ quantity: 400 })
  await walk.dispensed({ person: hub.world.cast.assisted, quantity: 350 })
  const { rows } = await hub.deps.pool.query(
    'select sum(patient_fen)::bigint as patient, sum(charge_fen)::bigint as charge, count(*)::int as count from settlement',
  )
  return {
    hub,
    patient: BigInt(rows[0].patient),
    charge: BigInt(rows[0].charge),
    count: rows[0].count as number,
  }
}

t.test('a changed ratio and deductible: the money differs as if they had held all the time', async (t) => {
  const { book, folder } = await changedPolicies(t, '441400-meizhou.yaml', [
    [/(part: deductible[\s\S]*?level: tertiary \}, value: )\d+/, '$1120000'],
    [/(part: ratio[\s\S]*?scheme: employee \}, value: )\d+/, '$16000'],
  ])
  const then = await someHistory(t)
  const otherwise = await someHistory(t, book)
  t.equal(otherwise.charge, then.charge)
  t.not(otherwise.patient, then.patient)
  const { pool } = then.hub.deps
  const report = await replay(pool, book, { regions: ['441400'] })
  t.equal(report.money.patient, otherwise.patient - then.patient)
  t.equal(report.settlements.judged, then.count)
  t.equal(report.decisions.identical, report.decisions.judged, 'no rule was changed')
  const sums = Object.values(report.money)
  t.equal(
    sums.reduce((sum, fen) => sum + fen, 0n),
    0n,
    'what one bears more the others bear less',
  )
  const byDuty = [...report.moneyByDuty.values()].reduce((sum, { patient }) => sum + patient, 0n)
  t.equal(byDuty, report.money.patient, 'the duties make up the whole')
  t.same(await replay(pool, book, { regions: ['441400'], rows: 1 }), report, 'read one by one it is the same')

  await t.test('the tool of the policy officer says so', async (t) => {
    const cli = fileURLToPath(new URL('dist/src/policy-cli.js', PACKAGE_ROOT))
    const ask = (...args: string[]) =>
      promisify(execFile)(process.execPath, [cli, ...args, '--database', then.hub.url])
    const { stdout, stderr } = await ask('replay', '--policies', folder, '--lang', 'en')
    t.match(stdout, `Settlements ${then.count}: identical`)
    t.match(stdout, new RegExp(`In all: patient \\+?${report.money.patient} fen`))
    t.match(stderr, 'decisions: ', 'progress goes beside the answer')
    const { rows } = await pool.query(`select decision_id from decision where step = 'intake' limit 1`)
    const decision = await findDecision(pool, ['500000', '441400'], rows[0].decision_id)
    t.match(explainDecision(decision!, shipped, 'en').at(-1), 'the same to the byte')
    t.equal(await findDecision(pool, ['500000'], rows[0].decision_id), undefined)
    const nobody = await replay(pool, book, { regions: ['441400'], before: new Date('2020-01-01') })
    t.equal(nobody.decisions.judged, 0)
  })
})

t.test(
  'a rule made stricter: what it would have refused, and the money that would not have moved',
  async (t) => {
    const { book } = await changedPolicies(t, '441400-meizhou.yaml', [
      [/value: associate-chief/, 'value: chief'],
    ])
    const { hub, charge, patient, count } = await someHistory(t)
    const report = await replay(hub.deps.pool, book, { regions: ['441400'] })
    t.match(report.decisions, { different: 4, refusedNow: 4 })
    t.same(report.duties.get('MZ-4.3b'), { found: 4, gone: 0 })
    t.match(report.settlements, { different: count, declinedNow: count })
    t.equal(report.money.patient, -patient)
    t.equal(
      Object.values(report.money).reduce((sum, fen) => sum + fen, 0n),
      -charge,
    )
    t.same([...report.moneyByDuty.keys()], ['MZ-4.3b'], 'under the duty that refuses')
  },
)

t.test(
  'SX-7 a stored decision is explained with article and sentence, and says when its file was changed',
  async (t) => {
    const hub = await testHub(t, { regions: ['140000'] })
    await walker(hub).submitted({ person: hub.world.cast.progressedPerson })
    const { rows } = await hub.deps.pool.query('select decision_id from decision')
    const decision = (await findDecision(hub.deps.pool, ['140000'], rows[0].decision_id))!
    const text = explainDecision(decision, shipped, 'zh').join('\n')
    t.match(text, '[SX-7 第七条')
    t.match(text, '逐字节一致')
    const { book } = await changedPolicies(t, '140000-shanxi.yaml', [
      [/(rule: reassessment-passed\n\s+source: SX-7\n\s+article: )第七条/, '$1第八条'],
    ])
    t.match(explainDecision(decision, book, 'zh').at(-1), '不一致')
    t.match(explainDecision({ ...decision, policyVersion: '140000/x' }, book, 'zh').at(-1), '无法重新计算')
  },
)

t.test('a policy that may not be used judges nothing, and a region without one neither', async (t) => {
  const { book } = await changedPolicies(t, '441400-meizhou.yaml', [
    [/(part: ratio[\s\S]*?)value: \d+, status: \w+/, '$1status: unset'],
    [/from: '2023-12-01'/, "from: '2023-12-02'"],
  ])
  const { hub, count } = await someHistory(t)
  const report = await replay(hub.deps.pool, book, { regions: ['441400'] })
  t.ok((report.unjudged.get('policy-not-cited') ?? 0) > 0)
  t.equal(report.settlements.judged, count)
  t.match(await replay(hub.deps.pool, book, { regions: ['500000'] }), { decisions: { judged: 0 } })
  const others = await loadPolicies(FOLDER)
  const without = { ...others, inForce: () => undefined }
  const none = await replay(hub.deps.pool, without, { regions: ['441400'] })
  t.equal(none.unjudged.get('policy-missing'), none.decisions.judged + none.settlements.judged)
})
