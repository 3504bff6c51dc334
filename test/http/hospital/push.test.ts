import { type KeyObject, randomUUID } from 'node:crypto'
import t from 'tap'
import { issueCertificate } from '../../../src/trust/certificate-issuing.ts'
import { loadIdentity } from '../../../src/trust/sandbox-authority.ts'
import { signEnvelope } from '../../../src/trust/sign-envelope.ts'
import type { Envelope } from '../../../src/usecases/submit-prescription.ts'
import { changed } from '../../support/der-tree.ts'
import { hubApp } from '../../support/hub-app.ts'

const pushOf = ({ document, signature }: Envelope) => ({
  document: document.toString('base64'),
  signature: signature.toString('base64'),
})
const codeOf = (got: { body: { code?: string } }) => got.body.code

t.test(
  'MZ-6.2 a signed prescription is taken in and its sender gets number, validity and link',
  async (t) => {
    const { hub, as } = await hubApp(t)
    const got = await as(hub.hospital(), 'POST', '/hospital/prescriptions', { body: pushOf(hub.envelope()) })
    t.equal(got.status, 201)
    t.match(got.body, { state: 'open', policyVersion: /^441400\//, signature: { status: 'valid' } })
    t.match(got.body.prescriptionNo, /^441400\d{16}$/)
    t.match(got.body.patientLink, /\/p\/[A-Za-z0-9_-]{32}$/)
    t.equal(got.headers['location'], `http://hub.test/hospital/prescriptions/${got.body.prescriptionNo}`)
    t.equal(got.headers['idempotency-replayed'], undefined)
  },
)

t.test('MZ-6.2 the same push gets the first answer, by key and by the number of the hospital', async (t) => {
  const { hub, as } = await hubApp(t)
  const envelope = hub.envelope()
  const key = randomUUID()
  const push = (body: unknown, withKey: string) =>
    as(hub.hospital(), 'POST', '/hospital/prescriptions', { body, key: withKey })
  const first = await push(pushOf(envelope), key)
  for (const again of [await push(pushOf(envelope), key), await push(pushOf(envelope), randomUUID())]) {
    t.equal(again.status, 201)
    t.same(again.body, first.body)
    t.equal(again.headers['idempotency-replayed'], 'true')
  }
  const other = hub.envelope()
  t.equal(codeOf(await push(pushOf(other), key)), 'idempotency-key-reused')
  const changed = hub.sign({
    ...envelope.content,
    lines: envelope.content.lines.map((line) => ({ ...line, days: line.days - 1 })),
  })
  const reused = await push(pushOf(changed), randomUUID())
  t.equal(reused.status, 409)
  t.equal(codeOf(reused), 'prescription-number-reused')
  const { rows } = await hub.deps.pool.query('select count(*)::int as n from prescription')
  t.equal(rows[0].n, 1)
})

t.test('the same key gets the very first answer for ever, another key the state of now', async (t) => {
  const { hub, as } = await hubApp(t)
  const body = pushOf(hub.envelope())
  const key = randomUUID()
  const push = (withKey: string) =>
    as(hub.hospital(), 'POST', '/hospital/prescriptions', { body, key: withKey })
  const first = await push(key)
  const at = `/hospital/prescriptions/${first.body.prescriptionNo}/cancel`
  await as(hub.hospital(), 'POST', at, { body: { reasonCode: 'duplicate' } })
  t.same((await push(key)).body, first.body)
  t.match((await push(randomUUID())).body, { prescriptionNo: first.body.prescriptionNo, state: 'cancelled' })
})

t.test('a signature without certificates is taken when the register holds them whole', async (t) => {
  const { hub, as } = await hubApp(t)
  const { document, signature } = hub.envelope()
  const bare = changed(signature, ({ body, certificates }) => {
    body.children.splice(body.children.indexOf(certificates), 1)
  })
  const body = pushOf({ document, signature: bare })
  const got = await as(hub.hospital(), 'POST', '/hospital/prescriptions', { body })
  t.match([got.status, got.body], [201, { signature: { status: 'valid' } }])
  const { rows } = await hub.deps.pool.query(
    "select data from register_entry where register = 'certificate' limit 1",
  )
  const data = { ...rows[0].data, fingerprint: '0'.repeat(64) }
  const entry = { validFrom: '2026-01-01', reason: 'test', data }
  const wrong = await as(hub.agency(), 'POST', '/agency/registers/certificate', { body: entry })
  t.match([codeOf(wrong), wrong.body], ['malformed', { fields: [{ path: '/body/data/certificate' }] }])
})

t.test(
  'an event certificate is taken when its authority and subject are filed, and not before',
  async (t) => {
    const { hub, as } = await hubApp(t)
    const { authority, regions } = hub.state
    const intermediate = loadIdentity(authority.intermediate)
    const { content, document } = hub.envelope()
    const { practitionerId } = content.physician
    const { institutionId } = content.hospital
    const signers = regions.get('441400')!.keys.signers
    const seal = signers.find(
      (who) => who.purpose === 'hospital-seal' && who.institutionId === institutionId,
    )!
    const day = 86_400_000
    const event = await issueCertificate(intermediate, {
      subject: { C: 'CN', O: '样例云签', CN: '张 三', serialNumber: 'SF-1' },
      notBefore: new Date(hub.now.getTime() - day),
      notAfter: new Date(hub.now.getTime() + day),
    })
    const by = (certificate: string, key: KeyObject | string) => ({
      certificate,
      key,
      chain: [authority.intermediate.certificatePem],
    })
    const signature = signEnvelope(
      document,
      [by(event.certificatePem, event.key), by(seal.certificatePem, seal.keyPem)],
      new Date(content.issuedAt),
    )
    const push = () =>
      as(hub.hospital(), 'POST', '/hospital/prescriptions', { body: pushOf({ document, signature }) })
    t.equal(codeOf(await push()), 'signer-not-filed')
    const identity = { authority: intermediate.fingerprint, subject: { CN: '张 三', serialNumber: 'SF-1' } }
    const data = { identity, purpose: 'physician', practitionerId, institutionId }
    const file = (more: object) =>
      as(hub.agency(), 'POST', '/agency/registers/certificate', {
        body: { validFrom: '2026-01-01', reason: 'test', data: { ...data, ...more } },
      })
    t.equal(codeOf(await file({ fingerprint: '0'.repeat(64) })), 'malformed', 'one of the two, not both')
    const filed = await file({})
    t.equal(filed.status, 201)
    t.match(filed.body.key, /^[0-9a-f]{64}$/, 'nothing of a person stands in an address')
    t.match(await push(), { status: 201, body: { signature: { status: 'valid' } } })
  },
)

t.test(
  'MZ-4.3b a refused push lists every finding with duty, article, path and both languages',
  async (t) => {
    const { hub, as } = await hubApp(t)
    const { cast } = hub.world
    const envelope = hub.envelope({ physician: cast.attending })
    const preCheck = await as(hub.hospital(), 'POST', '/hospital/prescriptions/pre-check', {
      body: pushOf(envelope),
      key: null,
    })
    t.equal(preCheck.status, 200)
    t.equal(preCheck.body.accepted, false)
    const got = await as(hub.hospital(), 'POST', '/hospital/prescriptions', { body: pushOf(envelope) })
    t.equal(got.status, 422)
    t.equal(codeOf(got), 'rules-failed')
    t.match(got.headers['content-type'], /^application\/problem\+json/)
    t.same(got.body.findings, preCheck.body.findings, 'pre-check and push judge alike')
    const finding = got.body.findings.find((one: { rule: string }) => one.rule === 'physician-title')
    t.match(finding, { ruleId: 'MZ-4.3b', article: '四（三）', effect: 'reject', path: /^\/physician/ })
    t.ok(finding.message.zh && finding.message.en)
    const { rows } = await hub.deps.pool.query('select count(*)::int as n from prescription')
    t.equal(rows[0].n, 0)
  },
)

t.test('pre-check needs no signature and stores nothing', async (t) => {
  const { hub, as } = await hubApp(t)
  const { document } = pushOf(hub.envelope())
  const got = await as(hub.hospital(), 'POST', '/hospital/prescriptions/pre-check', {
    body: { document },
    key: null,
  })
  t.equal(got.status, 200)
  t.match(got.body, { accepted: true, policyVersion: /^441400\// })
  const { rows } = await hub.deps.pool.query(
    'select (select count(*) from prescription) + (select count(*) from idempotency_key) as n',
  )
  t.equal(Number(rows[0].n), 0)
})

t.test('a push that is not one is refused by its own code', async (t) => {
  const { hub, as } = await hubApp(t)
  const good = pushOf(hub.envelope())
  const push = (body: unknown, key?: string | null) =>
    as(hub.hospital(), 'POST', '/hospital/prescriptions', { body, ...(key === undefined ? {} : { key }) })
  const extra = await push({ ...good, note: 'x' })
  t.equal(codeOf(extra), 'malformed')
  t.match(extra.body.fields, [{ path: '/body/note', keyword: 'additionalProperties' }])
  const unsigned = await push({ document: good.document })
  t.match(unsigned.body, { code: 'malformed', fields: [{ path: '/body/signature', keyword: 'required' }] })
  t.match((await push({ ...good, signature: 'QUJD=' })).body, {
    code: 'malformed',
    fields: [{ path: '/body/signature' }],
  })
  t.equal(codeOf(await push(good, null)), 'idempotency-key-missing')
  const signed = hub.sign({ ...hub.envelope().content, unknown: 1 } as never)
  t.match((await push(pushOf(signed))).body, { code: 'document-malformed', fields: [{ path: '/unknown' }] })
  const altered = pushOf({ ...hub.envelope(), document: Buffer.from(JSON.stringify(hub.envelope().content)) })
  t.equal((await push(altered)).status, 422)
  const foreign = await as(
    hub.hospital(hub.world.cast.privateHospital.institutionId),
    'POST',
    '/hospital/prescriptions',
    { body: good },
  )
  t.equal(codeOf(foreign), 'document-of-another')
})
