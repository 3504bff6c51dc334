import { execFile } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { openFigures } from '../../src/domain/rules/founded.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { decideFigures } from '../../src/policy/decide-figure.ts'
import { explainVersion } from '../../src/policy/explain-version.ts'
import { loadPolicies } from '../../src/policy/load-policies.ts'
import { openFiguresOf } from '../../src/policy/policy-folder.ts'
import { readPolicyFile } from '../../src/policy/read-policy-file.ts'
import { servedBook, unservedRegions } from '../../src/policy/served-book.ts'

const FILE = '441400-meizhou.yaml'
const shipped = readFileSync(new URL(`policies/${FILE}`, PACKAGE_ROOT), 'utf8')
const DAY = '2026-11-22'
const openCount = openFigures(readPolicyFile(shipped, FILE)[0]!).length
const decision = {
  by: '梅州市医疗保障局',
  on: '2026-11-20',
  number: '梅医保〔2026〕12号',
  why: '文件未规定: "时限"',
}
const version = '441400/2023-12'

t.test('a decision changes its figure and not one line besides; comments stay', async (t) => {
  const { text, also } = decideFigures(shipped, FILE, {
    version,
    paths: ['/hold/minutes'],
    value: 45,
    decision,
  })
  t.same(also, [])
  const [before, after] = [shipped.split('\n'), text.split('\n')]
  t.equal(after.length, before.length)
  const changed = after.filter((line, at) => line !== before[at])
  t.equal(changed.length, 1)
  const { hold } = readPolicyFile(text, FILE)[0]!
  t.match(hold.minutes, { value: 45, status: 'decided', source: 'MZ-6.4', article: '六', decision })
  t.same(
    decideFigures(text, FILE, { version, paths: ['/hold/minutes'], value: 45, decision }),
    { text, also: [] },
    'the same decision again writes nothing',
  )
  const again = decideFigures(text, FILE, {
    version,
    paths: ['/hold/minutes'],
    decision: { ...decision, number: '13' },
  })
  t.match(readPolicyFile(again.text, FILE)[0]!.hold.minutes, { value: 45, decision: { number: '13' } })
})

t.test(
  'a figure written as one with another is decided with it, and deciding it too changes nothing',
  async (t) => {
    const kinds = (step: string) => `/steps/${step}/3/parameters/kinds`
    const first = decideFigures(shipped, FILE, { version, paths: [kinds('choice')], decision })
    t.same(first.also, [kinds('taking')])
    const second = decideFigures(first.text, FILE, { version, paths: [kinds('taking')], decision })
    t.same(second, { text: first.text, also: [] })
    const { steps } = readPolicyFile(second.text, FILE)[0]!
    for (const step of ['choice', 'taking'] as const)
      t.match(steps[step]![3], {
        rule: 'not-sanctioned',
        parameters: { kinds: { status: 'decided', decision } },
      })
    const other = decideFigures(second.text, FILE, {
      version,
      paths: [kinds('taking')],
      value: ['removed'],
      decision,
    })
    t.same(other.also, [kinds('choice')], 'another value is another decision')
  },
)

t.test('a decision that makes no sense is refused, and so is a decided figure without one', async (t) => {
  const decide =
    (path: string, value?: unknown, id = version) =>
    () =>
      decideFigures(shipped, FILE, { version: id, paths: [path], value, decision })
  t.throws(decide('/hold/minutes', 'soon'), { name: 'PolicyError' })
  t.throws(decide('/hold/nothing', 1), { name: 'CannotDecide', message: /no figure/ })
  t.throws(decide('/steps', 1), { name: 'CannotDecide' })
  t.throws(decide('/hold/minutes', 1, '441400/1999'), { name: 'CannotDecide', message: /has no version/ })
  const half = shipped.replace('{ value: 30, status: sample,', '{ value: 30, status: decided,')
  t.throws(() => readPolicyFile(half, FILE), /A decided figure names its decision/)
  const other = decideFigures(shipped, FILE, { version, paths: ['/hold/minutes'], decision }).text
  t.throws(
    () => readPolicyFile(other.replace('status: decided', 'status: sample'), FILE),
    /Only a figure of status decided/,
  )
})

t.test('with every open figure decided a region is served, and explain tells by whom', async (t) => {
  const folder = t.testdir({ [FILE]: shipped })
  const shippedBook = await loadPolicies(folder)
  t.throws(() => servedBook(shippedBook).inForce('441400', DAY), {
    code: 'policy-not-cited',
    details: { notServed: true, missing: openCount },
  })
  t.equal(servedBook(shippedBook).inForce('999999', DAY), undefined)
  t.match(unservedRegions(servedBook(shippedBook), DAY), [{ region: '441400', version, figures: openCount }])
  const open = await openFiguresOf(folder, DAY)
  const paths = open.map(({ path }) => path)
  const { text: decided, also } = decideFigures(shipped, FILE, { version, paths, decision })
  t.same(also, [], 'what is written as one is among them')
  writeFileSync(join(folder, FILE), decided)
  const book = servedBook(await loadPolicies(folder))
  t.equal(book.inForce('441400', DAY)?.id, version)
  t.same(unservedRegions(book, DAY), [])
  const comments = (text: string) => text.split('\n').filter((line) => line.trim().startsWith('#'))
  t.same(comments(readFileSync(join(folder, FILE), 'utf8')), comments(shipped))
  const lines = explainVersion(book.inForce('441400', DAY)!, 'en').join('\n')
  t.equal(lines.match(/梅医保〔2026〕12号/g)!.length, openCount)
  t.notMatch(lines, /\(sample/)
})

t.test(
  'the tool names what production lacks, and says which members of a decision are missing',
  async (t) => {
    const folder = t.testdir({ [FILE]: shipped })
    const program = fileURLToPath(new URL('dist/src/policy-cli.js', PACKAGE_ROOT))
    const run = async (...args: string[]) =>
      await promisify(execFile)(process.execPath, [program, ...args, '--policies', folder]).then(
        ({ stdout }) => ({ code: 0, text: stdout }),
        (error: { code: number; stdout: string; stderr: string }) => ({
          code: error.code,
          text: error.stdout + error.stderr,
        }),
      )
    t.match(await run('check'), { code: 0, text: /no fault/ })
    const lacking = await run('check', '--production')
    t.match(lacking, {
      code: 1,
      text: /441400-meizhou\.yaml:\d+ 441400\/2023-12 \/hold\/minutes sample MZ-6\.4/,
    })
    t.match(lacking.text, `${openCount} figures are neither cited nor decided`)
    t.match(await run('decide', version, '/hold/minutes', '--by', 'x'), {
      code: 1,
      text: /Missing: --on --number --why/,
    })
    const act = ['--by', decision.by, '--on', decision.on, '--number', decision.number, '--why', decision.why]
    t.match(await run('decide', version, '/hold/minutes', '--value', '{', ...act), {
      code: 1,
      text: /is not JSON/,
    })
    t.equal(readFileSync(join(folder, FILE), 'utf8'), shipped, 'a refusal writes nothing')
    t.match(await run('decide', version, '/hold/minutes', '--value', '45', ...act), {
      code: 0,
      text: /decided/,
    })
    t.match(await run('decide', version, '/hold/minutes', '--value', '45', ...act), {
      code: 0,
      text: /decided so already, nothing written/,
    })
    t.match(await run('explain', '441400', DAY), {
      text: /45 \(经办机构决定, MZ-6\.4 六，梅州市医疗保障局 2026-11-20/,
    })
    cpSync(join(folder, FILE), join(folder, '000000.txt'))
    t.match((await run('check', '--production')).text, `${openCount - 1} figures`)
  },
)
