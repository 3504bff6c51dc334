import { hash } from 'node:crypto'
import t from 'tap'
import { dataKey, opened, sealed, sm4, textToSign, unSm4 } from '../../src/demo/national-client/envelope.ts'
import * as client from '../../src/demo/national-client/sm2.ts'
import { DEMO, VECTORS } from '../../src/demo/national-client/vectors.ts'
import { dataKeyOf, decrypted, encrypted } from '../../src/national/cipher.ts'
import { type Application, open, seal } from '../../src/national/message.ts'
import { signText } from '../../src/national/sign-text.ts'
import { isSigned, pointOf, signature } from '../../src/national/signature.ts'
import { isTextObject, readTexts, type TextObject } from '../../src/national/texts.ts'
import { SM2_STANDARD_ID, sm2Z } from '../../src/trust/sm2.ts'

const WINDOW_MS = 600_000
const platform = { privateKey: DEMO.privateKey, publicKey: DEMO.publicKey }
const application: Application = {
  appId: DEMO.appId,
  appSecret: DEMO.appSecret,
  publicKey: DEMO.publicKey,
  platform,
}
const credentials = { ...DEMO, platformPublicKey: DEMO.publicKey }

function objectOf(json: string): TextObject {
  const read = readTexts(json, '')
  if ('faults' in read || !isTextObject(read.value)) throw new Error(`no object: ${json}`)
  return read.value
}

t.test('the data key is derived from id and secret by hub and client', async (t) => {
  t.equal(encrypted(Buffer.from(DEMO.appId.slice(0, 16)), DEMO.appSecret), DEMO.derivation)
  t.equal(dataKeyOf(DEMO.appId, DEMO.appSecret).toString('ascii'), DEMO.dataKey)
  t.equal(sm4(DEMO.appId.slice(0, 16), DEMO.appSecret), DEMO.derivation)
  t.equal(dataKey(DEMO.appId, DEMO.appSecret), DEMO.dataKey)
  t.equal(sm2Z(pointOf(DEMO.publicKey), SM2_STANDARD_ID).toString('hex'), DEMO.z)
  t.equal(client.publicKeyOf(DEMO.privateKey), DEMO.publicKey, 'the pair belongs together')
})

for (const vector of VECTORS) {
  const { around, business, encData, text, textDigest, digest, signData } = vector
  t.test(`the hub reproduces the known answer: ${vector.name}`, async (t) => {
    const key = dataKeyOf(DEMO.appId, DEMO.appSecret)
    t.equal(encrypted(key, business), encData)
    t.equal(decrypted(key, encData.toLowerCase())?.toString(), business, 'hex of either case')
    t.equal(signText(objectOf(around), objectOf(business), DEMO.appSecret), text)
    t.equal(hash('sm3', text), textDigest)
    const z = sm2Z(pointOf(DEMO.publicKey), SM2_STANDARD_ID)
    t.equal(hash('sm3', Buffer.concat([z, Buffer.from(text)])), digest)
    t.ok(isSigned(DEMO.publicKey, text, signData))
    t.notOk(isSigned(DEMO.publicKey, `${text}.`, signData))
    const message = { ...objectOf(around), encData, signData }
    const sent = new Date(Number(message['timestamp' as keyof typeof message]))
    t.same(open(message, application, sent, WINDOW_MS), { data: objectOf(business), json: business })
  })
  t.test(`a client of other code reproduces it: ${vector.name}`, async (t) => {
    t.equal(sm4(dataKey(DEMO.appId, DEMO.appSecret), business), encData)
    t.equal(unSm4(DEMO.dataKey, encData), business)
    t.equal(textToSign(JSON.parse(around), JSON.parse(business), DEMO.appSecret), text)
    t.equal(client.digestOf(DEMO.publicKey, text).toString('hex'), digest)
    t.ok(client.verifies(DEMO.publicKey, text, signData))
    t.notOk(client.verifies(DEMO.publicKey, `${text}.`, signData))
  })
}

t.test('hub and client verify each other', async (t) => {
  t.ok(client.verifies(DEMO.publicKey, '处方', signature(platform, '处方')))
  t.ok(isSigned(DEMO.publicKey, '处方', client.sign(DEMO.privateKey, '处方')))
  const answer = seal(
    application,
    { code: 0, message: '成功', output: { hiRxno: '1', 名: '张三' } },
    new Date(),
  )
  t.same(opened(credentials, { ...answer }), { code: 0, message: '成功', data: { hiRxno: '1', 名: '张三' } })
})

const NOW = new Date('2026-11-22T02:00:00Z')
const BUSINESS = { hospRxno: 'R1', valiDays: 3, cardSn: '', lines: [{ cnt: 1.5, extras: {} }] }
const message = (around: Record<string, unknown> = {}) =>
  objectOf(JSON.stringify(sealed(credentials, BUSINESS, { timestamp: NOW.getTime(), ...around })))

