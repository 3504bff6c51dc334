import t from 'tap'
import type {
  AdmissionFacts,
  Application,
  LiveDesignation,
} from '../../../src/domain/workflows/application.ts'
import { CHECKS } from '../../../src/domain/workflows/checks/vocabulary.ts'
import { anApplication, anInstitution, DRUG, HOSPITAL, OTHER, someFacts } from './builder.ts'

/** True when the check objects to nothing. */
function passes(
  name: string,
  parameters: Record<string, unknown>,
  facts: Partial<AdmissionFacts> = {},
  application: Partial<Application> = {},
): boolean {
  return CHECKS.get(name)!.check(anApplication(application), someFacts(facts), parameters).length === 0
}

const institution = { subject: { kind: 'institution', id: HOSPITAL } } as const

t.test('every check objects when the registers know nothing of those it asks about', async (t) => {
  const nothing = { institutions: {}, physicians: {}, drugs: {} }
  const unknown = { subject: { kind: 'institution', id: 'H0' }, fields: {} } as const
  const parameters: Record<string, Record<string, unknown>> = {
    'place-designated': { of: 'subject', kinds: ['x'] },
    'place-is': { of: 'subject', kinds: ['hospital'] },
    'place-not-sanctioned': { of: 'subject', kinds: ['suspension'] },
    'place-left': { kind: 'x', institution: 'hospital', each: 0 },
    'county-open': { closed: ['1'] },
    'person-insured': { schemes: ['employee', 'resident'] },
    'person-not-sanctioned': { kinds: ['benefit-excluded'] },
    'diagnosis-among': { codes: ['I10'] },
    'drug-count': { minimum: 1, maximum: 2 },
    'drug-used-before': {},
    'reason-among': { codes: ['x'] },
    'assessment-among': { results: ['x'] },
    'physician-count': { minimum: 1, maximum: 2 },
    'one-held': { kind: 'x', per: 'drug' },
  }
  for (const [name, values] of Object.entries(parameters))
    t.notOk(passes(name, values, nothing, unknown), name)
})

t.test('MZ-4.1 a suspension counts to the last day of a year', async (t) => {
  const suspended = (validTo?: string) => ({
    institutions: {
      [HOSPITAL]: anInstitution({
        sanctions: [
          {
            subject: 'institution',
            subjectId: HOSPITAL,
            kind: 'suspension',
            reason: 'x',
            validFrom: '2025-01-01',
            ...(validTo === undefined ? {} : { validTo }),
          },
        ],
      }),
    },
  })
  const year = { of: 'subject', kinds: ['suspension'], years: 1 }
  t.notOk(passes('place-not-sanctioned', year, suspended(), institution))
  t.notOk(passes('place-not-sanctioned', year, suspended('2025-11-23'), institution))
  t.ok(passes('place-not-sanctioned', year, suspended('2025-11-22'), institution))
  const now = { of: 'subject', kinds: ['suspension'] }
  t.notOk(passes('place-not-sanctioned', now, suspended('2026-11-22'), institution))
  t.ok(passes('place-not-sanctioned', now, suspended('2026-11-21'), institution))
  t.ok(passes('place-not-sanctioned', { of: 'subject', kinds: ['removed'] }, suspended(), institution))
})

t.test('MZ-4.2 places are counted by county, by counties that share, and in all', async (t) => {
  const held = (countyCode: string, basis: LiveDesignation['basis'] = 'application'): LiveDesignation => ({
    institutionId: OTHER,
    kind: 'dual-channel',
    basis,
    institutionKind: 'hospital',
    countyCode,
  })
  const left = (designated: LiveDesignation[], more = {}, countyCode = '441424') =>
    passes(
      'place-left',
      {
        kind: 'dual-channel',
        institution: 'hospital',
        each: 1,
        shared: [{ counties: ['441402', '441403'], places: 2 }],
        ...more,
      },
      { designated, institutions: { [HOSPITAL]: anInstitution({ countyCode }) } },
      institution,
    )
  t.ok(left([]))
  t.notOk(left([held('441424')]))
  t.ok(left([held('441424', 'by-right')]), 'by right takes no place')
  t.ok(left([held('441425')]), 'another county')
  t.ok(left([{ ...held('441424'), institutionKind: 'pharmacy' }]))
  t.ok(left([held('441402')], {}, '441403'))
  t.notOk(left([held('441402'), held('441403')], {}, '441403'))
  t.notOk(left([held('441402'), held('441427')], { total: 2 }))
})

t.test(
  'CQ-4.3 FS-3.6 what is held stands in the way: live, per drug, or within the calendar year',
  async (t) => {
    const holding = (validFrom: string, validTo: string, drugCodes?: string[]) => ({
      qualifications: [
        {
          register: 'qualification' as const,
          key: 'k',
          validFrom,
          validTo,
          data: { personId: 'P1', kind: 'k', ...(drugCodes === undefined ? {} : { drugCodes }) },
        },
      ],
    })
    const none = (parameters: object, facts: Partial<AdmissionFacts>) =>
      passes('none-held', { kind: 'k', per: 'person', ...parameters }, facts)
    t.notOk(none({}, holding('2026-01-01', '2026-11-22')))
    t.ok(none({}, holding('2026-01-01', '2026-11-21')))
    t.notOk(none({ renewalDays: 30 }, holding('2026-01-01', '2026-12-22')))
    t.ok(none({ renewalDays: 30 }, holding('2026-01-01', '2026-12-21')))
    t.notOk(none({ within: 'calendar-year' }, holding('2026-01-01', '2026-01-31')))
    t.ok(none({ within: 'calendar-year' }, holding('2025-01-01', '2025-12-31')))
    t.notOk(none({ per: 'drug' }, holding('2026-01-01', '2026-12-31', [DRUG])))
    t.ok(none({ per: 'drug' }, holding('2026-01-01', '2026-12-31', ['OTHER'])))
    t.notOk(none({ per: 'drug' }, holding('2026-01-01', '2026-12-31')), 'one without drugs covers all')
  },
)
