import { readSettings } from './config.ts'
import { closers } from './runtime/closers.ts'
import { openDatabase } from './runtime/open-database.ts'
import { refuseToStart, tell } from './runtime/run-process.ts'

// Brings the database up to date, and ends. Nothing else of the configuration is looked at.
const close = closers()
try {
  const { mode, ...config } = readSettings(process.env, ['mode', 'databaseUrl', 'databasePool', 'dataDir'])
  await openDatabase(config, close, {
    onProgress: tell,
    onError: () => {},
    now: new Date(),
    ...(process.env['MODE'] ? { mode } : {}),
  })
  tell('数据库结构为最新 · The database is up to date')
} catch (error) {
  await close.closeAll(() => {})
  refuseToStart(error)
}
await close.closeAll(() => {})
