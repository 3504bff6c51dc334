import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { newKeyPair } from '../src/national/signature.ts'
import { PACKAGE_ROOT } from '../src/package-root.ts'
import { knownApplication } from '../src/usecases/access/national-application.ts'
import { aClient } from './support/app.ts'
import { freshDatabase } from './support/database.ts'

const program = fileURLToPath(new URL('dist/src/client-cli.js', PACKAGE_ROOT))

t.test('an operator lets a client speak the national interface', async (t) => {
  const { pool, url } = await freshDatabase(t)
  const kek = Buffer.alloc(32, 5)
  const env = { DATABASE_URL: url, KEY_ENCRYPTION_KEY: kek.toString('base64') }
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [program, 'national', ...args], { env }).then(
      ({ stdout }) => stdout,
      (error: { stderr: string }) => `refused: ${error.stderr}`,
    )
  const { clientId } = await aClient(pool, { kind: 'hospital' })
  t.match(
    await run(clientId, '--public-key', Buffer.alloc(65, 4).toString('base64')),
    /refused: the SM2 public key is no point of the curve/,
  )
  const given = await run(clientId, '--public-key', newKeyPair().publicKey)
  t.match(given, /^appId\t[0-9A-F]{32}\nappSecret\t[0-9A-F]{32}\nplatformPublicKey\tB[A-Za-z0-9+/]{86}=\n$/)
  const [appId = '', appSecret] = given.split('\n').map((line) => line.split('\t')[1])
  t.match(await knownApplication(pool, kek, appId), { application: { appSecret }, caller: { id: clientId } })
  t.equal(
    await knownApplication(pool, Buffer.alloc(32), appId),
    undefined,
    'another key does not open its secret',
  )
})
