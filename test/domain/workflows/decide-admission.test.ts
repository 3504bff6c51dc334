import t from 'tap'
import type { Actor, Application } from '../../../src/domain/workflows/application.ts'
import {
  type Act,
  type AdmissionDecision,
  decideAdmission,
  nextStep,
} from '../../../src/domain/workflows/decide-admission.ts'
import type { Workflow } from '../../../src/domain/workflows/workflow.ts'
import {
  ASSESSOR,
  anApplication,
  aPhysician,
  aWorkflow,
  DRUG,
  figure,
  HOSPITAL,
  OFFICER,
  OTHER,
  PHYSICIAN,
  someFacts,
} from './builder.ts'

const APPLY: Act = { step: 'apply', decision: 'approve' }
const FILE: Act = { step: 'file', decision: 'approve', fields: { documentNo: 'N1' } }
const waiting = anApplication({ step: 'file' })

function decide(
  given: {
    workflow?: Workflow
    application?: Application
    act?: Act
    actor?: Actor
    facts?: ReturnType<typeof someFacts>
    mode?: 'sandbox' | 'production'
  } = {},
): AdmissionDecision {
  const { workflow = aWorkflow(), application = anApplication(), act = APPLY, actor = ASSESSOR } = given
  return decideAdmission(workflow, application, act, actor, given.facts ?? someFacts(), {
    mode: given.mode ?? 'sandbox',
    calendar: {},
  })
}

const codeOf = (decision: AdmissionDecision) =>
  decision.kind === 'refusal' ? decision.code : decision.status

t.test('SX-4.2 an approval goes to the next step, and says by when', async (t) => {
  t.match(decide(), {
    kind: 'transition',
    status: 'open',
    step: 'file',
    due: { dueOn: '2026-11-27' },
    signedBy: PHYSICIAN,
  })
  t.equal(nextStep(aWorkflow(), waiting)?.name, 'file')
  t.equal(nextStep(aWorkflow(), anApplication({ status: 'approved' })), undefined)
})

t.test('SX-4.2 a deadline that is only a sample is none in production', async (t) => {
  const workflow = aWorkflow()
  const [first, second] = workflow.steps
  const sample = { ...figure(5), status: 'sample' } as const
  const steps = [first!, { ...second!, withinDays: sample }]
  t.match(decide({ workflow: { ...workflow, steps } }), { due: { dueOn: '2026-11-27' } })
  t.same((decide({ workflow: { ...workflow, steps }, mode: 'production' }) as { due?: object }).due, {})
})

t.test('SX-4.3 the last approval writes a qualification from today for a year', async (t) => {
  const decision = decide({ application: waiting, act: FILE, actor: OFFICER })
  t.match(decision, {
    status: 'approved',
    plan: {
      end: [],
      add: [
        {
          register: 'qualification',
          validFrom: '2026-11-22',
          validTo: '2027-11-21',
          data: { personId: 'P1', kind: 'drug', drugCodes: [DRUG], hospitalId: HOSPITAL, documentNo: 'N1' },
        },
      ],
    },
  })
})

t.test('SX-4.3 a renewal ends the old one the day before; one that began today held on no day', async (t) => {
  const held = (validFrom: string) =>
    someFacts({
      qualifications: [
        {
          register: 'qualification',
          key: 'old',
          validFrom,
          validTo: '2027-01-01',
          data: { personId: 'P1', kind: 'drug', drugCodes: [DRUG] },
        },
      ],
    })
  const given = { application: waiting, act: FILE, actor: OFFICER }
  t.match(decide({ ...given, facts: held('2026-11-21') }), {
    plan: { end: [{ key: 'old', lastDay: '2026-11-21' }], add: [{ validFrom: '2026-11-22' }] },
  })
  t.match(decide({ ...given, facts: held('2026-11-22') }), {
    plan: { end: [{ key: 'old', lastDay: '2026-11-21' }], add: [{ validFrom: '2026-11-22' }] },
  })
})

t.test('SX-4.2 who may not take a step is told why', async (t) => {
  const fault = (actor: Actor, facts = someFacts(), application = anApplication()) => {
    const decision = decide({ actor, facts, application })
    return decision.kind === 'refusal' ? decision.details['fault'] : decision.status
  }
  t.equal(fault(ASSESSOR), 'open', 'the last day of the licence counts')
  t.equal(fault(OFFICER), 'caller')
  t.equal(fault({ ...ASSESSOR, institutionId: OTHER }), 'institution')
  t.equal(fault({ kind: 'hospital', id: 'h', institutionId: HOSPITAL, officerNo: '1' }), 'physician')
  t.equal(fault({ ...ASSESSOR, officerNo: '1' }), 'physician', 'one signs, not two')
  const facts = (change: Parameters<typeof aPhysician>[0]) =>
    someFacts({ physicians: { [PHYSICIAN]: aPhysician(change) } })
  t.equal(fault(ASSESSOR, facts({ licenceValidTo: '2026-11-21' })), 'physician')
  t.equal(fault(ASSESSOR, facts({ filings: [] })), 'physician')
  const filing = aPhysician().filings[0]!
  t.equal(fault(ASSESSOR, facts({ filings: [{ ...filing, role: 'pharmacist' }] })), 'physician')
  t.equal(fault(ASSESSOR, facts({ filings: [{ ...filing, institutionId: OTHER }] })), 'physician')
  t.equal(fault(ASSESSOR, facts({ filings: [{ ...filing, validTo: '2026-11-21' }] })), 'physician')
  const sanction = {
    subject: 'practitioner',
    subjectId: PHYSICIAN,
    kind: 'qualification-lost',
    reason: 'x',
    validFrom: '2026-11-22',
  } as const
  t.equal(fault(ASSESSOR, facts({ sanctions: [sanction] })), 'physician')
  t.equal(
    fault(ASSESSOR, facts({ sanctions: [{ ...sanction, validTo: '2026-11-21', validFrom: '2026-01-01' }] })),
    'open',
  )
})

