import t from 'tap'
import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import { Problem } from '../../src/domain/problems.ts'
import type { PrescriptionChoice } from '../../src/embedded/sandbox/sample-prescription.ts'
import type { SandboxCast } from '../../src/embedded/sandbox/world.ts'
import { preCheckPrescription, submitPrescription } from '../../src/usecases/submit-prescription.ts'
import { aWrite, testHub } from '../support/hub.ts'

/** Runs a push that must be refused. */
async function refusal(work: Promise<unknown>): Promise<Problem> {
  try {
    await work
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('the push was accepted')
}

t.test('a refusal lists every rule that failed, not only the first, and stores nothing', async (t) => {
  const hub = await testHub(t)
  const { cast } = hub.world
  const hospital = hub.hospital()
  const problem = await refusal(
    submitPrescription(
      hub.deps,
      hospital,
      aWrite(hospital),
      hub.envelope({
        physician: cast.attending,
        person: cast.suspendedPerson,
        drugs: [cast.endedAgreementDrug],
      }),
    ),
  )
  t.equal(problem.code, 'rules-failed')
  const ids = new Set(problem.findings.filter((f) => f.effect === 'reject').map((f) => f.ruleId))
  t.ok(ids.has('MZ-4.3b'), 'the title of the physician')
  t.ok(ids.size >= 2, `and more: ${[...ids].join(', ')}`)
  for (const finding of problem.findings) {
    t.ok(
      finding.article !== '' && finding.message.zh !== '' && finding.message.en !== '',
      `${finding.ruleId} is explained`,
    )
  }
  const { rows } = await hub.deps.pool.query(
    'select (select count(*) from prescription)::int as p, (select count(*) from idempotency_key)::int as k',
  )
  t.same(rows, [{ p: 0, k: 0 }])
})

const refused: [string, string, (cast: SandboxCast) => PrescriptionChoice][] = [
  ['MZ-4.3b', 'an attending physician is no responsible physician', (c) => ({ physician: c.attending })],
  ['MZ-4.3b', 'a physician who is not filed', (c) => ({ physician: c.notFiledPhysician })],
  ['MZ-4.3b', 'a physician whose filing is not published', (c) => ({ physician: c.unpublishedPhysician })],
  ['MZ-2', 'a narcotic drug does not circulate', (c) => ({ drugs: [c.excludedDrug] })],
  ['MZ-2', 'a drug that is not on the list', (c) => ({ drugs: [c.unlistedDrug] })],
]
for (const [ruleId, title, choice] of refused) {
  t.test(`${ruleId} ${title}`, async (t) => {
    const hub = await testHub(t)
    const hospital = hub.hospital()
    const problem = await refusal(
      submitPrescription(hub.deps, hospital, aWrite(hospital), hub.envelope(choice(hub.world.cast))),
    )
    t.ok(
      problem.findings.some((f) => f.ruleId === ruleId && f.effect === 'reject'),
      problem.findings.map((f) => `${f.ruleId} ${f.rule}`).join(', '),
    )
  })
}

t.test(
  'MZ-6.1 MZ-6.2 the scope is confirmed, and a dual-channel prescription stands on its own',
  async (t) => {
    const hub = await testHub(t)
    const { cast } = hub.world
    const hospital = hub.hospital()
    const { content } = hub.envelope()
    const unconfirmed = hub.sign({
      ...content,
      lines: content.lines.map((line) => ({ ...line, restrictedScopeConfirmed: false })),
    })
    const first = await refusal(submitPrescription(hub.deps, hospital, aWrite(hospital), unconfirmed))
    t.ok(first.findings.some((f) => f.ruleId === 'MZ-6.1' && f.path?.startsWith('/lines/0')))
    const mixed = hub.envelope({ drugs: [cast.drug, cast.unlistedDrug] })
    const second = await refusal(submitPrescription(hub.deps, hospital, aWrite(hospital), mixed))
    t.ok(second.findings.some((f) => f.ruleId === 'MZ-6.2'))
  },
)

t.test('the same push gives the first answer, by key and by number; other content is refused', async (t) => {
  const hub = await testHub(t)
  const hospital = hub.hospital()
  const envelope = hub.envelope()
  const request = aWrite(hospital)
  const first = await submitPrescription(hub.deps, hospital, request, envelope)
  const again = await submitPrescription(hub.deps, hospital, request, envelope)
  t.same(again, { ...first, isReplay: true })
  const otherKey = await submitPrescription(hub.deps, hospital, aWrite(hospital), envelope)
  t.same(otherKey, { ...first, isReplay: true })
  const changed = hub.sign({ ...envelope.content, circulation: 'other' })
  t.equal(
    (await refusal(submitPrescription(hub.deps, hospital, aWrite(hospital), changed))).code,
    'prescription-number-reused',
  )
  const otherBody = aWrite(hospital, request.key, 'another body')
  t.equal(
    (await refusal(submitPrescription(hub.deps, hospital, otherBody, envelope))).code,
    'idempotency-key-reused',
  )
})

t.test('signers are bound to the register', async (t) => {
  const hub = await testHub(t)
  const hospital = hub.hospital()
  const { content } = hub.envelope()
  const noSeal = hub.sign(content, ['physician'])
  t.equal(
    (await refusal(submitPrescription(hub.deps, hospital, aWrite(hospital), noSeal))).code,
    'seal-missing',
  )
  const noPhysician = hub.sign(content, ['hospital-seal'])
  t.equal(
    (await refusal(submitPrescription(hub.deps, hospital, aWrite(hospital), noPhysician))).code,
    'physician-signature-missing',
  )
  const altered = hub.envelope()
  // The same prescription in other bytes: what was signed is the bytes.
  const document = Buffer.from(altered.document.toString().replace('{', '{ '))
  t.equal(
    (await refusal(submitPrescription(hub.deps, hospital, aWrite(hospital), { ...altered, document }))).code,
    'document-altered',
  )
})

t.test('a hospital pushes only its own prescriptions', async (t) => {
  const hub = await testHub(t)
  const other = hub.hospital(hub.world.cast.privateHospital.institutionId)
  const problem = await refusal(submitPrescription(hub.deps, other, aWrite(other), hub.envelope()))
  t.equal(problem.code, 'document-of-another')
})

t.test('pre-check judges as a push would, with or without a signature, and stores nothing', async (t) => {
  const hub = await testHub(t)
  const hospital = hub.hospital()
  const good = hub.envelope()
  const unsigned = await preCheckPrescription(hub.deps, hospital, { document: good.document })
  const signed = await preCheckPrescription(hub.deps, hospital, good)
  t.ok(unsigned.accepted)
  t.same(unsigned, signed)
  const bad = await preCheckPrescription(hub.deps, hospital, {
    document: hub.envelope({ physician: hub.world.cast.attending }).document,
  })
  t.notOk(bad.accepted)
  t.ok(bad.findings.some((f) => f.ruleId === 'MZ-4.3b'))
  const { rows } = await hub.deps.pool.query('select count(*)::int as n from prescription')
  t.equal(rows[0].n, 0)
})

t.test('no personal data is in events, decisions or outgoing work', async (t) => {
  const hub = await testHub(t)
  const hospital = hub.hospital()
  const envelope = hub.envelope()
  await submitPrescription(hub.deps, hospital, aWrite(hospital), envelope)
  const { rows } = await hub.deps.pool.query(
    `select string_agg(data, ' ') || (select string_agg(facts || findings, ' ') from decision)
         || (select string_agg(body::text, ' ') from outbox) || (select string_agg(body, ' ') from idempotency_key) as text
       from prescription_event`,
  )
  const { patient, physician } = envelope.content
  for (const secret of [patient.name, patient.idNumber, physician.name, hub.world.cast.person.phone, '/p/']) {
    t.notOk(rows[0].text.includes(secret))
  }
})

t.test(
  'MZ-4.3a MZ-8 words that say another drug, unit, physician or disease than their codes are refused',
  async (t) => {
    const hub = await testHub(t)
    const { content } = hub.envelope()
    const [line] = content.lines
    const pushed = async (change: Partial<PrescriptionDocument>) => {
      const signed = hub.sign({ ...content, ...change })
      const { findings } = await preCheckPrescription(hub.deps, hub.hospital(), signed)
      return findings.map(({ ruleId, effect, path }) => [ruleId, effect, path])
    }
    t.same(await pushed({}), [])
    const other = { genericName: '阿司匹林肠溶片', form: '肠溶片', specification: '100mg*30片', unit: '盒' }
    t.same(
      await pushed({
        physician: { ...content.physician, name: '李四' },
        diagnoses: [{ code: 'I63.900', name: '高血压' }],
        lines: [{ ...line!, ...other }],
      }),
      [
        ['MZ-4.3a', 'reject', '/physician/name'],
        ['MZ-4.3a', 'reject', '/lines/0/form'],
        ['MZ-4.3a', 'reject', '/lines/0/genericName'],
        ['MZ-4.3a', 'reject', '/lines/0/specification'],
        ['MZ-4.3a', 'reject', '/lines/0/unit'],
        ['MZ-6.1', 'reject', '/diagnoses/0/name'],
      ],
    )
    t.same(
      await pushed({
        hospital: { ...content.hospital, name: '第二人民医院' },
        visit: { ...content.visit, departmentName: '神经内科' },
        diagnoses: [{ code: 'I63.900', name: '脑梗塞' }],
      }),
      [
        ['MZ-4.3a', 'warn', '/hospital/name'],
        ['MZ-4.3a', 'warn', '/visit/departmentName'],
        ['MZ-6.1', 'warn', '/diagnoses/0/name'],
      ],
      'other words for the same are warned of',
    )
    t.same(
      await pushed({ lines: [{ ...line!, specification: '１００mg', form: '软胶囊剂' }] }),
      [],
      'the same in other writing',
    )
    t.match(await pushed({ lines: [{ ...line!, quantity: '999999999999' }] }), [
      ['MZ-8', 'reject', '/lines/0/quantity'],
      ['MZ-8', 'warn', '/lines/0/quantity'],
    ])
    t.match(await pushed({ lines: [{ ...line!, dose: { amount: '100', unit: '粒' } }] }), [
      ['MZ-8', 'reject', '/lines/0/dose/amount'],
      ['MZ-8', 'warn', '/lines/0/dose/amount'],
    ])
  },
)
