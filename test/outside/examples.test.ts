import { execFile, spawnSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { startHub } from './hub-process.ts'

const JARS = ['bcprov', 'bcutil', 'bcpkix', 'gson'].map((name) => `/usr/share/java/${name}.jar`)
const example = (name: string) => fileURLToPath(new URL(`../../../docs/examples/${name}`, import.meta.url))
const isHere = (program: string) => spawnSync(program, ['-version']).error === undefined

const EXAMPLES = [
  { name: 'hospital.mjs', command: [process.execPath], needs: ['openssl'], files: [] },
  { name: 'hospital.sh', command: ['bash'], needs: ['openssl', 'curl', 'jq'], files: [] },
  { name: 'hospital.py', command: ['python3'], needs: ['openssl', 'python3'], files: [] },
  { name: 'HospitalSm2.java', command: ['java', '-cp', JARS.join(':')], needs: ['javac'], files: JARS },
]

const hub = await startHub({}, ['441400'])
t.teardown(() => hub.stop())

for (const { name, command, needs, files } of EXAMPLES) {
  const missing = [
    ...needs.filter((program) => !isHere(program)),
    ...files.filter((file) => !existsSync(file)),
  ]
  const skip = missing.length > 0 && `not installed: ${missing.join(', ')}`
  t.test(`docs/examples/${name} pushes a prescription that is accepted`, { skip }, async (t) => {
    const [program = '', ...args] = command
    const { stdout } = await promisify(execFile)(program, [...args, example(name), hub.url], {
      timeout: 120_000,
    })
    t.match(stdout, /201/)
    t.match(stdout, /prescriptionNo/)
    t.match(stdout, /"?signature"?: ?\{ ?"?status"?: ?['"]valid['"]/)
  })
}

const skip = !isHere('python3') && 'not installed: python3'
t.test('docs/examples/hospital.py takes a callback that is signed, and no other', { skip }, async (t) => {
  const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`
  const headers = { 'webhook-id': '1-2', 'webhook-timestamp': '1790000000' }
  const body = '{"type":"taken","药":1}'
  const value = createHmac('sha256', Buffer.alloc(32, 5)).update(`1-2.1790000000.${body}`).digest('base64')
  const ask = async (given: string, now: number) => {
    const program = [
      'import importlib.util, json, sys',
      'spec = importlib.util.spec_from_file_location("hospital", sys.argv[1])',
      'hospital = importlib.util.module_from_spec(spec); spec.loader.exec_module(hospital)',
      'a = json.loads(sys.argv[2])',
      'print(hospital.is_from_hub(a["secret"], a["headers"], a["body"].encode(), a["now"]))',
    ].join('\n')
    const asked = { secret, headers: { ...headers, 'webhook-signature': given }, body, now }
    const args = ['-B', '-c', program, example('hospital.py'), JSON.stringify(asked)]
    return (await promisify(execFile)('python3', args)).stdout.trim()
  }
  t.equal(await ask(`v1,${Buffer.alloc(32).toString('base64')} v1,${value}`, 1790000100), 'True')
  t.equal(await ask(`v1,${value}`, 1790000301), 'False', 'too old')
  t.equal(await ask('v1,AAAA', 1790000100), 'False')
})
