import t from 'tap'
import { cancelPrescription } from '../../src/usecases/cancel-prescription.ts'
import { releasePrescription } from '../../src/usecases/release-prescription.ts'
import { returnGoods } from '../../src/usecases/return-goods.ts'
import { reviewPrescription } from '../../src/usecases/review-prescription.ts'
import { sweepExpired } from '../../src/usecases/sweep.ts'
import { aWrite, testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'
import { told, waitingNotices } from '../support/notices.ts'

const hub = await testHub(t)
const walk = walker(hub)
const hospital = hub.hospital()
const pharmacy = hub.pharmacy()

/** The prescriptions about whose end somebody waits to be told. */
const ended = async () =>
  (await waitingNotices(hub, 'prescription-changed')).map(({ body }) => body['prescriptionNo'])

t.test('MZ-6.5 the patient is told when a pharmacist refuses the prescription', async (t) => {
  const { no, receipt } = await walk.held()
  t.notOk((await ended()).includes(no), 'choosing and taking are not ends')
  const pharmacistId = hub.world.cast.pharmacist.practitionerId
  const refusal = { pharmacistId, decision: 'refuse', reasonCode: 'dose', opinion: '剂量过大' } as const
  await reviewPrescription(hub.deps, pharmacy, aWrite(pharmacy), no, refusal)
  const [notice] = (await told(hub, 'prescription-changed')).filter(
    (it) => it.kind === 'prescription-changed' && it.prescriptionNo === no,
  )
  t.match(notice, { state: 'refused', link: receipt.patientLink, phone: hub.world.cast.person.phone })
  t.notOk(JSON.stringify(notice).includes('剂量过大'))
})

t.test('MZ-6.4 a cancelled prescription is told once, a pending cancel when it takes effect', async (t) => {
  const open = await walk.submitted()
  await cancelPrescription(hub.deps, hospital, aWrite(hospital), open.no, 'wrong-drug')
  t.equal((await ended()).filter((no) => no === open.no).length, 1)
  const held = await walk.held()
  await cancelPrescription(hub.deps, hospital, aWrite(hospital), held.no, 'wrong-drug')
  t.notOk((await ended()).includes(held.no))
  await releasePrescription(hub.deps, pharmacy, aWrite(pharmacy), held.no, 'no-stock')
  t.equal((await ended()).filter((no) => no === held.no).length, 1)
  await t.rejects(cancelPrescription(hub.deps, hospital, aWrite(hospital), open.no, 'again'))
  t.equal((await ended()).filter((no) => no === open.no).length, 1, 'a refused command tells nothing')
})

t.test('MZ-6.5 a return is told; an end of validity, which the link announced, is not', async (t) => {
  const given = await walk.dispensed()
  t.notOk((await ended()).includes(given.no))
  await returnGoods(hub.deps, pharmacy, aWrite(pharmacy), given.no, 'wrong-drug')
  t.ok((await ended()).includes(given.no))
  const late = await walk.submitted()
  hub.now = new Date(late.receipt.expiresAt)
  t.ok((await sweepExpired(hub.deps)) >= 1)
  t.equal(await walk.stateOf(late.no), 'expired')
  t.notOk((await ended()).includes(late.no))
})
