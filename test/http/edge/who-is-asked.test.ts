import t from 'tap'
import { TrustStore } from '../../../src/trust/trust-store.ts'
import { MISMATCHES_OF_PERSON } from '../../../src/usecases/identity-guard.ts'
import { hubApp } from '../../support/hub-app.ts'

const pushed = (envelope: { document: Buffer; signature: Buffer }) => ({
  document: envelope.document.toString('base64'),
  signature: envelope.signature.toString('base64'),
})

t.test('MZ-6.1 a repeated push gets its first receipt, whatever became of certificates since', async (t) => {
  const it = await hubApp(t)
  const { hub } = it
  const body = pushed(hub.envelope())
  const push = (key?: string) =>
    it.as(hub.hospital(), 'POST', '/hospital/prescriptions', { body, ...(key === undefined ? {} : { key }) })
  const key = 'the-key-of-the-first-push'
  const first = await push(key)
  t.match(first, { status: 201, body: { state: 'open' } })
  const trust = new TrustStore({ anchors: [], intermediates: [], revocationLists: [] })
  Object.assign(hub.deps, { trust })
  for (const again of [await push(key), await push()]) {
    t.match(again, { status: 201, headers: { 'idempotency-replayed': 'true' } })
    t.same(again.body, first.body)
  }
  const other = await it.as(hub.hospital(), 'POST', '/hospital/prescriptions', {
    body: pushed(hub.envelope()),
  })
  t.equal(other.status, 422, 'what was not answered before is verified')

  const { prescriptionNo: no } = first.body
  await it.as(hub.hospital(), 'POST', `/hospital/prescriptions/${no}/cancel`, {
    body: { reasonCode: 'prescribing-error' },
  })
  t.match(await push(), { status: 201, body: { prescriptionNo: no, state: 'cancelled' } })
})

t.test('MZ-6.1 nothing is said about a person whom the name does not fit, and guessing ends', async (t) => {
  const it = await hubApp(t)
  const { hub } = it
  const stored = await it.as(hub.hospital(), 'POST', '/hospital/prescriptions', {
    body: pushed(hub.envelope()),
  })
  const { content } = hub.envelope()
  const asked = (name: string) => {
    const document = Buffer.from(JSON.stringify({ ...content, patient: { ...content.patient, name } }))
    return it.as(hub.hospital(), 'POST', '/hospital/prescriptions/pre-check', {
      body: { document: document.toString('base64') },
    })
  }
  const right = await asked(content.patient.name)
  t.ok(
    right.body.findings.some(({ rule }: { rule: string }) => rule !== 'patient-matches'),
    'who knows the person is told what was supplied before',
  )
  for (let guess = 0; guess < MISMATCHES_OF_PERSON; guess += 1) {
    const { status, body } = await asked(`赵${'甲乙丙丁戊己庚辛壬癸'[guess]}`)
    t.equal(status, 200)
    t.same([...new Set(body.findings.map(({ rule }: { rule: string }) => rule))], ['patient-matches'])
    t.equal(body.accepted, false)
  }
  for (const name of ['赵子', content.patient.name]) {
    t.match(await asked(name), {
      status: 429,
      headers: { 'retry-after': /^\d+$/ },
      body: { code: 'identity-guessed-too-often' },
    })
  }

  const path = new URL(stored.body.patientLink).pathname
  const entered = await it.app.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ ending: content.patient.idNumber.slice(-6) }).toString(),
  })
  const cookie = String(entered.headers['set-cookie']).split(';')[0]!
  const page = await it.app.inject({ url: path, headers: { cookie } })
  t.match(page.body, '以与您不符的身份信息查询', 'the patient sees who asked')
})
