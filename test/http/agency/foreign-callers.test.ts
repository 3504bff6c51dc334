import t from 'tap'
import type { Caller } from '../../../src/usecases/deps.ts'
import { hubApp } from '../../support/hub-app.ts'
import { walker } from '../../support/journey.ts'

const GROUPS =
  /^\/(?:(hospital)\/(?:prescriptions|events|outside-)|(agency)\/(?:registers|prescriptions|manual-files$|outside-|paper-)|(operator)\/)/

t.test('MZ-10 nobody but those concerned reaches a route or an object', async (t) => {
  const { hub, app, as } = await hubApp(t, { regions: ['441400', '500000'] })
  const { no, content } = await walker(hub).settling()
  const other = hub.hospital(hub.world.cast.privateHospital.institutionId)
  const sameIdElsewhere: Caller = { ...hub.hospital(), regionCode: '500000' }
  const agencyElsewhere: Caller = { kind: 'agency', id: 'agency-2', regionCode: '500000' }
  const callers: Record<string, Caller> = {
    hospital: hub.hospital(),
    pharmacy: hub.pharmacy(),
    agency: hub.agency(),
    operator: { kind: 'operator', id: 'operator-1', regionCode: '' },
  }
  const document = app.swagger() as {
    paths: Record<
      string,
      Record<
        string,
        { requestBody?: { content: Record<string, { example?: unknown; schema: { examples?: unknown[] } }> } }
      >
    >
  }
  const before = await hub.deps.pool.query('select * from prescription_state')
  let walked = 0
  for (const [path, methods] of Object.entries(document.paths)) {
    if (!GROUPS.test(path)) continue
    const kind = GROUPS.exec(path)!.slice(1).find(Boolean)!
    const url = path
      .replace('{no}', no)
      .replace('{region}', '441400')
      .replace('{outboxId}', '1')
      .replace('{register}', 'institution')
      .replace('{key}', hub.world.cast.hospital.institutionId)
    for (const [verb, operation] of Object.entries(methods)) {
      const method = verb.toUpperCase() as 'GET' | 'POST'
      const json = operation.requestBody?.content['application/json']
      const body = json?.example ?? json?.schema.examples?.[0]
      if (json !== undefined) t.ok(body, `${verb} ${path} has an example`)
      const token = await app.inject({ method, url })
      t.equal(token.statusCode, 401, `${verb} ${path} without a token`)
      for (const caller of Object.values(callers)) {
        if (caller.kind === kind) continue
        const got = await as(caller, method, url, { body })
        t.match([got.status, got.body.code], [403, 'scope-missing'], `${verb} ${path} by ${caller.kind}`)
        walked += 1
      }
      const unscoped = await as(callers[kind]!, method, url, { body, scopes: ['report:read'] })
      t.equal(unscoped.status, 403, `${verb} ${path} without the scope`)
      if (!path.includes('{no}')) continue
      const strangers = kind === 'hospital' ? [other, sameIdElsewhere] : [agencyElsewhere]
      for (const stranger of strangers) {
        const got = await as(stranger, method, url, { body })
        t.match([got.status, got.body.code], [404, 'prescription-unknown'], `${verb} ${path} by a stranger`)
        walked += 1
      }
    }
  }
  t.ok(walked > 60, `${walked} calls`)
  const after = await hub.deps.pool.query('select * from prescription_state')
  t.same(after.rows, before.rows, 'nothing was changed')
  const found = await as(
    sameIdElsewhere,
    'GET',
    `/hospital/prescriptions?hospitalPrescriptionNo=${content.hospitalPrescriptionNo}`,
  )
  t.same(found.body, { items: [] })
})

t.test('MZ-10 an agency keeps and reads the registers of its own region', async (t) => {
  const { hub, as } = await hubApp(t, { regions: ['441400', '500000'] })
  const elsewhere: Caller = { kind: 'agency', id: 'agency-2', regionCode: '500000' }
  const { institutionId } = hub.world.cast.hospital
  t.same((await as(elsewhere, 'GET', `/agency/registers/institution?key=${institutionId}`)).body, {
    items: [],
  })
  const end = await as(elsewhere, 'POST', `/agency/registers/institution/${institutionId}/end`, {
    body: { lastDay: '2026-11-22', reason: '不是本统筹区' },
  })
  t.equal(end.body.code, 'entry-unknown')
  const sanction = {
    validFrom: '2026-11-22',
    reason: '不是本统筹区',
    data: { subject: 'institution', subjectId: institutionId, kind: 'suspension', reason: 'x' },
  }
  t.equal(
    (await as(elsewhere, 'POST', '/agency/registers/sanction', { body: sanction })).body.code,
    'reference-unknown',
  )
  const preCheck = await as(hub.hospital(), 'POST', '/hospital/prescriptions/pre-check', {
    body: { document: hub.envelope().document.toString('base64') },
    key: null,
  })
  t.equal(preCheck.body.accepted, true, "another region's agency changes nothing here")
  t.same((await as(elsewhere, 'GET', '/agency/manual-files')).body, { items: [] })
  t.same((await as(elsewhere, 'GET', '/agency/outside-prescription-refusals')).body, { items: [] })
})

t.test('the code lists are served to everybody in both languages', async (t) => {
  const { app } = await hubApp(t)
  const lists = (await app.inject('/codes')).json()
  t.match(lists['cancel-reasons'].codes[0], { code: String, zh: /\p{Script=Han}/u, en: String })
  for (const { codes } of Object.values(lists) as { codes: { code: string }[] }[]) {
    t.equal(new Set(codes.map(({ code }) => code)).size, codes.length)
    for (const { code } of codes) t.match(code, /^[a-z0-9][a-z0-9-]*$/)
  }
})
