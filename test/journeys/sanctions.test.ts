import t from 'tap'
import { imposeSanction, liftSanction } from '../../src/usecases/admissions/sanctions.ts'
import { handOver } from '../../src/usecases/hand-over.ts'
import { judgeStored, type SuppliedLine } from '../../src/usecases/judge-stored.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { reviewPrescription } from '../../src/usecases/review-prescription.ts'
import { aWrite, type TestHub, testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'
import { refusedBy } from '../support/refusals.ts'
import { register } from '../support/region.ts'

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

/** What a prescription meets at review, and after a review at the settlement, when its physician has lost the rank. */
for (const [region, atReview, atSettlement] of [
  ['441400', 'MZ-8', 'MZ-8 reject'],
  ['500000', 'CQ-5.3', 'CQ-5.3 reject'],
  ['140000', 'SX-10.1', 'SX-17.2 not-covered'],
  ['510600', 'SC-D5', 'SC-D5 reject'],
  ['210400', 'FS-4.2a', 'FS-4.2a reject'],
] as const) {
  t.test(
    `${atReview} what a physician wrote before losing the qualification is not supplied after it`,
    async (t) => {
      const hub = await testHub(t, { regions: [region] })
      const walk = walker(hub)
      const { cast } = hub.world
      const early = await walk.reviewed()
      const { no } = await walk.held({ person: cast.charityPerson })
      const { practitionerId } = cast.physician
      await register(hub, 'sanction', `qualification-lost:${practitionerId}`, {
        subject: 'practitioner',
        subjectId: practitionerId,
        kind: 'qualification-lost',
        reason: '样例',
      })
      t.same(await refusedBy(walk.review(no)), [`${atReview} not-sanctioned`])
      t.equal(await walk.stateOf(no), 'held')
      const pharmacy = hub.pharmacy()
      const refuse = {
        pharmacistId: cast.pharmacist.practitionerId,
        decision: 'refuse',
        reasonCode: 'physician',
      }
      const refused = (pharmacistId: string) =>
        reviewPrescription(hub.deps, pharmacy, aWrite(pharmacy), no, {
          ...refuse,
          decision: 'refuse',
          pharmacistId,
        })
      t.ok((await refusedBy(refused('Y000000000000'))).length > 0, 'only a licensed pharmacist refuses')
      t.equal(
        (await refused(refuse.pharmacistId)).body.state,
        'refused',
        'a fault of the prescription is a reason to',
      )
      const effects = await atStep(hub, early.no, walk.lines(early.content))
      t.ok(effects.includes(atSettlement), effects.join())
    },
  )
}

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
