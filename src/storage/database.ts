import { Pool, type PoolClient } from 'pg'

/** A pool or a client inside a transaction: anything that runs a statement. */
export type Queryable = Pick<PoolClient, 'query'>

/** A client inside a transaction, as `inTransaction` hands it out. */
export type Transaction = PoolClient

/**
 * Opens a pool whose lost idle connections are reported instead of ending the process.
 *
 * @param connectionString PostgreSQL URL
 * @param max connections at most
 */
export function openPool(
  connectionString: string,
  max: number,
  onError: (error: Error) => void = () => {},
): Pool {
  const pool = new Pool({ connectionString, max, application_name: 'prescription-hub' })
  pool.on('error', onError)
  return pool
}

/**
 * Runs `work` in one transaction: committed when it returns, rolled back when it throws.
 *
 * @throws whatever `work` throws, or the failed commit
 */
export async function inTransaction<T>(pool: Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    try {
      await client.query('rollback')
    } catch (rollback) {
      broken = rollback as Error // the connection is gone: the pool must not hand it out again
    }
    throw error
  } finally {
    client.release(broken)
  }
}

/** True for a unique or exclusion violation; `constraint` narrows it to one of the schema's names. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const { code, constraint: name } = error as { code?: string; constraint?: string }
  return (
    (code === UNIQUE_VIOLATION || code === EXCLUSION_VIOLATION) &&
    (constraint === undefined || name === constraint)
  )
}

/** SQLSTATE of a row that exists already. */
const UNIQUE_VIOLATION = '23505'
/** SQLSTATE of two register entries whose periods overlap. */
const EXCLUSION_VIOLATION = '23P01'
