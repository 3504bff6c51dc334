import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { claimDataFolder } from '../../src/embedded/data-folder.ts'
import { startOf } from '../../src/embedded/process-identity.ts'
import { StartRefused } from '../../src/start-refused.ts'

t.test('a folder belongs to one living process and is free after its release', async (t) => {
  const path = join(t.testdir(), 'data')
  const mine = claimDataFolder(path)
  t.throws(() => claimDataFolder(path), StartRefused, 'this process lives')
  mine.release()
  t.notOk(existsSync(join(path, 'hub.lock')))
  claimDataFolder(path).release()
})

t.test('the lock of a dead process, or of a later one with its id, is taken over', async (t) => {
  const path = t.testdir()
  for (const stale of ['999999999 1\n', `${process.pid} 1\n`, 'rubbish\n', '']) {
    writeFileSync(join(path, 'hub.lock'), stale)
    const mine = claimDataFolder(path)
    t.equal(readFileSync(join(path, 'hub.lock'), 'utf8'), `${process.pid} ${startOf(process.pid)}\n`)
    mine.release()
  }
})

t.test('release leaves the lock of another one alone', async (t) => {
  const path = t.testdir()
  const mine = claimDataFolder(path)
  writeFileSync(join(path, 'hub.lock'), '1 another\n')
  mine.release()
  t.ok(existsSync(join(path, 'hub.lock')))
})

t.test('a folder that cannot be made is refused with one sentence that names it', async (t) => {
  const path = join(t.testdir({ file: '' }), 'file', 'data')
  t.throws(() => claimDataFolder(path), { name: 'StartRefused', message: path })
})

t.test('a process that ended has no start', async (t) => {
  t.equal(startOf(999_999_999), undefined)
  t.ok(startOf(process.pid))
})
