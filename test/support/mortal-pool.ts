import type { Pool, PoolClient } from 'pg'

/** The process that did this is dead as far as a test is concerned; what the database knows is all that is left. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/**
 * A pool whose user dies now and then: before a statement, the commit included; with its connection cut while the
 * statement runs, so that nobody knows whether it was done; or right after a commit, before anybody was told.
 *
 * @param chance from 0 to 1, by a seed
 * @param share of the statements at which it dies
 */
export function mortalPool(pool: Pool, chance: () => number, share: number): Pool {
  const query = async (...given: unknown[]) => {
    if (chance() < share) throw new Killed('before a statement')
    const result = await Reflect.apply(pool.query, pool, given)
    if (chance() < share) throw new Killed('after a statement')
    return result
  }
  const connect = async () => mortalClient(await pool.connect(), chance, share)
  return new Proxy(pool, {
    get: (target, name) =>
      name === 'connect' ? connect : name === 'query' ? query : Reflect.get(target, name),
  })
}

function mortalClient(client: PoolClient, chance: () => number, share: number): PoolClient {
  let dead = false
  const query = async (...given: unknown[]) => {
    const text = textOf(given[0])
    // The dead send nothing more, whatever they had begun: only the server's own rollback follows.
    if (dead && text !== 'rollback') throw new Killed('before')
    if (text !== 'rollback' && chance() < share) {
      dead = true
      if (chance() < 0.5) throw new Killed('before a statement')
      await cutDuring(client, given, chance() < 0.5)
    }
    const result = await Promise.resolve(Reflect.apply(client.query, client, given)).catch((error) => {
      // Statements travel together: those beside the one that died are lost with its connection.
      throw dead ? new Killed('beside a statement') : error
    })
    if (text === 'commit' && chance() < share * 3) {
      dead = true
      throw new Killed('after a commit')
    }
    return result
  }
  return new Proxy(client, {
    get(target, member) {
      if (member === 'query') return query
      const value = Reflect.get(target, member)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement
  return (statement as { text?: string } | undefined)?.text ?? ''
}

/** Sends a statement and cuts the connection, at once or when it is on its way. */
async function cutDuring(client: PoolClient, given: unknown[], sent: boolean): Promise<never> {
  client.on('error', () => {}) // a connection that is lost is reported beside the statement
  const running = Promise.resolve(Reflect.apply(client.query, client, given)).then(
    () => undefined,
    () => undefined,
  )
  if (sent) await new Promise((resolve) => setImmediate(resolve))
  const { connection } = client as PoolClient & { connection: { stream: { destroy(): void } } }
  connection.stream.destroy()
  await running
  throw new Killed('with the connection cut')
}
