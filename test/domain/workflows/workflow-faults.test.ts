import t from 'tap'
import { isPaperType } from '../../../src/domain/workflows/paper-type.ts'
import type { Workflow } from '../../../src/domain/workflows/workflow.ts'
import { workflowFaults } from '../../../src/domain/workflows/workflow-faults.ts'
import { aWorkflow, figure } from './builder.ts'

const at = { source: 'SX-4.2', article: '四' } as const

function faults(change: Partial<Workflow> = {}, more: Workflow[] = []): string[] {
  const book = { admissions: [aWorkflow(change), ...more], sanctions: [] }
  return workflowFaults(
    book,
    (source) => source.startsWith('SX-'),
    (_check, values) => (values['kinds'] === 7 ? ['/kinds must be array'] : []),
  ).map(({ message }) => message)
}

t.test('a sound workflow has no fault', async (t) => {
  t.same(faults(), [])
})

t.test('each fault of a workflow is found and named', async (t) => {
  const [first, second] = aWorkflow().steps as [Workflow['steps'][0], Workflow['steps'][0]]
  const check = { check: 'drug-count', parameters: { minimum: figure(1), maximum: figure(1) }, ...at }
  const cases: [string, string[]][] = [
    ['two workflows are named handbook', faults({}, [aWorkflow()])],
    ['two steps are named apply', faults({ steps: [first, { ...second, name: 'apply' }] })],
    ['no check is named x', faults({ checks: [{ check: 'x', ...at }] })],
    [
      'reason-among reads reasonCode, which no step asks for',
      faults({ checks: [{ check: 'reason-among', parameters: { codes: figure(['a']) }, ...at }] }),
    ],
    [
      '/kinds must be array',
      faults({ checks: [{ check: 'place-is', parameters: { kinds: figure(7) }, ...at }] }),
    ],
    ['no listed document has the duty MZ-1', faults({ checks: [{ ...check, source: 'MZ-1' }] })],
    [
      'a figure has a value exactly when its status is not unset',
      faults({ checks: [{ ...check, parameters: { minimum: { status: 'cited', ...at } } }] }),
    ],
    [
      'a cited figure names its article',
      faults({ steps: [first, { ...second, withinDays: { value: 1, status: 'cited', source: 'SX-4' } }] }),
    ],
    [
      'a sample says in a note why it is one',
      faults({ steps: [first, { ...second, withinDays: { value: 1, status: 'sample', source: 'SX-4' } }] }),
    ],
    [
      'no earlier step is named file',
      faults({ steps: [first, { ...second, by: { ...second.by, otherThan: ['file'] } }] }),
    ],
    [
      'a step names roles exactly when a physician takes it',
      faults({ steps: [{ ...first, by: { caller: 'hospital', at: 'applicant', as: 'physician' } }, second] }),
    ],
    [
      'a hospital acts at a place by physician or office, an agency by officer',
      faults({ steps: [first, { ...second, by: { caller: 'agency', as: 'insurance-office' } }] }),
    ],
    [
      'the workflow has no criteria to answer',
      faults({ steps: [{ ...first, answersCriteria: true }, second] }),
    ],
    [
      'no step asks for supplierId',
      faults({
        outcomes: [{ write: 'amend', kinds: ['drug'], fields: { supplierId: 'supplierId' }, ...at }],
      }),
    ],
    [
      'the outcome is not one of the subject',
      faults({ outcomes: [{ write: 'end-designation', kind: 'x', ...at }] }),
    ],
  ]
  for (const [message, found] of cases) t.ok(found.includes(message), `${message}: ${found}`)
})

t.test('SX-4.1 a paper is what its bytes say', async (t) => {
  const pdf = Buffer.from('%PDF-1.4')
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0])
  t.ok(isPaperType('application/pdf', pdf))
  t.ok(isPaperType('image/png', png))
  t.ok(isPaperType('image/jpeg', jpeg))
  t.notOk(isPaperType('image/png', pdf))
  t.notOk(isPaperType('application/pdf', Buffer.from('%PDF')))
  t.notOk(isPaperType('application/pdf', Buffer.alloc(0)))
  t.notOk(isPaperType('text/html', Buffer.from('<html>')))
  t.notOk(isPaperType('toString', pdf))
})
