import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { type CentreHospital, CentreUnavailable, centreClient } from '../../../src/centre/centre-client.ts'
import { publicKeyOf } from '../../../src/demo/national-client/sm2.ts'
import { cancelPrescription } from '../../../src/usecases/cancel-prescription.ts'
import type { Centre } from '../../../src/usecases/national/centre.ts'
import { leaveUpward, reconcileUpward, sendUpward } from '../../../src/usecases/national/upward.ts'
import { aWrite, testHub } from '../../support/hub.ts'
import { walker } from '../../support/journey.ts'
import { nationalStage } from './stage.ts'

const PHARMACIST = {
  code: 'HY441400000001',
  name: '样例审方药师',
  departmentCode: 'YJ01',
  departmentName: '药剂科',
  titleCode: '2.4',
}

t.test(
  'what hospitals send here goes up to a centre, once, is withdrawn with them, and is compared daily',
  async (t) => {
    const above = await nationalStage(t)
    await above.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = above.app.server.address() as AddressInfo
    const hub = await testHub(t)
    const { deps, world } = hub
    const hospitalId = world.cast.hospital.institutionId
    const { appId, appSecret, privateKey, platformPublicKey } = above.hospital
    const hospital: CentreHospital = {
      appId,
      appSecret,
      platformPublicKey,
      keys: { privateKey, publicKey: publicKeyOf(privateKey) },
      pharmacist: PHARMACIST,
    }
    const centre = centreClient({
      url: `http://127.0.0.1:${port}/fixmedins`,
      timeoutMs: 10_000,
      hospitals: new Map([[hospitalId, hospital]]),
      now: () => new Date(),
    })
    const region = world.regionCode
    const kept = async (no: string) =>
      (
        await deps.pool.query(
          'select state, centre_no, refused_with, difference from national_upward where prescription_no = $1',
          [no],
        )
      ).rows[0]
    const known = async () =>
      (
        await above.hub.deps.pool.query(
          'select prescription_no as no, state from prescription_state order by 1',
        )
      ).rows

    const { no } = await walker(hub).submitted()
    t.equal(await leaveUpward(deps, centre), 1)
    t.equal(await leaveUpward(deps, centre), 0, 'work is left once')
    const { rows: work } = await deps.pool.query(`select body from outbox where queue = 'national-upward'`)
    t.same(work, [{ body: { kind: 'upload', prescriptionNo: no } }], 'and holds nobody’s name')

    // The line breaks before the last of the three calls.
    const breaking: Centre = {
      ...centre,
      call: async (id, path, data) => {
        if (path === 'rxFileUpld') throw new CentreUnavailable('no answer')
        return await centre.call(id, path, data)
      },
    }
    await t.rejects(sendUpward(deps, breaking, region, no), { name: 'CentreUnavailable' })
    t.match(await kept(no), { state: 'due' })
    t.same(await known(), [], 'the centre has not taken it')
    await sendUpward(deps, centre, region, no)
    const { centre_no: centreNo, state } = await kept(no)
    t.equal(state, 'uploaded')
    t.same(await known(), [{ no: centreNo, state: 'open' }])
    await sendUpward(deps, centre, region, no)
    t.equal((await known()).length, 1, 'delivered twice it has one effect')

    t.equal(await reconcileUpward(deps, centre), 0, 'both say the same')
    const doctored: Centre = { ...centre, call: async () => ({ code: 0, data: { rxStasCodg: '3' } }) }
    t.equal(await reconcileUpward(deps, doctored), 0, 'each is asked once a day')
    hub.now = new Date(hub.now.getTime() + 86_400_000)
    t.equal(
      await reconcileUpward(deps, { ...doctored, hospitals: [] }),
      0,
      'whom it does not know it is not asked',
    )
    t.equal(await reconcileUpward(deps, doctored), 1)
    t.match(await kept(no), { state: 'uploaded', difference: '1, 3' }, 'ours and theirs')

    const hospitalCaller = hub.hospital()
    await cancelPrescription(deps, hospitalCaller, aWrite(hospitalCaller), no, 'patient-request')
    t.equal(await leaveUpward(deps, centre), 1)
    await sendUpward(deps, centre, region, no)
    t.match(await kept(no), { state: 'withdrawn' })
    t.same(await known(), [{ no: centreNo, state: 'cancelled' }])

    const { no: second } = await walker(hub).submitted()
    await leaveUpward(deps, centre)
    await sendUpward(deps, { ...centre, call: async () => ({ code: 422, data: {} }) }, region, second)
    t.match(await kept(second), { state: 'refused', refused_with: 422 }, 'a refusal is final')
    await sendUpward(deps, centre, region, second)
    t.equal((await known()).length, 1, 'and not asked again')
  },
)

t.test('an answer of the centre that is none, or not its own, is tried again later', async (t) => {
  let answer: { status: number; text: string } = { status: 200, text: '' }
  const server = createServer((_, response) => response.writeHead(answer.status).end(answer.text))
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.teardown(() => server.close())
  const privateKey = Buffer.alloc(32, 7).toString('base64')
  const keys = { privateKey, publicKey: publicKeyOf(privateKey) }
  const hospital = {
    appId: 'A'.repeat(32),
    appSecret: 'S'.repeat(32),
    keys,
    platformPublicKey: keys.publicKey,
    pharmacist: PHARMACIST,
  }
  const centre = centreClient({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    timeoutMs: 5_000,
    hospitals: new Map([['H1', hospital]]),
    now: () => new Date(),
  })
  for (const [status, text] of [
    [500, '{"code":0}'],
    [302, ''],
    [200, ''],
    [200, '<html>'],
    [200, '{"code":0,"message":"ok"}'],
    [200, '{"code":0,"encData":"00","signData":""}'],
    [200, '{"code":503,"message":"busy"}'],
    [200, '{"code":429,"message":"slow down"}'],
    [200, '{"code":"x"}'],
  ] as const) {
    answer = { status, text }
    await t.rejects(centre.call('H1', 'uploadChk', {}), { name: 'CentreUnavailable' }, `${status} ${text}`)
  }
  answer = { status: 200, text: '{"code":422,"message":"no"}' }
  t.same(await centre.call('H1', 'uploadChk', {}), { code: 422, data: {} }, 'a refusal needs no data')
  await t.rejects(centre.call('H2', 'uploadChk', {}), { name: 'CentreUnavailable' })
})
