import { hash, randomBytes } from 'node:crypto'

/*
 * SM2 over plain numbers, as a program outside may do it: nothing here is the hub's. GB/T 32918.2 with the curve of
 * GB/T 32918.5 and the standard id. Slow, and not hardened against whoever measures its time: for trying out.
 */

const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn
const A = P - 3n
const B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n

const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
const G: Point = {
  x: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  y: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
}
const ID = Buffer.from('1234567812345678')

interface Point {
  readonly x: bigint
  readonly y: bigint
}

const mod = (value: bigint, by: bigint) => ((value % by) + by) % by
const bytesOf = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
const numberOf = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex') || '0'}`)

function inverse(value: bigint, by: bigint): bigint {
  let [a, b, x, y] = [mod(value, by), by, 1n, 0n]
  while (a > 1n) {
    const times = b / a
    ;[a, b, x, y] = [b - times * a, a, y - times * x, x]
  }
  return mod(x, by)
}

function sum(p: Point | undefined, q: Point | undefined): Point | undefined {
  if (p === undefined) return q
  if (q === undefined) return p
  if (p.x === q.x && mod(p.y + q.y, P) === 0n) return undefined
  const slope =
    p.x === q.x ? (3n * p.x * p.x + A) * inverse(2n * p.y, P) : (q.y - p.y) * inverse(q.x - p.x, P)
  const x = mod(slope * slope - p.x - q.x, P)
  return { x, y: mod(slope * (p.x - x) - p.y, P) }
}

function times(scalar: bigint, point: Point): Point | undefined {
  let result: Point | undefined
  let power: Point | undefined = point
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = sum(result, power)
    power = sum(power, power)
  }
  return result
}

/** The digest that is signed: SM3 over Z of the key and the message. */
export function digestOf(publicKey: string, message: string): Buffer {
  const point = Buffer.from(publicKey, 'base64').subarray(1)
  const z = hash(
    'sm3',
    Buffer.concat([Buffer.from([0, ID.length * 8]), ID, ...[A, B, G.x, G.y].map(bytesOf), point]),
    'buffer',
  )
  return hash('sm3', Buffer.concat([z, Buffer.from(message)]), 'buffer')
}

/** Base64 of 04, x and y of a private key in base64. */
export function publicKeyOf(privateKey: string): string {
  const { x, y } = times(numberOf(Buffer.from(privateKey, 'base64')), G)!
  return Buffer.concat([Buffer.of(4), bytesOf(x), bytesOf(y)]).toString('base64')
}

/** A new private key, base64 of 32 bytes. */
export function newPrivateKey(): string {
  return bytesOf((numberOf(randomBytes(40)) % (N - 2n)) + 1n).toString('base64')
}

/** Base64 of r and s over the message. */
export function sign(privateKey: string, message: string): string {
  const d = numberOf(Buffer.from(privateKey, 'base64'))
  const e = numberOf(digestOf(publicKeyOf(privateKey), message))
  for (;;) {
    const k = (numberOf(randomBytes(40)) % (N - 1n)) + 1n
    const r = mod(e + times(k, G)!.x, N)
    const s = mod(inverse(1n + d, N) * (k - r * d), N)
    if (r !== 0n && r + k !== N && s !== 0n) return Buffer.concat([bytesOf(r), bytesOf(s)]).toString('base64')
  }
}

/** True when base64 of r and s is the key's signature of the message. */
export function verifies(publicKey: string, message: string, signData: string): boolean {
  const bytes = Buffer.from(signData, 'base64')
  const key = Buffer.from(publicKey, 'base64')
  const [r, s] = [numberOf(bytes.subarray(0, 32)), numberOf(bytes.subarray(32))]
  const t = mod(r + s, N)
  if (bytes.length !== 64 || r === 0n || r >= N || s === 0n || s >= N || t === 0n) return false
  const point = { x: numberOf(key.subarray(1, 33)), y: numberOf(key.subarray(33)) }
  const sumOfBoth = sum(times(s, G), times(t, point))
  return sumOfBoth !== undefined && mod(numberOf(digestOf(publicKey, message)) + sumOfBoth.x, N) === r
}
