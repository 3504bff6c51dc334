import t from 'tap'
import { computeMonth } from '../../../src/usecases/clearing/close-month.ts'
import type { Caller } from '../../../src/usecases/deps.ts'
import { hubApp } from '../../support/hub-app.ts'
import { walker } from '../../support/journey.ts'
import { listening } from '../../support/socket.ts'
import { COVERED, DECEMBER } from '../../usecases/clearing/clearing.ts'

t.test('MZ-9.4a MZ-7.3 what is read as a stream is taken over a real connection', async (t) => {
  const it = await hubApp(t)
  const { hub } = it
  const { send } = await listening(it.app)
  const upload = async (
    caller: Caller,
    path: string,
    type: string,
    bytes: string | Buffer,
    chunked = false,
  ) =>
    await send('POST', path, {
      headers: { authorization: `Bearer ${await it.token(caller)}`, 'content-type': type },
      bytes,
      chunked,
    })

  await walker(hub).dispensed(COVERED)
  hub.now = DECEMBER
  const agency = hub.agency()
  await it.as(agency, 'POST', '/agency/clearing/2026-11/close')
  await computeMonth(hub.deps, { regionCode: agency.regionCode, month: '2026-11' })
  const pharmacy = hub.pharmacy()
  const hospital = hub.hospital()
  for (const { institutionId } of [pharmacy, hospital]) {
    await it.as(agency, 'POST', `/agency/clearing/2026-11/statements/${institutionId}/send`)
  }
  const { drugCode } = hub.world.cast.drug
  const line = { kind: 'purchase', on: '2026-11-20', drugCode, quantity: '10', unitPriceFen: 324 }
  const header = 'kind,reference,on,drugCode,quantity,unitPriceFen'
  const books = 'settlement_id,line_no,drug_code,quantity,unit_price,demanded\n'

  for (const chunked of [false, true]) {
    const way = chunked ? 'chunked' : 'length'
    const csv = `${header}\npurchase,R-${way},2026-11-20,${drugCode},10,324\n`
    t.match(await upload(pharmacy, '/pharmacy/stock-uploads', 'text/csv', csv, chunked), {
      status: 200,
      body: { lines: 1, repeated: false },
    })
    const ndjson = `${JSON.stringify({ ...line, reference: `J-${way}` })}\n`
    t.match(await upload(pharmacy, '/pharmacy/stock-uploads', 'application/x-ndjson', ndjson, chunked), {
      status: 200,
      body: { lines: 1, repeated: false },
    })
    t.match(await upload(pharmacy, '/pharmacy/stock-uploads', 'application/x-ndjson', '{}\n', chunked), {
      status: 422,
      body: { code: 'upload-faulty' },
    })
    t.match(await upload(pharmacy, '/pharmacy/clearing/2026-11/file', 'text/csv', books, chunked), {
      status: 200,
      body: { rows: 0, differences: { 'missing-there': 1 } },
    })
    t.match(await upload(hospital, '/hospital/clearing/2026-11/file', 'text/csv', 'x\n', chunked), {
      status: 400,
      body: { code: 'clearing-file-malformed' },
    })
  }

  // 采购 in GBK.
  const gbk = Buffer.concat([
    Buffer.from(`${header}\r\n`),
    Buffer.from([0xb2, 0xc9, 0xb9, 0xba]),
    Buffer.from(`,G-1,2026/11/20,${drugCode},10,324\r\n`),
  ])
  const path = '/pharmacy/stock-uploads'
  const told = {
    status: 422,
    body: { code: 'upload-faulty', fields: [{ path: '/lines/2', keyword: 'encoding' }] },
  }
  t.match(await upload(pharmacy, path, 'text/csv', gbk), told)
  const big5 = await upload(pharmacy, path, 'text/csv; charset=big5', gbk)
  t.match(big5, { status: 415, body: { code: 'charset-unsupported' } })
  const tried = await upload(pharmacy, `${path}?dryRun=true`, 'text/csv; charset=GBK', gbk)
  t.match(tried, { status: 200, body: { lines: 1, repeated: false } })
  t.notOk(tried.body.uploadId)
  t.match(await upload(pharmacy, path, 'text/csv; charset=GBK', gbk), {
    status: 200,
    body: { repeated: false },
  })
})
