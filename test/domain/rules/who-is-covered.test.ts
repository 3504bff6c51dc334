import t from 'tap'
import type { PatientMember } from '../../../src/domain/facts.ts'
import type { Qualification } from '../../../src/domain/registers.ts'
import { DRUG, HOSPITAL, PERSON, PHARMACY, PHYSICIAN, someFacts, type Wish } from '../../support/facts.ts'
import { objections } from '../../support/rules.ts'

const at = (wish: Wish = {}) => someFacts('441400', 'intake', wish)
const LINE = '/lines/0/drugCode'
const kind = 'drug'
const filed = (wish: Partial<Qualification> & { validFrom?: string; validTo?: string } = {}) =>
  at({
    person: {
      qualifications: [{ personId: PERSON, kind, drugCodes: [DRUG], validFrom: '2025-01-01', ...wish }],
    },
  })

t.test('MZ-6.1 patient-matches: somebody else, or nobody compared, is refused', async (t) => {
  t.same(objections('patient-matches', {}, at()), [])
  t.same(objections('patient-matches', {}, at({ facts: { patientMatches: false } })), ['/patient/idNumber'])
  const differing = (...patientDiffers: PatientMember[]) =>
    objections('patient-matches', {}, at({ facts: { patientMatches: false, patientDiffers } }))
  t.same(differing('name'), ['/patient/name'])
  t.same(differing('name', 'birthDate'), ['/patient/name', '/patient/birthDate'], 'one for each that differs')
  const { patientMatches: _, ...uncompared } = at()
  t.same(objections('patient-matches', {}, uncompared), ['/patient/idNumber'])
  t.same(objections('patient-matches', {}, at({ person: null })), ['/patient/personId'])
})

t.test('CQ-2.1 insured-here, insured-scheme, insured-standing', async (t) => {
  const from = (insuredRegion: string, values = {}) =>
    objections('insured-here', values, at({ person: { insuredRegion } }))
  t.same(from('441400'), [])
  t.same(from('510600'), ['/patient/insuredRegion'])
  t.same(from('510600', { alsoFrom: ['510600'] }), [], 'CQ-4.7a networked')
  t.same(objections('insured-scheme', { schemes: ['employee'] }, at()), [])
  t.same(objections('insured-scheme', { schemes: ['resident'] }, at()), ['/patient/personId'])
  t.same(objections('insured-standing', {}, at()), [])
  t.same(objections('insured-standing', {}, at({ person: { standing: 'suspended' } })), ['/patient/personId'])
})

t.test('CQ-4.1 SX-4.3 FS-2.1 qualification-live: first and last day hold, for the drugs named', async (t) => {
  const live = (wish: Parameters<typeof filed>[0]) => objections('qualification-live', { kind }, filed(wish))
  t.same(live({}), [])
  t.same(live({ validFrom: '2025-11-20' }), [])
  t.same(live({ validFrom: '2025-11-21' }), [LINE])
  t.same(live({ validTo: '2025-11-20' }), [])
  t.same(live({ validTo: '2025-11-19' }), [LINE])
  t.same(live({ drugCodes: ['X'] }), [LINE])
  t.same(live({ kind: 'other' }), [LINE])
})

t.test(
  'CQ-4.3 CQ-4.4 SC-D4 SX-6 qualification-matches: each point, and silence where nothing is fixed',
  async (t) => {
    const match = (point: string, wish: Partial<Qualification>) =>
      objections('qualification-matches', { kind, point }, filed(wish))
    t.same(match('hospital', { hospitalId: HOSPITAL }), [])
    t.same(match('hospital', { hospitalId: 'H9' }), [LINE])
    t.same(match('physician', { physicianIds: ['D9', PHYSICIAN] }), [])
    t.same(match('physician', { physicianIds: ['D9'] }), [LINE])
    t.same(match('supplier', { supplierId: PHARMACY }), [])
    t.same(match('supplier', { supplierId: 'P9' }), [LINE])
    t.same(match('diagnosis', { diagnoses: ['C34'] }), [])
    t.same(match('diagnosis', { diagnoses: ['C50'] }), [LINE])
    t.same(match('hospital', {}), [])
    t.same(match('hospital', { kind: 'other', hospitalId: 'H9' }), [], 'no live qualification')
  },
)

t.test('SC-D4 SC-P2 qualification-matches: another may supply what every fixed supplier lacks', async (t) => {
  const filedAt = (supplierId?: string) => ({
    personId: PERSON,
    kind,
    drugCodes: [DRUG],
    validFrom: '2025-01-01',
    ...(supplierId === undefined ? {} : { supplierId }),
  })
  const found = (short: string[] | undefined, unlessShort: boolean, ...suppliers: string[]) =>
    objections(
      'qualification-matches',
      { kind, point: 'supplier', unlessShort },
      at({
        person: { qualifications: suppliers.map(filedAt) },
        facts: short === undefined ? {} : { shortSuppliers: { [DRUG]: short } },
      }),
    )
  t.same(found(['P9'], true, 'P9'), [])
  t.same(found(['P9'], false, 'P9'), [LINE])
  t.same(found(undefined, true, 'P9'), [LINE])
  t.same(found(['P8'], true, 'P9'), [LINE])
  t.same(found(['P9'], true, 'P8', 'P9'), [LINE], 'the other one still has it')
})

t.test('SC-D4 FS-2.1 qualification-names: every point must be fixed', async (t) => {
  const fields = ['hospitalId', 'physicianIds']
  t.same(
    objections('qualification-names', { kind, fields }, filed({ hospitalId: 'H', physicianIds: ['D'] })),
    [],
  )
  t.same(objections('qualification-names', { kind, fields }, filed({ hospitalId: 'H', physicianIds: [] })), [
    LINE,
  ])
  t.same(objections('qualification-names', { kind, fields }, filed({})), [LINE])
})

t.test('SX-4.3 qualification-term: the last day of the year holds, its anniversary does not', async (t) => {
  const given = (validFrom: string) =>
    objections('qualification-term', { kind, years: 1 }, filed({ validFrom }))
  t.same(given('2024-11-21'), [])
  t.same(given('2024-11-20'), [LINE])
})

t.test('SX-7 reassessment-passed: payment ends from the day of a failed re-assessment', async (t) => {
  const assessed = (assessment: 'continues' | 'cured' | 'progressed', assessedOn: string) =>
    objections('reassessment-passed', { kind }, filed({ assessment, assessedOn }))
  t.same(assessed('continues', '2025-11-01'), [])
  t.same(assessed('cured', '2025-11-20'), [LINE])
  t.same(assessed('progressed', '2025-11-20'), [LINE])
  t.same(assessed('progressed', '2025-11-21'), [])
  t.same(objections('reassessment-passed', { kind }, filed()), [])
})

t.test('SX-7 reassessment-timely: by drug, from the last assessment or the first day', async (t) => {
  const late = (periodDays: object, wish: Parameters<typeof filed>[0]) =>
    objections('reassessment-timely', { kind, periodDays }, filed(wish))
  t.same(late({ '*': 30 }, { assessedOn: '2025-10-21' }), [], 'the last day')
  t.same(late({ '*': 30 }, { assessedOn: '2025-10-20' }), [LINE])
  t.same(late({ '*': 30, [DRUG]: 31 }, { assessedOn: '2025-10-20' }), [], 'a period of its own')
  t.same(late({ '*': 30 }, { validFrom: '2025-10-20' }), [LINE], 'never assessed: from the first day')
  t.same(late({ '*': 30 }, { validFrom: '2025-10-21' }), [])
  t.same(late({ '*': 1 }, { kind: 'other' }), [], 'nothing to assess')
})
