import t from 'tap'
import { PolicyError } from '../../src/policy/policy-fault.ts'
import { readPolicyFile } from '../../src/policy/read-policy-file.ts'

const GOOD = `format: 1
region: '990000'
name: { zh: 样例区, en: Sample }
counties: ['990101']
documents:
  ZZ: { title: 样例文件 }
versions:
  - id: 990000/1
    from: '2024-01-01'
    to: '2024-12-31'
    validity:
      days: { value: 3, status: cited, source: ZZ-1, article: 一 }
    hold:
      minutes: { status: unset, source: ZZ-1 }
    steps:
      intake:
        - rule: physician-title
          source: ZZ-2
          article: 二
          effect: reject
          parameters:
            minimum: { value: chief, status: cited, source: ZZ-2 }
  - id: 990000/2
    from: '2025-01-01'
    validity:
      days: { value: 3, status: cited, source: ZZ-1, article: 一 }
    hold:
      minutes: { value: 30, status: sample, source: ZZ-1 }
    steps: {}
`

/** Changes one line of the good file and gives the faults as `line message`. */
function faults(from: string, to: string): string[] {
  if (!GOOD.includes(from)) throw new Error(`the file has no ${from}`)
  try {
    readPolicyFile(GOOD.replace(from, to), 'x.yaml')
    return []
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    return error.faults.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)
  }
}

const place = (list: readonly string[]) => list.map((fault) => fault.split(' ')[0])

t.test('a good file is read, frozen, and unset figures have no value', async (t) => {
  const versions = readPolicyFile(GOOD, 'x.yaml')
  t.same(
    versions.map(({ id }) => id),
    ['990000/1', '990000/2'],
  )
  t.notOk('value' in versions[0]!.hold.minutes)
  t.throws(() => Object.assign(versions[0]!.validity.days, { value: 9 }), TypeError)
  t.throws(() => Object.assign(versions[0]!.steps.intake![0]!, { effect: 'warn' }), TypeError)
})

t.test('each fault is refused, with the line and column where it stands', async (t) => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['unknown rule', 'rule: physician-title', 'rule: no-such-rule', 'x.yaml:17:11'],
    ['unknown parameter', 'minimum: {', 'maximum: {', 'x.yaml:22:13'],
    ['value of no allowed kind', 'value: chief', 'value: boss', 'x.yaml:22:24'],
    ['value of another type', 'value: chief', 'value: 7', 'x.yaml:22:24'],
    ['missing source of a rule', '          source: ZZ-2\n', '', 'x.yaml:17:11'],
    ['missing source of a figure', ', source: ZZ-2 }', ' }', 'x.yaml:22:13'],
    ['source of no document', 'source: ZZ-2 }', 'source: YY-2 }', 'x.yaml:22:53'],
    ['source that is no duty id', 'source: ZZ-2 }', 'source: somewhere }', 'x.yaml:22:53'],
    [
      'cited without article',
      ', article: 一 }\n    hold:\n      minutes: { status',
      ' }\n    hold:\n      minutes: { status',
      'x.yaml:12:7',
    ],
    ['cited of another duty without article', 'source: ZZ-2 }', 'source: ZZ-3 }', 'x.yaml:22:13'],
    ['cited without value', 'value: chief, ', '', 'x.yaml:22:13'],
    ['unset with value', 'status: unset', 'value: 1, status: unset', 'x.yaml:14:18'],
    ['unknown effect', 'effect: reject', 'effect: perhaps', 'x.yaml:20:11'],
    ['unknown step', 'intake:', 'outtake:', 'x.yaml:16:7'],
    ['unknown key', 'format: 1', 'format: 1\ncolour: red', 'x.yaml:2:1'],
    ['not a day', "from: '2025-01-01'", "from: '2025-02-30'", 'x.yaml:24:5'],
    ['overlap', "from: '2025-01-01'", "from: '2024-12-31'", 'x.yaml:24:5'],
    ['overlap with an open end', "    to: '2024-12-31'\n", '', 'x.yaml:23:5'],
    ['unexplained gap', "from: '2025-01-01'", "from: '2025-01-02'", 'x.yaml:24:5'],
    ['end before begin', "to: '2024-12-31'", "to: '2023-12-31'", 'x.yaml:10:5'],
    ['same id twice', 'id: 990000/2', 'id: 990000/1', 'x.yaml:23:5'],
    ['id of another region', 'id: 990000/2', 'id: 440000/2', 'x.yaml:23:5'],
    ['broken YAML', 'name: { zh', 'name: { zh: [', 'x.yaml:3'],
    ['same key twice', "region: '990000'", "region: '990000'\nregion: '990000'", 'x.yaml:3:1'],
  ]
  for (const [title, from, to, expected] of cases) {
    const found = faults(from, to)
    t.ok(
      place(found).some((where) => where?.startsWith(expected)),
      `${title}: ${expected} in ${found.join(' | ')}`,
    )
  }
})

t.test('a gap that says why is accepted', async (t) => {
  t.same(faults("from: '2025-01-01'", "from: '2025-02-01'\n    gapBefore: 政策中止"), [])
})

t.test('all faults of a file are told at once', async (t) => {
  t.equal(faults('rule: physician-title', 'rule: no-such-rule').length, 1)
  t.ok(faults('minimum: {', 'maximum: {').length >= 2, 'unknown parameter and missing one')
})
