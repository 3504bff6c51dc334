import t from 'tap'
import { imposeSanction, liftSanction } from '../../src/usecases/admissions/sanctions.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { judgeStored, type SuppliedLine } from '../../src/usecases/judge-stored.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { reviewPrescription } from '../../src/usecases/review-prescription.ts'
import { wayOverHttp } from '../support/http-way.ts'
import { aWrite, type TestHub, testHub } from '../support/hub.ts'
import { hubApp } from '../support/hub-app.ts'
import { walker } from '../support/journey.ts'
import { refusedBy } from '../support/refusals.ts'
import { endToday, register } from '../support/region.ts'

const DUTIES = [
  ['441400', 'MZ-5'],
  ['500000', 'CQ-5.3'],
  ['140000', 'SX-3'],
  ['510600', 'SC-P2'],
  ['210400', 'FS-3.6'],
] as const

/** `duty effect` of what a settlement would find. */
async function atStep(hub: TestHub, no: string, supply: readonly SuppliedLine[]): Promise<string[]> {
  const { pool } = hub.deps
  const { institutionId: pharmacyId } = hub.pharmacy()
  const question = { pharmacyId, supply }
  const judged = await judgeStored(hub.deps, pool, hub.world.regionCode, no, 'settlement', hub.now, question)
  return judged.findings.map(({ ruleId, effect }) => `${ruleId} ${effect}`)
}

const REASON = { reason: '核查', officerNo: 'JB-01' }

for (const [region, duty] of DUTIES) {
  t.test(`${duty} a pharmacy suspended after its review settles nothing until it is lifted`, async (t) => {
    const hub = await testHub(t, { regions: [region] })
    const walk = walker(hub)
    const agency = hub.agency()
    const pharmacy = hub.pharmacy()
    const { no, content } = await walk.reviewed()
    const request = () =>
      requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), no, { lines: walk.lines(content) })
    const { institutionId: subjectId } = pharmacy
    await imposeSanction(hub.deps, agency, aWrite(agency), {
      kind: 'suspension',
      subject: 'institution',
      subjectId,
      ...REASON,
    })
    t.same(await refusedBy(request()), [`${duty} not-sanctioned`])
    t.equal(await walk.stateOf(no), 'reviewed')
    await liftSanction(hub.deps, agency, aWrite(agency), { key: `suspension:${subjectId}`, ...REASON })
    t.ok((await request()).body.settlementId)
  })
}

for (const [region, duty] of [
  ['441400', 'MZ-8'],
  ['500000', 'CQ-5.3'],
  ['140000', 'SX-3'],
  ['510600', 'SC-D5'],
  ['210400', 'FS-4.2a'],
] as const) {
  t.test(
    `MZ-6.3 ${duty} a later sanction stops new prescriptions, not what was issued and is still valid`,
    async (t) => {
      const it = await hubApp(t, { regions: [region] })
      const { hub, as } = it
      const { cast } = hub.world
      const agency = hub.agency()
      const way = await wayOverHttp(
        it,
        {},
        {
          accepted: async () => {
            hub.now = new Date(hub.now.getTime() + 24 * 3_600_000)
            const { practitionerId: subjectId } = cast.physician
            const sanction = { kind: 'qualification-lost', subject: 'practitioner', subjectId, ...REASON }
            const imposed = await as(agency, 'POST', '/admissions/sanctions', { body: sanction })
            t.equal(imposed.status, 201)
          },
        },
      )
      t.match(way.reviewed, { status: 200 })
      t.match(way.handed, { status: 200, body: { state: 'dispensed' } })
      t.same(
        way.statement.body.findings?.filter(({ ruleId }: { ruleId: string }) => ruleId === 'SX-17.2') ?? [],
        [],
      )
      const { document, signature } = hub.envelope({ person: cast.charityPerson })
      const body = { document: document.toString('base64'), signature: signature.toString('base64') }
      const refused = await as(hub.hospital(), 'POST', '/hospital/prescriptions', { body })
      t.equal(refused.status, 422)
      t.ok(
        refused.body.findings.some(
          (found: { ruleId: string; rule: string; effect: string }) =>
            found.rule === 'not-sanctioned' && found.ruleId === duty && found.effect === 'reject',
        ),
      )
    },
  )
}

t.test('SX-17.2 a physician or hospital that was out on the day of issue is not paid for', async (t) => {
  const hub = await testHub(t, { regions: ['140000'] })
  const walk = walker(hub)
  const { cast } = hub.world
  const { no, content } = await walk.reviewed()
  const out = (days: number) => ({
    subject: 'practitioner' as const,
    subjectId: cast.physician.practitionerId,
    kind: 'qualification-lost' as const,
    reason: `样例${days}`,
  })
  await register(hub, 'sanction', 'late', out(1), '2026-11-23')
  hub.now = new Date('2026-11-23T02:00:00.000Z')
  t.same(await atStep(hub, no, walk.lines(content)), [], 'out from the day after')
  await register(hub, 'sanction', 'early', out(0), '2026-11-22')
  t.same(await atStep(hub, no, walk.lines(content)), ['SX-17.2 not-covered'])
  const { no: held } = await walk.held({ person: cast.charityPerson, physician: cast.attending })
  const { findings } = await judgeStored(hub.deps, hub.deps.pool, '140000', held, 'review', hub.now, {
    pharmacyId: hub.pharmacy().institutionId,
    pharmacistId: cast.pharmacist.practitionerId,
  })
  t.same(findings, [])
})

t.test('CQ-4.5 a fault of the prescription is a reason for the pharmacist to refuse it', async (t) => {
  const hub = await testHub(t, { regions: ['500000'] })
  const walk = walker(hub)
  const { cast } = hub.world
  const pharmacy = hub.pharmacy()
  const person = cast.charityPerson
  const { no } = await walk.held({ person })
  await endToday(hub, 'qualification', `drug:${person.personId}:1`)
  t.same(await refusedBy(walk.review(no)), ['CQ-4.5 qualification-live'])
  t.equal(await walk.stateOf(no), 'held')
  const refuse = (pharmacistId: string) =>
    reviewPrescription(hub.deps, pharmacy, aWrite(pharmacy), no, {
      pharmacistId,
      decision: 'refuse',
      reasonCode: 'indication-mismatch',
    })
  t.ok((await refusedBy(refuse('Y000000000000'))).length > 0, 'only a licensed pharmacist refuses')
  t.equal((await refuse(cast.pharmacist.practitionerId)).body.state, 'refused')
})

t.test('SX-10.1 the pharmacist is of the institution that supplies, and checks the buyer', async (t) => {
  const hub = await testHub(t, { regions: ['140000'] })
  const walk = walker(hub)
  const { cast } = hub.world
  const { no, content } = await walk.settled()
  const pharmacy = hub.pharmacy()
  const given = { ...walk.handOverOf(content), pharmacistId: cast.physician.practitionerId }
  const wrong = await refusedBy(handOver(hub.deps, pharmacy, aWrite(pharmacy), no, given))
  t.same(wrong, ['SX-10.1 practitioner-filed', 'SX-10.1 licence-live'])
  t.equal(await walk.stateOf(no), 'settled')
})