t.test('what real clients send is opened', async (t) => {
  const habits: Record<string, Record<string, unknown>> = {
    'the time as a number': { timestamp: NOW.getTime() },
    'the time as a text of digits': { timestamp: String(NOW.getTime()) },
    'a time with a fraction': { timestamp: `${NOW.getTime()}.4567` },
    'algorithms in small letters': { encType: 'sm4', signType: 'sm2' },
    'no version': { version: undefined },
    'an empty transType': { transType: '' },
    'an extra that nobody signs': { extra: 'x' },
  }
  for (const [name, around] of Object.entries(habits)) {
    const opened = open(message(around), application, NOW, WINDOW_MS)
    t.ok('data' in opened, `${name}: ${JSON.stringify(opened)}`)
  }
})

t.test('a gateway message without a time of its own, signed as appid or appId', async (t) => {
  for (const name of ['appid', 'appId']) {
    const {
      appId: _,
      timestamp: __,
      ...rest
    } = message({ appId: undefined, timestamp: undefined, version: undefined })
    const signed = textToSign(
      { [name]: DEMO.appId, encType: 'SM4', signType: 'SM2' },
      BUSINESS,
      DEMO.appSecret,
    )
    const sent = { ...rest, appid: DEMO.appId, signData: client.sign(DEMO.privateKey, signed) }
    t.ok('data' in open(sent, application, NOW, WINDOW_MS, NOW), name)
    t.same(open(sent, application, NOW, WINDOW_MS), { fault: 'time-missing' }, 'no time anywhere is no time')
  }
})

t.test('empty values inside lists may be signed or left out', async (t) => {
  const business = '{"rows":[{"b":"","a":1}]}'
  const around = { appId: DEMO.appId, encType: 'SM4', signType: 'SM2', timestamp: String(NOW.getTime()) }
  const head = `appId=${DEMO.appId}&data=`
  const tail = `&encType=SM4&signType=SM2&timestamp=${NOW.getTime()}&key=${DEMO.appSecret}`
  for (const rows of ['{"rows":[{"a":"1"}]}', '{"rows":[{"a":"1","b":""}]}']) {
    const sent = {
      ...around,
      encData: encrypted(dataKeyOf(DEMO.appId, DEMO.appSecret), business),
      signData: signature(platform, head + rows + tail),
    }
    t.ok('data' in open(sent, application, NOW, WINDOW_MS), rows)
  }
})

t.test('JSON with escapes is parsed before its text is signed, and a body may be JSON twice', async (t) => {
  t.same(objectOf('{"a":"\\u5f20\\u4e09","n":3.0,"b":false,"s":"1e5 true \\" 2"}'), {
    a: '张三',
    n: '3.0',
    b: 'false',
    s: '1e5 true " 2',
  })
  t.same(objectOf(JSON.stringify('{"n":1}')), { n: '1' })
  t.ok('faults' in readTexts('{"a":1,"a":2}', ''), 'a member twice could be read either way')
  t.ok('faults' in readTexts('{', ''))
  for (const short of ['1,', '[],', '{},', '"",'])
    t.match(
      readTexts(`[${short.repeat(100_000)}1]`, '/body'),
      { faults: [{ path: '/body', keyword: 'maxItems' }] },
      'short to write and long to read',
    )
  t.ok('value' in readTexts(`{"file":"${'A'.repeat(1_000_000)}","rows":[${'1,'.repeat(50_000)}1]}`, ''))
})

t.test('what is wrong is told by its cause', async (t) => {
  const faultOf = (sent: TextObject, at = NOW) => {
    const opened = open(sent, application, at, WINDOW_MS)
    return 'fault' in opened ? opened.fault : 'none'
  }
  const right = message()
  t.equal(faultOf(right), 'none')
  t.equal(faultOf({ ...right, encType: 'AES' }), 'algorithm-unknown')
  t.equal(faultOf({ ...right, signType: 'RSA' }), 'algorithm-unknown')
  t.equal(faultOf(message({ version: '9.0.0' })), 'version-unknown')
  t.equal(faultOf(message({ timestamp: undefined })), 'time-missing')
  t.equal(faultOf(message({ timestamp: 'yesterday' })), 'time-missing')
  t.equal(faultOf(right, new Date(NOW.getTime() + WINDOW_MS + 1)), 'outside-the-window')
  t.equal(faultOf(right, new Date(NOW.getTime() - WINDOW_MS - 1)), 'outside-the-window')
  t.equal(faultOf({ ...right, encData: 'ZZ' }), 'not-decrypted')
  t.equal(faultOf({ ...right, encData: '00'.repeat(16) }), 'not-decrypted')
  t.equal(faultOf({ ...right, encData: encrypted(Buffer.from(DEMO.dataKey), '[1]') }), 'not-json')
  t.equal(
    faultOf({ ...right, encData: encrypted(Buffer.from(DEMO.dataKey), '{"hospRxno":"R2"}') }),
    'signature-wrong',
  )
  t.equal(faultOf({ ...right, appId: 'X'.repeat(32) }), 'signature-wrong', 'the id is signed')
  t.equal(faultOf({ ...right, signData: 'MEUCIQ==' }), 'signature-wrong')
})
