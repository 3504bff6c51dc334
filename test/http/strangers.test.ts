import t from 'tap'
import { closeMonth } from '../../src/usecases/clearing/close-month.ts'
import { deferSettlement } from '../../src/usecases/defer-settlement.ts'
import type { Caller } from '../../src/usecases/deps.ts'
import { accessToken } from '../support/access-token.ts'
import { aWrite } from '../support/hub.ts'
import { type HubApp, hubApp } from '../support/hub-app.ts'
import { walker } from '../support/journey.ts'

interface Operation {
  readonly security?: readonly { readonly oauth: readonly string[] }[]
  readonly 'x-callers'?: readonly string[]
  readonly requestBody?: {
    readonly content: Record<
      string,
      { readonly example?: unknown; readonly schema: { examples?: unknown[] } }
    >
  }
}

/** Every operation of the description. */
function operationsOf({ app }: HubApp) {
  const { paths } = JSON.parse(JSON.stringify(app.swagger())) as {
    paths: Record<string, Record<string, Operation>>
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([verb, operation]) => ({
      path,
      method: verb.toUpperCase() as 'GET' | 'POST',
      operation,
      name: `${verb.toUpperCase()} ${path}`,
    })),
  )
}

/** What anybody may ask; a new address belongs here only after somebody thought about it. */
const OPEN = new Set([
  'POST /oauth/token',
  'GET /.well-known/jwks.json',
  'GET /.well-known/oauth-authorization-server',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /problems',
  'GET /problems/{code}',
  'GET /codes',
  'GET /codes/{list}',
  'GET /schemas/prescription-document',
  // By the secret in the address.
  'GET /p/{token}',
  'POST /p/{token}',
  'POST /p/{token}/choice',
  'POST /p/{token}/leave',
  'GET /p/{token}/papers/{paper}',
  'GET /p/{token}/papers/{settlementId}/{paper}',
  'GET /d/{token}',
  'POST /d/{token}',
  'GET /sandbox/notifications',
  'POST /sandbox/failures',
  // By the message itself: appId, and a signature with the client's key over what it says.
  'POST /fixmedins/uploadChk',
  'POST /fixmedins/rxFixmedinsSign',
  'POST /fixmedins/rxFileUpld',
  'POST /fixmedins/rxUndo',
  'POST /fixmedins/hospRxDetlQuery',
  'POST /fixmedins/rxChkInfoQuery',
  'POST /fixmedins/rxSetlInfoQuery',
  'POST /fixmedins/circDrugQuery',
  'POST /fsi/api/callFsiService/callService',
])

const INSTANCES: Readonly<Record<string, string>> = {
  month: '2026-11',
  form: 'csv',
  paper: 'settlement',
  report: 'drugs',
  region: '441400',
  register: 'institution',
  key: 'x',
  outboxId: '1',
  code: 'record',
  paperNo: '1',
  disputeNo: '1',
}

const filled = (path: string, values: Readonly<Record<string, string>>) =>
  path.replace(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? '0192f0c1-0000-7000-8000-000000000000')

t.test('MZ-10 every address asks who calls, but for those that anybody may ask', async (t) => {
  const it = await hubApp(t)
  const callers: Record<string, Caller> = {
    hospital: it.hub.hospital(),
    pharmacy: it.hub.pharmacy(),
    agency: it.hub.agency(),
    operator: { kind: 'operator', id: 'operator-1', regionCode: '' },
  }
  const open: string[] = []
  for (const { path, method, operation, name } of operationsOf(it)) {
    const admitted = operation['x-callers']
    if (admitted === undefined) {
      open.push(name)
      continue
    }
    const url = filled(path, INSTANCES)
    t.equal((await it.app.inject({ method, url })).statusCode, 401, `${name} without a token`)
    for (const [kind, caller] of Object.entries(callers)) {
      const scopes = admitted.includes(kind) ? [] : undefined
      const got = await it.as(caller, method, url, scopes === undefined ? {} : { scopes })
      t.match([got.status, got.body.code], [403, 'scope-missing'], `${name} by ${kind}`)
    }
  }
  t.same(open.sort(), [...OPEN].sort())
})

t.test('MZ-10 nothing that one may ask tells a stranger of others', async (t) => {
  const it = await hubApp(t, { regions: ['441400', '500000'] })
  const { hub } = it
  const { cast } = hub.world
  const walk = walker(hub)
  const done = await walk.dispensed()
  const waiting = await walk.settling({ person: cast.resident })
  hub.now = new Date(hub.now.getTime() + 120_000)
  const pharmacy = hub.pharmacy()
  await deferSettlement(hub.deps, pharmacy, aWrite(pharmacy), waiting.no, 'settlement-unavailable')
  hub.now = new Date('2026-12-02T02:00:00Z')
  await closeMonth(hub.deps, hub.agency(), aWrite(hub.agency()), '2026-11')
  const { rows: files } = await hub.deps.pool.query<{ file_id: string }>('select file_id from manual_file')
  const values = {
    ...INSTANCES,
    no: done.no,
    settlementId: done.settlementId,
    fileId: files[0]!.file_id,
    institutionId: pharmacy.institutionId,
  }
  const secrets = [done, waiting].flatMap(({ no, content, settlementId }) => [
    no,
    settlementId,
    content.hospitalPrescriptionNo,
    content.patient.personId,
    content.patient.idNumber,
    content.patient.name,
  ])
  secrets.push(files[0]!.file_id)
  const elsewhere = '500000'
  const strangers: readonly Caller[] = [
    hub.hospital(cast.privateHospital.institutionId),
    hub.pharmacy(cast.secondPharmacy.institutionId),
    { ...hub.hospital(), regionCode: elsewhere },
    { ...pharmacy, regionCode: elsewhere },
    { ...hub.agency(), regionCode: elsewhere },
  ]
  let told = 0
  for (const { path, method, operation, name } of operationsOf(it)) {
    if (operation['x-callers'] === undefined || path.endsWith('/stream')) continue
    const json = operation.requestBody?.content['application/json']
    const body = json?.example ?? json?.schema.examples?.[0]
    if (method !== 'GET' && json !== undefined && body === undefined) continue
    for (const stranger of strangers) {
      if (!operation['x-callers'].includes(stranger.kind)) continue
      const id = `${stranger.kind}-of-nobody`
      const url = filled(path, values)
      const token = await accessToken(
        it.app,
        hub.deps.pool,
        { ...stranger, id },
        operation.security?.[0]?.oauth as never,
        60,
      )
      const { statusCode, body: text } = await it.app.inject({
        method,
        url,
        headers: { authorization: `Bearer ${token}`, 'idempotency-key': `${id}-${method}-${told}-x` },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      const who = `${name} by the ${stranger.kind} ${stranger.institutionId ?? ''} of ${stranger.regionCode}`
      t.ok(statusCode < 500, `${who}: ${statusCode}`)
      t.same(
        secrets.filter((secret) => !url.includes(secret) && text.includes(secret)),
        [],
        who,
      )
      // An id that is another's is answered as an unknown one.
      if (/\{(no|settlementId|fileId)\}/.test(path) && !path.startsWith('/admissions'))
        t.ok([400, 404].includes(statusCode), `${who}: ${statusCode} ${text.slice(0, 200)}`)
      told += 1
    }
  }
  t.ok(told > 150, `${told} calls`)
  t.equal(await walk.stateOf(done.no), 'dispensed')
})
