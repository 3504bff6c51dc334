import t from 'tap'
import { aClient, aToken, testApp } from '../support/app.ts'
import { testHub } from '../support/hub.ts'

const REPORTS = ['drugs', 'costly-drugs', 'outliers', 'fund-trend', 'lapsed-holds', 'never-prescribed']

const AGENCY_ONLY = [
  ...REPORTS.map((name) => `/agency/reports/2026-10/${name}`),
  '/agency/report-files/2026-10/drugs',
  '/agency/overdue-uploads',
  '/agency/stock-match/P44140200001?from=2026-10-01&to=2026-10-31',
  '/agency/payer-differences?day=2026-10-01',
]

async function start(t: Parameters<typeof testHub>[0]) {
  const hub = await testHub(t)
  const { app, pool } = await testApp(t, { parts: { usecases: hub.deps } })
  const tokens = {
    agency: await aToken(app, await aClient(pool, { kind: 'agency' })),
    hospital: await aToken(app, await aClient(pool, { kind: 'hospital' })),
    pharmacy: await aToken(app, await aClient(pool, { kind: 'pharmacy' })),
  }
  const ask = (
    kind: keyof typeof tokens,
    method: 'GET' | 'POST',
    url: string,
    more: { type?: string; payload?: string } = {},
  ) =>
    app.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${tokens[kind]}`,
        'idempotency-key': `key-${url}-${more.payload?.length ?? 0}-padding`.replaceAll(/[^\x21-\x7e]/g, ''),
        ...(more.type === undefined ? {} : { 'content-type': more.type }),
      },
      ...(more.payload === undefined ? {} : { payload: more.payload }),
    })
  return { hub, app, ask }
}

t.test('only the agency reads reports, and nobody without a token', async (t) => {
  const { app, ask } = await start(t)
  for (const url of AGENCY_ONLY) {
    t.equal((await app.inject({ method: 'GET', url })).statusCode, 401, url)
    t.equal((await ask('pharmacy', 'GET', url)).statusCode, 403, url)
    t.equal((await ask('hospital', 'GET', url)).statusCode, 403, url)
    const answer = await ask('agency', 'GET', url)
    t.equal(answer.statusCode, 200, `${url} ${answer.body.slice(0, 200)}`)
  }
  t.equal((await ask('agency', 'GET', '/agency/reports/2026-13/drugs')).json().code, 'malformed')
  t.equal((await ask('agency', 'GET', '/agency/reports/2026-11/drugs')).json().code, 'month-not-closed')
  const csv = await ask('agency', 'GET', '/agency/report-files/2026-10/drugs')
  t.match(csv.headers['content-type'], /^text\/csv/)
  t.match(csv.body, /^\uFEFFinstitutionId,drugCode/)
})

t.test('MZ-9.4a a pharmacy uploads its books as CSV or NDJSON and sees its own only', async (t) => {
  const { hub, ask } = await start(t)
  const { drugCode } = hub.world.cast.drug
  const csv = `kind,reference,on,drugCode,quantity,unitPriceFen\npurchase,A1,2026-11-20,${drugCode},10,1000\n`
  const first = await ask('pharmacy', 'POST', '/pharmacy/stock-uploads', { type: 'text/csv', payload: csv })
  t.equal(first.statusCode, 200, first.body.slice(0, 300))
  t.match(first.json(), { lines: 1, repeated: false })
  const again = await ask('pharmacy', 'POST', '/pharmacy/stock-uploads', {
    type: 'text/csv; charset=utf-8',
    payload: csv,
  })
  t.match(again.json(), { repeated: true })
  const bad = await ask('pharmacy', 'POST', '/pharmacy/stock-uploads', {
    type: 'application/x-ndjson',
    payload: '{}\n{"kind":1',
  })
  t.equal(bad.statusCode, 422)
  t.match(bad.json(), { code: 'upload-faulty', fields: [{ path: '/lines/1/kind' }] })
  t.equal(
    (await ask('pharmacy', 'POST', '/pharmacy/stock-uploads', { type: 'application/json', payload: '{}' }))
      .statusCode,
    415,
  )
  t.equal(
    (await ask('agency', 'POST', '/pharmacy/stock-uploads', { type: 'text/csv', payload: csv })).statusCode,
    403,
  )
  t.equal((await ask('pharmacy', 'GET', '/pharmacy/stock-uploads')).json().uploads.length, 1)
  t.equal((await ask('hospital', 'GET', '/pharmacy/stock-uploads')).json().uploads.length, 0)
  const match = await ask('pharmacy', 'GET', '/pharmacy/stock-match?from=2026-11-01&to=2026-11-22')
  t.match(match.json(), { balances: [{ drugCode, bought: '10', sold: '0' }], findings: [] })
  t.equal(
    (await ask('pharmacy', 'GET', '/pharmacy/stock-match?from=2026-11-22&to=2026-11-01')).statusCode,
    400,
  )
})

t.test('MZ-6.7 counters open files, only the agency decides and pays', async (t) => {
  const { ask } = await start(t)
  t.equal((await ask('pharmacy', 'GET', '/reimbursements')).statusCode, 403)
  t.same((await ask('hospital', 'GET', '/reimbursements')).json(), { files: [] })
  const id = '0193f2a0-0000-7000-8000-000000000000'
  const json = { type: 'application/json' }
  for (const [path, payload] of [
    ['decision', '{"decision":"decline","reason":"x"}'],
    ['payment', '{"paymentReference":"B-1"}'],
    ['send-back', '{"reason":"x"}'],
    ['reopen', '{"reason":"x"}'],
  ] as const) {
    const url = `/reimbursements/${id}/${path}`
    t.equal((await ask('hospital', 'POST', url, { ...json, payload })).statusCode, 403, path)
    t.equal((await ask('agency', 'POST', url, { ...json, payload })).json().code, 'file-unknown', path)
  }
  const application = {
    occasion: 'living-elsewhere',
    personId: 'P1',
    reason: 'r',
    expenseOn: '2026-11-20',
    invoiceNo: 'INV-001',
    hospital: { name: 'h', level: 'tertiary' },
    supplier: { name: 's' },
    diagnoses: [{ code: 'C34.900', name: 'd' }],
    lines: [{ lineNo: 1, drugCode: 'X'.repeat(23), quantity: '1', unit: '片', days: 1, unitPriceFen: 1 }],
  }
  const open = (body: object) =>
    ask('hospital', 'POST', '/reimbursements', { ...json, payload: JSON.stringify(body) })
  t.equal((await open({ ...application, name: 'no names here' })).json().code, 'malformed')
  t.equal((await open(application)).json().code, 'occasion-unknown', 'Meizhou knows no such occasion')
})