t.test('MZ-4.1 the signer of one step may be kept from another', async (t) => {
  const workflow = aWorkflow()
  const [first, second] = workflow.steps
  const steps = [first!, { ...second!, by: { ...second!.by, otherThan: ['apply'] } }]
  const given = { workflow: { ...workflow, steps }, act: FILE, actor: OFFICER }
  const signed = (by: string) => ({ ...waiting, signedBy: { apply: by } })
  t.match(decide({ ...given, application: signed('a/1') }), { code: 'admission-actor-refused' })
  t.match(decide({ ...given, application: signed('a/2') }), { status: 'approved' })
})

t.test('SX-4.1 missing papers and fields are all named; a refusal needs neither', async (t) => {
  const bare = anApplication({ papers: [], fields: {} })
  t.match(decide({ application: bare }), {
    code: 'admission-incomplete',
    details: { papers: ['record'], fields: ['drugCodes'] },
  })
  const refuse: Act = { step: 'file', decision: 'refuse', reason: '不符合', explained: true }
  t.match(decide({ application: { ...bare, step: 'file' }, act: refuse, actor: OFFICER }), {
    status: 'refused',
  })
})

t.test('SX-4.2 a refusal without reason or explanation is not taken', async (t) => {
  const refuse = (act: Partial<Act>) =>
    codeOf(
      decide({ application: waiting, actor: OFFICER, act: { step: 'file', decision: 'refuse', ...act } }),
    )
  t.equal(refuse({}), 'admission-incomplete')
  t.equal(refuse({ reason: ' ', explained: true }), 'admission-incomplete')
  t.equal(refuse({ reason: '不符合' }), 'admission-incomplete')
  t.equal(refuse({ reason: '不符合', explained: true }), 'refused')
  t.equal(
    codeOf(decide({ act: { ...APPLY, decision: 'refuse', reason: 'x', explained: true } })),
    'admission-not-at-step',
  )
})

t.test('SX-4.2 nothing is decided out of turn or twice', async (t) => {
  t.equal(codeOf(decide({ act: FILE, actor: OFFICER })), 'admission-not-at-step')
  for (const status of ['approved', 'refused', 'withdrawn'] as const)
    t.equal(codeOf(decide({ application: anApplication({ status }) })), 'admission-not-at-step', status)
  t.equal(codeOf(decide({ act: { ...APPLY, fields: { documentNo: '1' } } })), 'admission-field-unexpected')
  const withdraw: Act = { step: 'file', decision: 'withdraw' }
  t.equal(codeOf(decide({ application: waiting, act: withdraw })), 'withdrawn', 'the applicant at any step')
  t.equal(codeOf(decide({ application: waiting, act: withdraw, actor: OFFICER })), 'admission-actor-refused')
})

t.test('SC-D2 every criterion is answered, and one that is not met refuses', async (t) => {
  const text = { zh: '标准', en: 'Criterion' }
  const workflow = aWorkflow({
    criteria: {
      [DRUG]: figure([
        { code: 'a', text },
        { code: 'b', text },
      ]),
      '*': figure([{ code: 'c', text }]),
    },
  })
  const steps = [{ ...workflow.steps[0]!, answersCriteria: true }, workflow.steps[1]!]
  const answer = (criteria: Record<string, 'met' | 'not-met'>) =>
    decide({ workflow: { ...workflow, steps }, act: { ...APPLY, fields: { criteria } } })
  t.match(answer({ a: 'met' }), { code: 'admission-incomplete', details: { criteria: ['b'] } })
  t.match(answer({ a: 'met', b: 'not-met' }), {
    code: 'rules-failed',
    findings: [{ rule: 'criteria-met', path: '/fields/criteria/b' }],
  })
  t.match(answer({ a: 'met', b: 'met' }), { status: 'open', step: 'file' })
})

t.test('FS-3.6 a term to the end of the calendar year ends on 31 December', async (t) => {
  const outcomes = [{ ...aWorkflow().outcomes![0]!, term: figure({ calendarYear: true }) }]
  const decision = decide({
    workflow: aWorkflow({ outcomes: outcomes as never }),
    application: waiting,
    act: FILE,
    actor: OFFICER,
  })
  t.match(decision, { plan: { add: [{ validTo: '2026-12-31' }] } })
})
