import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  createSign,
  hash,
} from 'node:crypto'
import type { Json } from './description.ts'
import type { Asked, World } from './world.ts'

/** What the sandbox publishes of an application of the national interface. */
interface Application {
  readonly appId: string
  readonly appSecret: string
  readonly privateKey: string
}

const CURVE = Buffer.from(
  'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc' +
    '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93' +
    '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7' +
    'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0',
  'hex',
)
const ID = Buffer.concat([Buffer.of(0, 128), Buffer.from('1234567812345678')])

function sm2(privateKey: string, text: string): string {
  // RFC 5915 without the public part: OpenSSL computes it.
  const key = createPrivateKey({
    key: Buffer.concat([
      Buffer.from('30310201010420', 'hex'),
      Buffer.from(privateKey, 'base64'),
      Buffer.from('a00a06082a811ccf5501822d', 'hex'),
    ]),
    format: 'der',
    type: 'sec1',
  })
  const point = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-64)
  const z = hash('sm3', Buffer.concat([ID, CURVE, point]), 'buffer')
  const der = createSign('sm3').update(z).update(text, 'utf8').sign(key)
  const first = 4 + der[3]!
  const halves = [der.subarray(4, first), der.subarray(first + 2)]
  return Buffer.concat(halves.map((half) => Buffer.concat([Buffer.alloc(32), half]).subarray(-32))).toString(
    'base64',
  )
}

function keyOf({ appId, appSecret }: Application): Buffer {
  const cipher = createCipheriv('sm4-ecb', appId.slice(0, 16), null)
  const sealed = Buffer.concat([cipher.update(appSecret), cipher.final()])
    .toString('hex')
    .toUpperCase()
  return Buffer.from(sealed.slice(0, 16))
}

function tidy(value: Json): Json {
  if (Array.isArray(value)) return value.map(tidy)
  if (typeof value !== 'object') return String(value)
  const members = Object.entries(value).filter(
    ([, it]) => it !== '' && !(Array.isArray(it) && it.length === 0),
  )
  return Object.fromEntries(
    members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, it]) => [name, tidy(it)]),
  )
}

function applicationOf(world: World, caller: string): Application {
  const callers = world.sandbox.regions.flatMap((region: Json) => region.callers)
  return callers.find(({ clientId }: Json) => clientId === caller).national
}

/** A message as a system of the national interface seals it. */
export function sealed(world: World, caller: string, data: Json): Json {
  const application = applicationOf(world, caller)
  const { appId, appSecret, privateKey } = application
  const around = { appId, encType: 'SM4', signType: 'SM2', timestamp: String(Date.now()), version: '1.0.0' }
  const { timestamp, version, ...first } = around
  const pieces = {
    appId: first.appId,
    data: JSON.stringify(tidy(data)),
    encType: 'SM4',
    signType: 'SM2',
    timestamp,
    version,
  }
  const text = `${Object.entries(pieces)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')}&key=${appSecret}`
  const cipher = createCipheriv('sm4-ecb', keyOf(application), null)
  const encData = Buffer.concat([cipher.update(JSON.stringify(data), 'utf8'), cipher.final()]).toString('hex')
  return { ...around, encData, signData: sm2(privateKey, text) }
}

/** Asks a function of the interface. @returns its business object @throws Error with the refusal */
export async function askNational(world: World, caller: string, id: string, data: Json): Promise<Json> {
  const asked: Asked = { body: sealed(world, caller, data) }
  const { body } = await world.ok(undefined, id, asked)
  if (body.code !== 0) throw new Error(`${id}: ${body.code} ${body.message}`)
  const decipher = createDecipheriv('sm4-ecb', keyOf(applicationOf(world, caller)), null)
  return JSON.parse(decipher.update(body.encData, 'hex', 'utf8') + decipher.final('utf8'))
}

/** A call of a gateway with its business object sealed, as a pharmacy of the national interface makes it. */
export function gatewayCall(world: World, caller: string, infno: string, data: Json): Json {
  const application = applicationOf(world, caller)
  const { appId, appSecret, privateKey } = application
  const fixmedins_code = caller.replace(/^sandbox-[a-z]+-/, '')
  const time = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
  const text = `appid=${appId}&data=${JSON.stringify(tidy(data))}&encType=SM4&signType=SM2&key=${appSecret}`
  const cipher = createCipheriv('sm4-ecb', keyOf(application), null)
  const encData = Buffer.concat([cipher.update(JSON.stringify(data), 'utf8'), cipher.final()]).toString('hex')
  return {
    infno,
    msgid: `${fixmedins_code}${time.replace(/\D/g, '')}${String(messages++ % 10_000).padStart(4, '0')}`,
    mdtrtarea_admvs: '441400',
    inf_time: time,
    fixmedins_code,
    input: { appid: appId, encType: 'SM4', signType: 'SM2', encData, signData: sm2(privateKey, text) },
  }
}

let messages = 0

/** Asks a function behind the gateway. @returns its business object @throws Error with the refusal */
export async function askGateway(world: World, caller: string, infno: string, data: Json): Promise<Json> {
  const { body } = await world.ok(undefined, 'nationalGateway', {
    body: gatewayCall(world, caller, infno, data),
  })
  if (body.infcode !== 0) throw new Error(`${infno}: ${body.err_msg}`)
  const decipher = createDecipheriv('sm4-ecb', keyOf(applicationOf(world, caller)), null)
  return JSON.parse(decipher.update(body.output.encData, 'hex', 'utf8') + decipher.final('utf8'))
}
