import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { packageVersion } from './runtime/version.ts'
import { openPool } from './storage/database.ts'
import { signingKeys } from './usecases/access/signing-keys.ts'
import type { Deps } from './usecases/deps.ts'

// Prints the API description. Nothing is asked of a database: routes are registered, never called.
const config = readConfig({ PUBLIC_URL: process.env['PUBLIC_URL'], LOG_LEVEL: 'silent' })
const pool = openPool('postgres://nobody@localhost/none', 1)
const app = await buildApp({
  config,
  pool,
  usecases: { pool, mode: config.mode, clock: () => new Date(0) } as Deps,
  signingKeys: signingKeys(pool, config.keyEncryptionKey),
  machineClock: () => new Date(0),
  probes: [],
  gauges: [],
  version: packageVersion(),
  sandbox: {
    describe: () => ({ notice: { zh: '', en: '' }, issuer: '', tokenEndpoint: '', howTo: [], regions: [] }),
    clock: {
      now: () => new Date(0),
      machineNow: () => new Date(0),
      offsetMs: () => 0,
      setOffset: async () => {},
    },
  },
})
await app.ready()
process.stdout.write(`${JSON.stringify(app.swagger(), null, 2)}\n`)
await app.close()
await pool.end()
