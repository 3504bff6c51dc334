import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import type { Caller } from '../../../src/usecases/deps.ts'
import { type HubApp, hubApp } from '../../support/hub-app.ts'
import { type Heard, type Listening, listening } from '../../support/socket.ts'

const PERSON = {
  name: '张伟',
  idNumber: '994414196003150028',
  phone: '10044140199',
  birthDate: '1960-03-15',
  sex: 'female',
  scheme: 'employee',
  standing: 'active',
  assistance: 'none',
  insuredRegion: '441400',
  countyCode: '441402',
}

t.test('one rule for text holds in every body, over a real connection', async (t) => {
  const it = await hubApp(t)
  const { hub } = it
  const socket = await listening(it.app)
  const post = posting(it, socket)
  const agency = hub.agency()
  const enter = (bytes: Buffer | string, type = 'application/json', more = {}) =>
    post(agency, '/agency/registers/person', bytes, { 'content-type': type, ...more })
  const entry = (personId: string, name: string) =>
    JSON.stringify({ validFrom: '2026-11-20', reason: 'test', data: { personId, ...PERSON, name } })

  await t.test('GBK is refused, declared or not, by length or in chunks', async (t) => {
    const gbk = Buffer.from(entry('GBK1', '??').replace('??', '\u00d5\u00c5\u00ce\u00b0'), 'latin1')
    for (const chunked of [false, true]) {
      const refused = await post(agency, '/agency/registers/person', gbk, JSON_TYPE, chunked)
      t.match(refused, {
        status: 400,
        body: { code: 'malformed', fields: [{ path: '/body', keyword: 'encoding' }] },
      })
      t.match(refused.body.fields[0].message.en, /UTF-8/)
    }
    t.match(await enter(gbk, 'application/json; charset=GBK'), {
      status: 415,
      body: { code: 'charset-unsupported' },
    })
    t.match(await enter(entry('GBK1', '张伟'), 'application/json; charset="UTF-16"'), { status: 415 })
    // 陆慕 in GBK is valid UTF-8 for what is no name.
    const chance = entry('GBK1', '??').replace('??', '\u00c2\u00bd\u00c4\u00bd')
    t.match(await enter(Buffer.from(chance, 'latin1')), {
      status: 400,
      body: { fields: [{ path: '/body/data/name', keyword: 'not', message: { en: /^Must not hold/ } }] },
    })
    const read = await it.as(agency, 'GET', '/agency/registers/person?key=GBK1')
    t.notOk(JSON.stringify(read.body).includes('GBK1'), 'nothing was stored')
  })

  await t.test('UTF-8 by any of its names, and with a byte order mark, is taken', async (t) => {
    t.match(await enter(entry('BOM1', '张伟'), 'application/json; charset=UTF-8'), { status: 201 })
    t.match(await enter(`\ufeff${entry('BOM2', '李四')}`, 'application/json;charset=utf8'), { status: 201 })
    t.match(await enter(entry('NFC1', 'Jose\u0301'), 'application/json'), { status: 201 })
    const { body } = await it.as(agency, 'GET', '/agency/registers/person?key=NFC1')
    t.match(JSON.stringify(body), '"Jos\u00e9"', 'stored in the normal form')
  })

  await t.test('halves of characters, NUL, twice written and unknown members are named', async (t) => {
    const with_ = (from: string, to: string) => entry('ODD1', '张伟').replace(from, to)
    for (const [bytes, path, keyword] of [
      [with_('张伟', '\\ud842'), '/body/data/name', 'letters'],
      [with_('张伟', '\\udfb7李'), '/body/data/name', 'letters'],
      [with_('张伟', 'x\\u0000'), '/body/data/name', 'letters'],
      [with_('"sex"', '"phone":"1","sex"'), '/body/data/phone', 'unique'],
      [with_('"sex"', '"__proto__":{},"sex"'), '/body/data/__proto__', 'additionalProperties'],
      ['{"a":12345678901234567890}', '/body/a', 'number'],
      [`{"a":${'['.repeat(9_000)}${']'.repeat(9_000)}}`, '/body', 'depth'],
      ['{"a":', '/body', 'json'],
      ['', '/body', 'empty'],
    ] as const) {
      t.match(
        await enter(bytes),
        { status: 400, body: { code: 'malformed', fields: [{ path, keyword }] } },
        path,
      )
    }
  })

  await t.test('a compressed body is told to come as it is', async (t) => {
    const refused = await enter(gzipSync(entry('GZIP1', '张伟')), 'application/json', {
      'content-encoding': 'gzip',
    })
    t.match(refused, { status: 415, body: { code: 'content-encoding-unsupported' } })
    t.equal(refused.headers['accept-encoding'], 'identity')
    t.match(await enter(entry('GZIP2', '张伟'), 'application/json', { 'content-encoding': 'identity' }), {
      status: 201,
    })
  })

  await t.test('what no database keeps is refused in queries and paths too', async (t) => {
    for (const [path, status] of [
      ['/agency/registers/person?key=%00', 400],
      ['/agency/registers/person?key=%FF', 400],
      ['/agency/registers/person?key=a&key=b', 400],
      ['/agency/registers/person?key=%ED%A0%80', 400],
      ['/problems/%00', 400],
      ['/p/%00', 400],
      ['/p/%FF', 400],
    ] as const) {
      const headers = { authorization: `Bearer ${await it.token(agency)}` }
      t.equal((await socket.send('GET', path, { headers })).status, status, path)
    }
  })

  await t.test(
    'the token endpoint and the patient page take forms alone, and no bytes end them',
    async (t) => {
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      const deep = `${'['.repeat(9_000)}${']'.repeat(9_000)}`
      for (const path of ['/oauth/token', '/p/nobody']) {
        t.equal((await socket.send('POST', path, { headers: JSON_TYPE, bytes: deep })).status, 415)
        t.equal((await socket.send('POST', path, { headers: JSON_TYPE, bytes: '{}' })).status, 415)
        for (const bytes of [
          'a=%00',
          'a=%FF',
          'a=1&a=2',
          Buffer.from([0x61, 0x3d, 0xd5]),
          '&'.repeat(4_000),
        ]) {
          const { status } = await socket.send('POST', path, { headers: form, bytes })
          t.ok(status >= 400 && status < 500, `${path}: ${status}`)
        }
        const compressed = { ...form, 'content-encoding': 'gzip' }
        const refused = await socket.send('POST', path, { headers: compressed, bytes: gzipSync('a=1') })
        t.match(refused, { status: 415, headers: { 'accept-encoding': 'identity' } })
        const large = await socket.send('POST', path, { headers: form, bytes: `a=${'x'.repeat(20_000)}` })
        t.equal(large.status, 413)
      }
    },
  )

  await t.test('faults are cut before they are told: a large body gets a small answer', async (t) => {
    const document = Buffer.from(`{"lines":[${'{},'.repeat(32_700)}{}]}`).toString('base64')
    t.ok(document.length <= 131_072)
    const checked = await post(
      hub.hospital(),
      '/hospital/prescriptions/pre-check',
      JSON.stringify({ document }),
    )
    t.match(checked, { status: 400, body: { code: 'document-malformed' } })
    t.ok(checked.bytes.length < 32_768, `${checked.bytes.length} bytes`)
    const items = `{"items":[${'{},'.repeat(60_000)}{}]}`
    const stock = await post(hub.pharmacy(), '/pharmacy/stock', items, JSON_TYPE, false, 'PUT')
    t.match(stock, { status: 400, body: { fields: [{ path: '/body/items', keyword: 'maxItems' }] } })
    const rows = `{"items":[${'{},'.repeat(900)}{}]}`
    const listed = await post(hub.pharmacy(), '/pharmacy/stock', rows, JSON_TYPE, false, 'PUT')
    t.equal(listed.body.fields.length, 100)
    t.ok(listed.bytes.length < 32_768, `${listed.bytes.length} bytes`)
  })
})

const JSON_TYPE = { 'content-type': 'application/json' }

function posting(it: HubApp, socket: Listening) {
  return async (
    caller: Caller,
    path: string,
    bytes: Buffer | string,
    headers: Record<string, string> = JSON_TYPE,
    chunked = false,
    method = 'POST',
  ): Promise<Heard> =>
    await socket.send(method, path, {
      headers: {
        authorization: `Bearer ${await it.token(caller)}`,
        'idempotency-key': randomUUID(),
        ...headers,
      },
      bytes,
      chunked,
    })
}
