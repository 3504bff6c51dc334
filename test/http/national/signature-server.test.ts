import t from 'tap'
import {
  signatureRequest,
  signedMembers,
  upload,
  uploadCheck,
} from '../../../src/demo/national-client/hospital.ts'
import { simulatedSignatureServer } from '../../../src/embedded/sandbox-national.ts'
import type { SandboxState } from '../../../src/embedded/seed-sandbox.ts'
import { NATIONAL_TABLES } from '../../../src/national/tables.ts'
import { startSvsSimulator } from '../../../src/signature-server/simulator.ts'
import { svsClient } from '../../../src/signature-server/svs-client.ts'
import { readAnswer, verdictOf } from '../../../src/signature-server/svs-message.ts'
import type { SignatureServer } from '../../../src/usecases/national/signature-server.ts'
import { nationalStage } from './stage.ts'

const EXPIRED = 67_108_873
const WRONG = 67_108_876

t.test('answers of signature servers are read as they come', async (t) => {
  t.same(readAnswer('respValue=0'), { respValue: 0 })
  t.same(readAnswer('respValue=0x0400000c'), { respValue: WRONG })
  t.same(readAnswer('{"respValue": 67108876}'), { respValue: WRONG })
  t.same(
    readAnswer('respValue=0&signedMessage=+/8%3D')?.signedMessage?.toString('hex'),
    'fbff',
    'a plus as a blank',
  )
  for (const none of ['', 'OK', '{', '<html>', 'respValue=', 'respValue=one'])
    t.equal(readAnswer(none), undefined, JSON.stringify(none))
  t.same(
    [0, WRONG, EXPIRED, 67_108_875, 67_108_878].map((respValue) => verdictOf({ respValue })),
    [undefined, 'signature-wrong', 'certificate-expired', 'certificate-revoked', 'trouble'],
  )
})

t.test('GM/T 0029: the region’s server signs D002, and has a say about every signature', async (t) => {
  let own: SignatureServer | undefined
  let verdict = 0
  const svs = await startSvsSimulator({
    sign: async (keyIndex, keyValue, value) =>
      keyIndex === 7 && keyValue === 'code'
        ? (await own!.sign(institutionId, value, new Date()))?.signature
        : undefined,
    verify: async () => verdict,
  })
  t.teardown(() => svs.close())
  let institutionId = ''
  const keys = new Map<string, { keyIndex: number; keyValue: string }>()
  const client = svsClient({ url: svs.url, timeoutMs: 2_000, keys, now: () => new Date() })
  const stage = await nationalStage(t, {
    signatureServer: (state: SandboxState) => {
      own = simulatedSignatureServer(state)
      return client
    },
    signatureChecker: client,
    nationalTables: { ...NATIONAL_TABLES, errorCodes: { 'signature-wrong': 40_301 } },
  })
  const { call, hub } = stage
  institutionId = hub.world.cast.hospital.institutionId
  const check = uploadCheck(stage.sample())
  const { data: numbers } = await call('uploadChk', check)
  const signed = signedMembers(check, numbers as { rxTraceCode: string; hiRxno: string }, {
    code: 'HY441400000001',
    name: '样例审方药师',
  })
  const sign = () => call('rxFixmedinsSign', signatureRequest(signed))
  t.match((await sign()).message, '[unavailable]', 'it holds no key of the hospital')
  keys.set(institutionId, { keyIndex: 7, keyValue: 'another' })
  t.match((await sign()).message, '[unavailable]', 'another access code')
  keys.set(institutionId, { keyIndex: 7, keyValue: 'code' })
  svs.mood = 'broken'
  t.match((await sign()).message, '[unavailable]')
  svs.mood = 'json'
  const { code, message, data } = await sign()
  t.equal(code, 0, message)
  t.match(data, { signCertSn: /^[0-9A-F]+$/, signCertDn: new RegExp(institutionId) })

  const send = () => call('rxFileUpld', upload(signed, data))
  verdict = WRONG
  const refused = await send()
  t.match(refused.message, '[signature-wrong]', 'its no is a no')
  t.equal(refused.code, 40_301, 'by the number that the region has for it')
  verdict = EXPIRED
  t.match((await send()).message, '[certificate-expired]')
  verdict = 67_108_878
  t.match((await send()).message, '[unavailable]', 'its own trouble is nobody’s fault')
  svs.mood = 'silent'
  t.match((await send()).message, '[unavailable]', 'and its silence accepts nothing')
  const { rows } = await hub.deps.pool.query('select count(*)::int as n from prescription')
  t.equal(rows[0].n, 0)
  svs.mood = 'good'
  verdict = 0
  const { signDigest, ...rest } = upload(signed, data)
  const altered = Buffer.from(signDigest, 'base64')
  altered[altered.length - 5]! ^= 1
  t.match(
    (await call('rxFileUpld', { ...rest, signDigest: altered.toString('base64') })).message,
    '[signature-wrong]',
    'its yes does not stand for the hub’s own',
  )
  const taken = await send()
  t.equal(taken.code, 0, taken.message)
  t.ok((svs.asked.get('/VerifySignedMessage') ?? 0) >= 5)
})
