import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { calculateJwkThumbprint } from 'jose'
import t from 'tap'
import { PACKAGE_ROOT } from '../src/package-root.ts'
import { findClient } from '../src/storage/access/clients.ts'
import { addEntries } from '../src/storage/registers.ts'
import { makeKeyPair } from '../src/trust/key-pair.ts'
import { freshDatabase } from './support/database.ts'

const program = fileURLToPath(new URL('dist/src/client-cli.js', PACKAGE_ROOT))

t.test('an operator registers a system, sees it in the list, and ends it', async (t) => {
  const { pool, url } = await freshDatabase(t)
  const run = async (...args: string[]) =>
    await promisify(execFile)(process.execPath, [program, ...args], { env: { DATABASE_URL: url } }).then(
      ({ stdout }) => stdout,
      (error: { stderr: string }) => `refused: ${error.stderr}`,
    )
  const { publicKey, privateKey } = makeKeyPair({ curve: 'P-256' })
  const folder = t.testdir({})
  const file = async (name: string, content: unknown) => {
    await writeFile(join(folder, name), JSON.stringify(content))
    return join(folder, name)
  }
  const keys = await file('keys.json', { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' }] })
  const secret = await file('secret.json', { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'k1' }] })
  const hospital = ['--kind', 'hospital', '--name', '市人民医院', '--region', '441400']
  const where = ['--institution', 'H44140200001']

  t.match(
    await run('add', 'his-1', ...hospital, ...where, '--unlisted', '--keys', secret),
    /refused: only public keys/,
  )
  t.match(await run('add', 'his-1', ...hospital, '--keys', keys), /refused: add needs --institution/)
  t.match(
    await run(
      'add',
      'his-1',
      ...hospital,
      ...where,
      '--unlisted',
      '--keys',
      keys,
      '--scopes',
      'register:write',
    ),
    /refused: a hospital cannot hold/,
  )
  t.match(
    await run('add', 'his-1', ...hospital, ...where, '--unlisted', '--keys', join(folder, 'none')),
    /refused: cannot read/,
  )
  const add = (...more: string[]) => run('add', 'his-1', ...hospital, ...where, '--keys', keys, ...more)
  t.match(await add(), /refused: .*the register of 441400 has no institution H44140200001 today/)
  t.match(await add('--region', '999999'), /refused: .*no policy of region 999999/)
  const data = {
    institutionId: 'H44140200001',
    kind: 'hospital' as const,
    name: '市人民医院',
    ownership: 'public' as const,
    countyCode: '441402',
    address: '梅江区',
    phone: '07530000000',
  }
  const entry = { register: 'institution' as const, key: data.institutionId, validFrom: '2020-01-01', data }
  await addEntries(pool, '441400', [entry], { author: 'test', reason: 'test', at: new Date() })
  t.match(
    await run(
      'add',
      'his-1',
      '--kind',
      'pharmacy',
      '--name',
      'x',
      '--region',
      '441400',
      ...where,
      '--keys',
      keys,
    ),
    /refused: .*H44140200001 is a hospital, not a pharmacy/,
  )
  t.equal(await findClient(pool, 'his-1'), undefined, 'a refusal registers nothing')

  t.match(await run('add', 'his-1', ...hospital, ...where, '--keys', keys), 'his-1')
  t.match(await findClient(pool, 'his-1'), {
    kind: 'hospital',
    regionCode: '441400',
    institutionId: 'H44140200001',
    jwks: { keys: [{ kid: 'k1' }] },
    sandbox: false,
    disabledAt: null,
  })
  t.match(
    await run('list'),
    /^his-1\thospital\t441400\tH44140200001\tlive\t市人民医院\tk1\tprescription:read /m,
  )
  t.match(await run('end', 'his-1'), 'his-1')
  t.ok((await findClient(pool, 'his-1'))?.disabledAt)
  t.match(await run('list'), /^his-1\t.*\tended\t/m)
  t.match(await run('end', 'his-1'), /refused: there is no client his-1/)
  const pem = join(folder, 'key.pem')
  await writeFile(pem, publicKey.export({ type: 'spki', format: 'pem' }))
  const unlisted = ['--institution', 'H44140200002', '--unlisted']
  t.match(await run('add', 'his-2', ...hospital, ...unlisted, '--keys', pem), 'his-2')
  const jwk = publicKey.export({ format: 'jwk' })
  const { jwks } = (await findClient(pool, 'his-2'))!
  t.match(jwks.keys, [{ kty: 'EC', x: jwk.x, kid: await calculateJwkThumbprint(jwk) }])
  t.match(await run('list'), String(jwks.keys[0]!['kid']))
  await writeFile(pem, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  t.match(await run('add', 'his-3', ...hospital, ...unlisted, '--keys', pem), /refused: .*only public keys/)
  t.match(await run('--help'), 'npm run client -- add')
})
