import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { Redis } from 'ioredis'
import type { Scope } from '../support/database.ts'

/** A Redis of the test's own, that can go away and come back on the same port, empty each time. */
export async function aRedisServer(t: Scope) {
  const port = await freePort()
  let server: ChildProcess | undefined
  const url = `redis://127.0.0.1:${port}`
  async function stop() {
    if (server === undefined) return
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
    server = undefined
  }
  t.teardown(stop)
  return {
    url,
    async start() {
      const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
      server = spawn('redis-server', [...args, '--dir', tmpdir()], { stdio: 'ignore' })
      await once(server, 'spawn')
    },
    stop,
    async wipe() {
      const redis = new Redis(url)
      await redis.flushall()
      redis.disconnect()
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}
