import { Socket } from 'node:net'
import { Pool, type PoolClient } from 'pg'
import { connectionOf } from './database-address.ts'
import { isConnectionSpoilt } from './database-fault.ts'

/** A pool or a client inside a transaction: anything that runs a statement. */
export type Queryable = Pick<PoolClient, 'query'>

/** A client inside a transaction, as `inTransaction` hands it out. */
export type Transaction = PoolClient

/** Sends what is written in one turn of the event loop by one system call, which is dearer than a short statement. */
class TurnSocket extends Socket {
  override uncork(): void {
    setImmediate(() => super.uncork())
  }
}

/**
 * Opens a pool whose lost idle connections are reported instead of ending the process.
 *
 * Statements of one connection that are asked for without waiting for each other travel together (pipelining); they
 * are still run in their order, and each waits for none but the database.
 *
 * @param connectionString PostgreSQL URL
 * @param max connections at most
 */
export function openPool(
  connectionString: string,
  max: number,
  onError: (error: Error) => void = () => {},
): Pool {
  const pool = new Pool({
    ...connectionOf(connectionString, { before: PLANNER }),
    max,
    idleTimeoutMillis: IDLE_MS,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    application_name: 'prescription-hub',
    pipeline: true,
    stream: () => new TurnSocket(),
  })
  pool.on('error', onError)
  // One that is lost while it is in use fails the next statement of its user; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** For flash or memory; the default is made for turning disks. `options` of the address overrule it. */
const PLANNER = '-c random_page_cost=1.1'

/** Milliseconds waited for a connection, of the server or out of the pool: a caller is better told to come again. */
const CONNECT_MS = 15_000

/** Milliseconds that an idle connection is kept: a new one prepares every statement again. */
const IDLE_MS = 300_000

/** Statements of a transaction that were left to its end, and whether one of them has failed already. */
const left = new WeakMap<Transaction, { readonly statements: Promise<unknown>[]; isSpoilt: boolean }>()

/**
 * Leaves a statement whose answer nobody needs to the end of the transaction: it travels with the commit. When it
 * fails, the transaction fails with its error.
 *
 * Only for a statement that either succeeds or is an error of the database: nothing is looked at before the commit.
 */
export function leave(tx: Transaction, statement: Promise<unknown>): void {
  const at = left.get(tx) ?? { statements: [], isSpoilt: false }
  left.set(tx, at)
  at.statements.push(statement)
  statement.catch(() => {
    at.isSpoilt = true // the end of the transaction tells of it
  })
}

/**
 * Waits for two things that travel together, for both even when one fails: nothing may go on in a transaction that is
 * rolled back.
 *
 * @throws the error of the first, else of the second
 */
export async function together<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const [a, b] = await Promise.allSettled([first, second])
  if (a.status === 'rejected') throw a.reason
  if (b.status === 'rejected') throw b.reason
  return [a.value, b.value]
}

/**
 * Runs `work` in one transaction: committed when it returns, rolled back when it throws.
 *
 * @throws whatever `work` throws, or a statement that it left, or the failed commit
 */
export async function inTransaction<T>(pool: Pool, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    // Prepared, so that they travel with their neighbours.
    leave(client, client.query({ name: 'begin', text: 'begin' }))
    const result = await work(client)
    const { statements } = left.get(client)!
    // One with a parameter that can't be sent has failed by now, unknown to the database: then nothing is committed.
    await new Promise<void>((resolve) => process.nextTick(resolve))
    if (left.get(client)!.isSpoilt) await Promise.all(statements)
    const commit = client.query({ name: 'commit', text: 'commit' })
    commit.catch(() => {}) // the first of the statements that failed says more
    await Promise.all(statements)
    const { command } = await commit
    if (command !== 'COMMIT') throw new Error(`the transaction ended by ${command}`)
    return result
  } catch (error) {
    if (isConnectionSpoilt(error)) broken = error as Error // the pool must not hand it out again
    try {
      await client.query('rollback')
    } catch (rollback) {
      broken = rollback as Error
    }
    throw error
  } finally {
    left.delete(client)
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

/** True for a check that the schema demands by that name. */
export function isCheckViolation(error: unknown, constraint: string): boolean {
  const { code, constraint: name } = error as { code?: string; constraint?: string }
  return code === CHECK_VIOLATION && name === constraint
}

/** SQLSTATE of a row that breaks a check. */
const CHECK_VIOLATION = '23514'
/** SQLSTATE of a row that exists already. */
const UNIQUE_VIOLATION = '23505'
/** SQLSTATE of two register entries whose periods overlap. */
const EXCLUSION_VIOLATION = '23P01'
