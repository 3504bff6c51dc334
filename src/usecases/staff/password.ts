import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** Costs of a new hash: 32 MiB and about a tenth of a second (RFC 7914; OWASP's second choice of equal strength). */
const COSTS = { N: 32_768, r: 8, p: 3 } as const
const BYTES = 32
const SALT_BYTES = 16

/** A password as it is kept: its costs and its salt beside it, so that costs can grow. */
export async function passwordHash(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(password, salt, COSTS)
  return ['scrypt', COSTS.N, COSTS.r, COSTS.p, salt.toString('base64url'), hash.toString('base64url')].join(
    '$',
  )
}

/**
 * Whether a password is the one that was kept. Takes as long when there is none, so that the time doesn't tell whether
 * anybody has the name.
 */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  const [, n, r, p, salt, hash] = (kept ?? NOBODY).split('$')
  const costs = { N: Number(n), r: Number(r), p: Number(p) }
  const given = await derive(password, Buffer.from(salt!, 'base64url'), costs)
  return timingSafeEqual(given, Buffer.from(hash!, 'base64url')) && kept !== undefined
}

const NOBODY = `scrypt$${COSTS.N}$${COSTS.r}$${COSTS.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`

async function derive(password: string, salt: Buffer, costs: ScryptOptions): Promise<Buffer> {
  const options = { ...costs, maxmem: 64 * 1024 * 1024 }
  return await new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, BYTES, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  })
}
