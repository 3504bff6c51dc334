import { createHash, randomUUID } from 'node:crypto'
import t from 'tap'
import { PAPER_BYTES } from '../../../schemas/admissions.ts'
import { MOST_PAPERS } from '../../../src/usecases/admissions/attach-paper.ts'
import { admissionApp, OFFICE, PDF } from './apply.ts'

async function withApplication(t: Parameters<typeof admissionApp>[0]) {
  const it = await admissionApp(t, { regions: ['500000'] })
  const { cast } = it.hub.world
  const hospital = it.hub.hospital()
  const opened = await it.open(
    hospital,
    'drug-qualification',
    cast.unqualifiedPerson.personId,
    { drugCodes: [cast.drug.drugCode], diagnoses: ['I63.900'], regimen: 'x' },
    { physicianId: cast.physician.practitionerId },
  )
  return { ...it, cast, hospital, no: opened.body.applicationNo as string }
}

t.test('CQ-4.1 a paper is stored once, with its hash, and read by those concerned only', async (t) => {
  const { hub, app, cast, hospital, no, attach, token, agency, read } = await withApplication(t)
  const first = await attach(hospital, no, 'clinical-evidence')
  const sha256 = createHash('sha256').update(PDF).digest('hex')
  t.match(first, { status: 201, body: { paperNo: 1, sha256, bytes: PDF.length } })
  t.match(await attach(hospital, no, 'clinical-evidence'), { body: { paperNo: 2, sha256 } })
  const { rows } = await hub.deps.pool.query('select count(*)::int as files from paper_file')
  t.equal(rows[0].files, 1)
  t.match((await read(agency, no)).body.papers, [
    { code: 'clinical-evidence', mediaType: 'application/pdf' },
    {},
  ])
  const get = async (caller: typeof hospital, paperNo = 1) =>
    await app.inject({
      url: `/admissions/applications/${no}/paper-files/${paperNo}`,
      headers: { authorization: `Bearer ${await token(caller)}` },
    })
  for (const caller of [hospital, agency]) {
    const got = await get(caller)
    t.same(got.rawPayload, PDF)
    t.equal(got.headers['content-type'], 'application/pdf')
    t.match(got.headers['content-disposition'], /^attachment/)
  }
  const stranger = hub.hospital(cast.privateHospital.institutionId)
  t.equal((await get(stranger)).statusCode, 404)
  t.equal((await read(stranger, no)).status, 404)
  t.equal((await get(hospital, 3)).statusCode, 404)
  t.equal((await attach(stranger, no, 'clinical-evidence')).body.code, 'not-yours')
  t.match((await attach(agency, no, 'clinical-evidence')).body, {
    code: 'admission-actor-refused',
    details: {
      fault: 'caller',
      caller: 'hospital',
      as: 'physician',
      roles: ['assessor', 'responsible-physician'],
    },
  })
  await t.rejects(hub.deps.pool.query('update admission_paper set code = code'), { code: 'HB003' })
  await t.rejects(hub.deps.pool.query('delete from paper_file'), { code: 'HB003' })
  await t.rejects(hub.deps.pool.query('delete from admission_event'), { code: 'HB003' })
})

t.test('CQ-4.1 papers have a type, a size, a name and a number', async (t) => {
  const { hub, app, hospital, no, attach, token } = await withApplication(t)
  const code = async (content: Buffer, type: string, name = 'clinical-evidence') =>
    (await attach(hospital, no, name, content, type)).body.code
  t.equal(await code(PDF, 'image/png'), 'paper-not-accepted', 'the bytes are no PNG')
  t.equal(await code(Buffer.from('<script>'), 'application/pdf'), 'paper-not-accepted')
  t.equal(await code(Buffer.from('<html>'), 'text/html'), 'unsupported-media-type')
  t.equal(await code(Buffer.from('{}'), 'application/json'), 'paper-not-accepted')
  const letter = (await attach(hospital, no, 'letter', PDF, 'application/pdf')).body
  t.match(letter, { code: 'paper-code-unknown', fields: [{ path: '/params/code' }] })
  t.ok(letter.details.papers.includes('clinical-evidence'), 'it says which papers there are')
  const full = Buffer.concat([PDF, Buffer.alloc(PAPER_BYTES - PDF.length)])
  t.equal(await code(Buffer.concat([full, Buffer.alloc(1)]), 'application/pdf'), 'too-large')
  t.equal((await attach(hospital, no, 'clinical-evidence', full)).status, 201)
  const bare = await app.inject({
    method: 'POST',
    url: `/admissions/applications/${no}/papers/clinical-evidence`,
    headers: { authorization: `Bearer ${await token(hospital)}`, 'content-type': 'application/pdf' },
    payload: PDF,
  })
  t.equal(bare.json().code, 'idempotency-key-missing')
  await hub.deps.pool.query(
    `insert into admission_paper (region_code, application_no, paper_no, code, sha256, added_by, added_at)
     select p.region_code, p.application_no, n, p.code, p.sha256, p.added_by, p.added_at
       from admission_paper p, generate_series(2, $1::int) n`,
    [MOST_PAPERS],
  )
  t.equal(await code(PDF, 'application/pdf'), 'paper-limit-reached')
})

t.test('CQ-4.1 a decision sent twice is taken once', async (t) => {
  const { hub, hospital, no, complete, decide, cast } = await withApplication(t)
  await complete(hospital, no)
  const key = randomUUID()
  const sending = { step: 'propose', physicianId: cast.physician.practitionerId }
  const first = await decide(hospital, no, sending, key)
  const second = await decide(hospital, no, sending, key)
  t.same(second.body, first.body)
  t.equal(second.headers['idempotency-replayed'], 'true')
  const third = await decide(hospital, no, { step: 'review', ...OFFICE }, key)
  t.equal(third.body.code, 'idempotency-key-reused')
  const { rows } = await hub.deps.pool.query('select count(*)::int as steps from admission_event')
  t.equal(rows[0].steps, 2)
})

t.test('in production a workflow that rests on a sample is refused', async (t) => {
  const { hub, open } = await admissionApp(t, { regions: ['510600'], mode: 'production' })
  const { cast } = hub.world
  const answer = await open(
    hub.hospital(),
    'five-points',
    cast.unqualifiedPerson.personId,
    {},
    { physicianId: cast.physician.practitionerId },
  )
  t.equal(answer.body.code, 'policy-not-cited')
  t.ok(answer.body.details.figures.some((figure: string) => figure.startsWith('SC-D2')))
  const unknown = await open(hub.hospital(), 'nothing-like-it', cast.person.personId, {})
  t.equal(unknown.body.code, 'workflow-unknown')
})
