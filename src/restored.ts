import { readSettings } from './config.ts'
import { refuseToStart, tell } from './runtime/run-process.ts'
import { StartRefused } from './start-refused.ts'
import { inTransaction, openPool } from './storage/database.ts'
import { beginEpoch } from './storage/hub-database.ts'

// Tells the hub that its database was set back to an earlier state in a way that it can't see: by a base backup with
// its log, or by an image of the disk. Needed before the first start after that; harmless when told once too often.
try {
  const { databaseUrl } = readSettings(process.env, ['databaseUrl'])
  if (databaseUrl === undefined)
    throw new StartRefused('缺少 DATABASE_URL · DATABASE_URL is missing: the restored database')
  const pool = openPool(databaseUrl, 1)
  try {
    const epoch = await inTransaction(pool, (tx) => beginEpoch(tx, new Date()))
    tell(`编号与游标进入第 ${epoch} 纪元 · Numbers and cursors go on in epoch ${epoch}`)
  } finally {
    await pool.end()
  }
} catch (error) {
  refuseToStart(error)
}
