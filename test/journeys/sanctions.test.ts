import t from 'tap'
import { imposeSanction, liftSanction } from '../../src/usecases/admissions/sanctions.ts'
import { requestSettlement } from '../../src/usecases/request-settlement.ts'
import { aWrite, testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'
import { refusedBy } from '../support/refusals.ts'

const DUTIES = [
  ['441400', 'MZ-5'],
  ['500000', 'CQ-5.3'],
  ['140000', 'SX-3'],
  ['510600', 'SC-P2'],
  ['210400', 'FS-3.6'],
] as const

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
