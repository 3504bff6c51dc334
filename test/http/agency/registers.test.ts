import { randomUUID } from 'node:crypto'
import t from 'tap'
import { registerData } from '../../../schemas/registers.ts'
import type { RegisterName } from '../../../src/domain/registers.ts'
import { RegisterCache } from '../../../src/storage/register-cache.ts'
import { keyOf } from '../../../src/usecases/registers/change-register.ts'
import { hubApp } from '../../support/hub-app.ts'

const NAMES = Object.keys(registerData) as RegisterName[]

t.test('MZ-4.1 a hospital that the agency suspends is refused at its next push', async (t) => {
  const { hub, as } = await hubApp(t)
  const pushed = () => {
    const { document, signature } = hub.envelope()
    const body = { document: document.toString('base64'), signature: signature.toString('base64') }
    return as(hub.hospital(), 'POST', '/hospital/prescriptions', { body })
  }
  t.equal((await pushed()).status, 201)
  const { institutionId } = hub.world.cast.hospital
  const added = await as(hub.agency(), 'POST', '/agency/registers/sanction', {
    body: {
      key: 'decision-1',
      validFrom: '2026-11-22',
      reason: '经办机构书面决定',
      data: { subject: 'institution', subjectId: institutionId, kind: 'suspension', reason: '违反协议' },
    },
  })
  t.match([added.status, added.body], [201, { register: 'sanction', key: 'decision-1' }])
  const refused = await pushed()
  t.equal(refused.status, 422)
  t.match(
    refused.body.findings.map((one: { rule: string }) => one.rule),
    ['not-sanctioned'],
  )
  const history = await as(hub.agency(), 'GET', `/agency/registers/sanction?subject=${institutionId}`)
  t.match(history.body.items, [{ key: 'decision-1', author: hub.agency().id, reason: '经办机构书面决定' }])
})

t.test('MZ-4.1 an agreement that is ended holds on its last day and no longer', async (t) => {
  const { hub, as } = await hubApp(t)
  const key = `${hub.world.cast.hospital.institutionId}:dual-channel`
  const end = (body: unknown, withKey = key) =>
    as(hub.agency(), 'POST', `/agency/registers/designation/${withKey}/end`, { body })
  t.match((await end({ lastDay: '2026-11-21' })).body, { code: 'malformed' }, 'a change needs a reason')
  const ended = await end({ lastDay: '2026-11-22', reason: '协议终止' })
  t.match([ended.status, ended.body], [200, { key, lastDay: '2026-11-22' }])
  const preCheck = async () =>
    (
      await as(hub.hospital(), 'POST', '/hospital/prescriptions/pre-check', {
        body: { document: hub.envelope().document.toString('base64') },
        key: null,
      })
    ).body.accepted
  t.equal(await preCheck(), true)
  hub.now = new Date('2026-11-23T02:00:00.000Z')
  t.equal(await preCheck(), false)
  t.match((await as(hub.agency(), 'GET', `/agency/registers/designation?key=${key}`)).body.items, [
    { validTo: '2026-11-22', endedBy: hub.agency().id, endReason: '协议终止' },
  ])
  t.equal((await end({ lastDay: '2026-11-22', reason: '再次' })).body.code, 'entry-unknown')
  t.equal(
    (await end({ lastDay: '2026-11-22', reason: '没有' }, 'H00000000000:none')).body.code,
    'entry-unknown',
  )
})

t.test('MZ-4.1 an entry that began today is ended at once, and another begins the same day', async (t) => {
  const { hub, as } = await hubApp(t)
  const { institutionId } = hub.world.cast.primaryHospital
  const data = { institutionId, kind: 'dual-channel', agreementNo: 'X-1', basis: 'application' }
  const key = `${institutionId}:dual-channel`
  const add = () =>
    as(hub.agency(), 'POST', '/agency/registers/designation', {
      body: { validFrom: '2026-11-22', reason: '协议', data },
    })
  const end = (lastDay: string) =>
    as(hub.agency(), 'POST', `/agency/registers/designation/${key}/end`, {
      body: { lastDay, reason: '误录' },
    })
  const holds = async () => {
    const snapshot = await hub.deps.registers.latest(hub.deps.pool, '441400')
    return [
      snapshot.find('designation', key, '2026-11-22') !== undefined,
      snapshot.about('designation', institutionId).filter(({ kind }) => kind === data.kind).length,
    ]
  }
  t.equal((await add()).status, 201)
  t.same(await holds(), [true, 1])
  t.equal((await end('2026-11-20')).body.code, 'entry-unknown', 'two days before its first it does not exist')
  t.equal((await end('2026-11-21')).status, 200)
  t.same(await holds(), [false, 0])
  t.equal((await end('2026-11-21')).body.code, 'entry-unknown', 'once')
  t.equal((await add()).status, 201)
  t.match((await add()).body, {
    code: 'register-conflict',
    details: { register: 'designation', key, validFrom: '2026-11-22' },
  })
  t.same(await holds(), [true, 1])
  const fresh = await new RegisterCache().latest(hub.deps.pool, '441400')
  t.equal(
    fresh.about('designation', institutionId).filter(({ kind }) => kind === data.kind).length,
    1,
    'a cache that reads all at once agrees',
  )
})

