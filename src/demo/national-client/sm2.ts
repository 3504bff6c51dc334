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

/** A point as x / z² and y / z³, so that a sum needs no division; z is 0 at infinity. */
interface Scaled extends Point {
  readonly z: bigint
}

const INFINITE: Scaled = { x: 1n, y: 1n, z: 0n }

function doubled({ x, y, z }: Scaled): Scaled {
  if (z === 0n || y === 0n) return INFINITE
  const yy = mod(y * y, P)
  const s = mod(4n * x * yy, P)
  const zz = mod(z * z, P)
  // The curve has A = -3.
  const m = mod(3n * (x - zz) * (x + zz), P)
  const x2 = mod(m * m - 2n * s, P)
  return { x: x2, y: mod(m * (s - x2) - 8n * yy * yy, P), z: mod(2n * y * z, P) }
}

function sum(p: Scaled, q: Scaled): Scaled {
  if (p.z === 0n) return q
  if (q.z === 0n) return p
  const [pzz, qzz] = [mod(p.z * p.z, P), mod(q.z * q.z, P)]
  const [u, s] = [mod(p.x * qzz, P), mod(p.y * qzz * q.z, P)]
  const [h, r] = [mod(q.x * pzz - u, P), mod(q.y * pzz * p.z - s, P)]
  if (h === 0n) return r === 0n ? doubled(p) : INFINITE
  const hh = mod(h * h, P)
  const [hhh, v] = [mod(h * hh, P), mod(u * hh, P)]
  const x = mod(r * r - hhh - 2n * v, P)
  return { x, y: mod(r * (v - x) - s * hhh, P), z: mod(p.z * q.z * h, P) }
}

function multiple(scalar: bigint, point: Point): Scaled {
  let result = INFINITE
  let power: Scaled = { ...point, z: 1n }
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = sum(result, power)
    power = doubled(power)
  }
  return result
}

function plain({ x, y, z }: Scaled): Point | undefined {
  if (z === 0n) return undefined
  const back = inverse(z, P)
  const square = mod(back * back, P)
  return { x: mod(x * square, P), y: mod(y * square * back, P) }
}

function times(scalar: bigint, point: Point): Point | undefined {
  return plain(multiple(scalar, point))
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
  const sumOfBoth = plain(sum(multiple(s, G), multiple(t, point)))
  return sumOfBoth !== undefined && mod(numberOf(digestOf(publicKey, message)) + sumOfBoth.x, N) === r
}
