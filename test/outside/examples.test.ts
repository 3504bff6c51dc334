import { execFile, spawnSync } from 'node:child_process'
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
