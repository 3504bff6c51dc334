import { execFile } from 'node:child_process'
import { sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import t from 'tap'
import { makeKeyPair } from '../../src/trust/key-pair.ts'

t.test('a key pair signs and verifies, on a curve and for RSA', async (t) => {
  for (const kind of [{ curve: 'P-256' }, { curve: 'P-384' }, { rsaBits: 2048 }]) {
    const { publicKey, privateKey } = makeKeyPair(kind)
    const data = Buffer.from('处方')
    t.ok(verify('sha256', data, publicKey, sign('sha256', data, privateKey)))
    t.notOk(verify('sha256', data, makeKeyPair(kind).publicKey, sign('sha256', data, privateKey)))
  }
})

t.test('keys are exported while memory is collected, and the process goes on', async (t) => {
  // With the pairs that Node hands out as objects this stands still within the first hundreds, on Node 20.
  const program = `
    import { makeKeyPair } from '${new URL('../../src/trust/key-pair.js', import.meta.url).href}'
    for (let i = 0; i < 1500; i += 1) {
      const { publicKey } = makeKeyPair({ curve: 'P-256' })
      for (let again = 0; again < 8; again += 1) publicKey.export({ format: 'jwk' })
    }
    console.log('done')`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--max-semi-space-size=1', '--input-type=module', '--eval', program],
    { timeout: 120_000, killSignal: 'SIGKILL' },
  )
  t.equal(stdout, 'done\n')
})
