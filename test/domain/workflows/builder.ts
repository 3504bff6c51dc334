import type { InstitutionFacts, PractitionerFacts } from '../../../src/domain/facts.ts'
import type { Figure } from '../../../src/domain/rules/policy-version.ts'
import type { Actor, AdmissionFacts, Application } from '../../../src/domain/workflows/application.ts'
import type { Workflow } from '../../../src/domain/workflows/workflow.ts'

export const HOSPITAL = 'H00000000001'
export const OTHER = 'H00000000002'
export const PHYSICIAN = 'D000000000001'
export const DRUG = 'XL01EAX001A001010109999'

const at = { source: 'SX-4.2', article: '四' } as const

/** A cited figure. */
export function figure<Value>(value: Value): Figure<Value> {
  return { value, status: 'cited', ...at }
}

/** A workflow of two steps that gives a qualification for a year. */
export function aWorkflow(change: Partial<Workflow> = {}): Workflow {
  return {
    name: 'handbook',
    title: { zh: '准入', en: 'Admission' },
    subject: 'person',
    ...at,
    papers: [{ code: 'record', title: { zh: '病历', en: 'Record' }, ...at }],
    steps: [
      {
        name: 'apply',
        title: { zh: '申请', en: 'Apply' },
        by: { caller: 'hospital', at: 'applicant', as: 'physician', roles: ['assessor'] },
        needs: ['drugCodes'],
        ...at,
      },
      {
        name: 'file',
        title: { zh: '备案', en: 'File' },
        by: { caller: 'agency', as: 'officer' },
        needs: ['documentNo'],
        withinDays: figure(5),
        ...at,
      },
    ],
    outcomes: [
      {
        write: 'qualification',
        kind: 'drug',
        fields: { drugCodes: 'drugCodes', hospitalId: 'applicantId', documentNo: 'documentNo' },
        term: figure({ years: 1 }),
        ...at,
      },
    ],
    ...change,
  }
}

export function anApplication(change: Partial<Application> = {}): Application {
  return {
    applicationNo: 'A1',
    workflow: 'handbook',
    subject: { kind: 'person', id: 'P1' },
    applicantId: HOSPITAL,
    fields: { drugCodes: [DRUG] },
    status: 'open',
    step: 'apply',
    papers: ['record'],
    signedBy: {},
    ...change,
  }
}

export function anInstitution(change: Partial<InstitutionFacts> = {}): InstitutionFacts {
  return {
    institutionId: HOSPITAL,
    kind: 'hospital',
    level: 'secondary',
    ownership: 'public',
    countyCode: '441424',
    designations: [],
    sanctions: [],
    ...change,
  }
}

export function aPhysician(change: Partial<PractitionerFacts> = {}): PractitionerFacts {
  return {
    practitionerId: PHYSICIAN,
    kind: 'physician',
    title: 'attending',
    licenceNo: 'L1',
    licenceValidTo: '2026-11-22',
    filings: [
      {
        practitionerId: PHYSICIAN,
        institutionId: HOSPITAL,
        role: 'assessor',
        diseases: [],
        validFrom: '2020-01-01',
      },
    ],
    sanctions: [],
    ...change,
  }
}

export function someFacts(change: Partial<AdmissionFacts> = {}): AdmissionFacts {
  return {
    today: '2026-11-22',
    regionCode: '441400',
    qualifications: [],
    institutions: { [HOSPITAL]: anInstitution() },
    physicians: { [PHYSICIAN]: aPhysician() },
    drugs: {},
    designated: [],
    suppliedDrugs: [],
    ...change,
  }
}

export const ASSESSOR: Actor = { kind: 'hospital', id: 'h', institutionId: HOSPITAL, physicianId: PHYSICIAN }
export const OFFICER: Actor = { kind: 'agency', id: 'a', officerNo: '1' }