t.test('each register takes the example of its description, once', async (t) => {
  const { hub, app, as } = await hubApp(t)
  const { paths } = app.swagger() as {
    paths: Record<
      string,
      {
        post?: {
          requestBody?: { content: Record<string, { example?: unknown; schema: { examples?: unknown[] } }> }
        }
      }
    >
  }
  for (const name of NAMES) {
    const url = `/agency/registers/${name}`
    const content = paths[url]!.post!.requestBody!.content['application/json']!
    const body = (content.example ?? content.schema.examples?.[0]) as Record<string, unknown>
    t.ok(body, name)
    const key = randomUUID()
    const added = await as(hub.agency(), 'POST', url, { body, key })
    t.equal(added.status, 201, name)
    t.equal((await as(hub.agency(), 'POST', url, { body, key })).headers['idempotency-replayed'], 'true')
    if (!['qualification', 'sanction', 'other-benefit'].includes(name)) {
      t.equal((await as(hub.agency(), 'POST', url, { body })).body.code, 'register-conflict', name)
    }
    const data = { ...(body['data'] as object), unknown: 1 }
    t.match((await as(hub.agency(), 'POST', url, { body: { ...body, data } })).body, {
      code: 'malformed',
      fields: [{ path: '/body/data/unknown' }],
    })
    const backwards = { ...body, validFrom: '2030-01-02', validTo: '2030-01-01' }
    t.match((await as(hub.agency(), 'POST', url, { body: backwards })).body, {
      fields: [{ path: '/body/validTo' }],
    })
  }
})

t.test('MZ-4.1 an entry about what no register knows is refused with the member', async (t) => {
  const { hub, as } = await hubApp(t)
  const { cast } = hub.world
  const { institutionId } = cast.hospital
  const add = async (register: string, data: object, validFrom = '2026-11-22') => {
    const { status, body } = await as(hub.agency(), 'POST', `/agency/registers/${register}`, {
      body: { validFrom, reason: '书面决定', data },
    })
    return status === 201
      ? []
      : [body.code, ...(body.fields ?? []).map((field: { path: string }) => field.path)]
  }
  const sanction = { subject: 'institution', kind: 'suspension', reason: '违反协议' }
  t.same(await add('sanction', { ...sanction, subjectId: 'H44140299777' }), [
    'reference-unknown',
    '/body/data/subjectId',
  ])
  t.same(await add('sanction', { ...sanction, subjectId: institutionId }, '2001-01-01'), [
    'reference-unknown',
    '/body/data/subjectId',
  ])
  t.same(await add('sanction', { ...sanction, subject: 'person', subjectId: institutionId }), [
    'reference-unknown',
    '/body/data/subjectId',
  ])
  t.same(await add('sanction', { ...sanction, subjectId: institutionId }), [])
  const filing = {
    practitionerId: 'D441402999777',
    institutionId: 'H44140299777',
    role: 'assessor',
    diseases: [],
  }
  t.same(await add('filing', filing), [
    'reference-unknown',
    '/body/data/practitionerId',
    '/body/data/institutionId',
  ])
  const admission = { personId: cast.person.personId, kind: 'drug' }
  t.same(
    await add('qualification', { ...admission, drugCodes: [cast.drug.drugCode, 'XN07XXD130E002010199777'] }),
    ['reference-unknown', '/body/data/drugCodes/1'],
  )
  t.same(await add('qualification', { ...admission, hospitalId: 'H44140299777' }), [
    'reference-unknown',
    '/body/data/hospitalId',
  ])
  t.same(await add('qualification', { ...admission, hospitalId: 'H11010100001' }), [], 'a hospital elsewhere')
  t.same(
    await add('other-benefit', {
      personId: 'NOBODY0001',
      benefit: 'x1',
      name: { zh: '甲', en: 'A' },
      state: 'available',
    }),
    ['reference-unknown', '/body/data/personId'],
  )
})

t.test('a register is read page by page, every period of every key once', async (t) => {
  const { hub, as } = await hubApp(t)
  const seen: string[] = []
  for (let after = ''; ; ) {
    const { body } = await as(hub.agency(), 'GET', `/agency/registers/designation?limit=7${after}`)
    for (const item of body.items) seen.push(`${item.key} ${item.validFrom}`)
    if (body.next === undefined) break
    after = `&after=${body.next}`
  }
  const expected = hub.world.entries.filter((entry) => entry.register === 'designation')
  t.same(seen.sort(), expected.map((entry) => `${entry.key} ${entry.validFrom}`).sort())
  t.equal((await as(hub.agency(), 'GET', '/agency/registers/unknown')).body.code, 'malformed')
  t.equal((await as(hub.agency(), 'GET', '/agency/registers/drug?after=x')).body.code, 'malformed')
})

t.test('every entry of the sandbox fits the schema and the key of its register', async (t) => {
  const { hub, app } = await hubApp(t, { regions: ['441400', '500000', '140000', '510600', '210400'] })
  const { Ajv2020 } = await import('ajv/dist/2020.js')
  const { default: formats } = await import('ajv-formats')
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  t.ok(app)
  const checks = new Map(NAMES.map((name) => [name, ajv.compile(registerData[name])]))
  const faults = new Set<string>()
  for (const { world } of hub.state.regions.values()) {
    for (const entry of world.entries) {
      const check = checks.get(entry.register)!
      if (!check(entry.data)) faults.add(`${entry.register} ${check.errors?.[0]?.instancePath}`)
      if (keyOf(entry.register, entry.data, entry.key) !== entry.key) faults.add(`key of ${entry.register}`)
    }
  }
  t.same([...faults], [])
})
