import { readConfig } from './config.ts'
import { closers } from './runtime/closers.ts'
import { openDatabase } from './runtime/open-database.ts'
import { refuseToStart, tell } from './runtime/run-process.ts'

// Brings the database of the configuration up to date, and ends.
const close = closers()
try {
  await openDatabase(readConfig(process.env), close, { onProgress: tell, onError: () => {} })
  tell('数据库结构为最新 · The database is up to date')
} catch (error) {
  await close.closeAll(() => {})
  refuseToStart(error)
}
await close.closeAll(() => {})
