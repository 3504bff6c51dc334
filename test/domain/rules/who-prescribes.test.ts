import t from 'tap'
import { missing } from '../../../src/domain/rules/missing.ts'
import { HOSPITAL, PHYSICIAN, someFacts, type Wish } from '../../support/facts.ts'
import { objections } from '../../support/rules.ts'

const at = (wish: Wish = {}) => someFacts('441400', 'intake', wish)
const later = (wish: Wish = {}) => someFacts('441400', 'settlement', wish)
const HOSPITAL_AT = '/hospital/institutionId'
const PHYSICIAN_AT = '/physician/practitionerId'
const agreement = {
  institutionId: HOSPITAL,
  kind: 'dual-channel',
  agreementNo: 'A',
  basis: 'by-right',
} as const

t.test(
  'MZ-4.1 MZ-5 designated-institution: the agreement holds on its first and last day only',
  async (t) => {
    const values = { subject: 'hospital', kinds: ['dual-channel', 'other'] }
    const on = (validFrom: string, validTo?: string) =>
      objections(
        'designated-institution',
        values,
        at({ hospital: { designations: [{ ...agreement, validFrom, ...(validTo ? { validTo } : {}) }] } }),
      )
    t.same(on('2025-11-20'), [])
    t.same(on('2025-11-01', '2025-11-20'), [])
    t.same(on('2025-11-21'), [HOSPITAL_AT])
    t.same(on('2025-11-01', '2025-11-19'), [HOSPITAL_AT])
    t.same(objections('designated-institution', { ...values, kinds: ['other'] }, at()), [HOSPITAL_AT])
    t.same(objections('designated-institution', values, at({ hospital: null })), [HOSPITAL_AT])
    t.same(objections('designated-institution', { ...values, subject: 'pharmacy' }, at({ pharmacy: null })), [
      '',
    ])
  },
)

t.test('MZ-4.1 a prescription asks about its day of issue, a later step about its own day', async (t) => {
  const values = { subject: 'hospital', kinds: ['dual-channel'] }
  const hospital = { designations: [{ ...agreement, validFrom: '2025-11-01', validTo: '2025-11-20' }] }
  const now = '2025-11-21T02:00:00.000Z'
  t.same(objections('designated-institution', values, at({ hospital, now })), [])
  t.same(objections('designated-institution', values, later({ hospital, now })), [HOSPITAL_AT])
})

t.test('MZ-4.1 SC-P2 FS-4.2 not-sanctioned: only live sanctions of the named kinds count', async (t) => {
  for (const subject of ['hospital', 'pharmacy', 'physician', 'pharmacist', 'person'] as const) {
    const sanction = {
      subject: 'institution',
      subjectId: 'x',
      kind: 'suspension',
      reason: '样例',
      validFrom: '2025-11-20',
    } as const
    const values = { subject, kinds: ['suspension'] }
    t.same(objections('not-sanctioned', values, at()), [], subject)
    t.equal(objections('not-sanctioned', values, at({ [subject]: { sanctions: [sanction] } })).length, 1)
    const early = { ...sanction, validFrom: '2025-11-21' }
    const past = { ...sanction, validFrom: '2025-01-01', validTo: '2025-11-19' }
    const other = { ...sanction, kind: 'watch-list' } as const
    t.same(objections('not-sanctioned', values, at({ [subject]: { sanctions: [early, past, other] } })), [])
    t.equal(objections('not-sanctioned', values, at({ [subject]: null })).length, 1, 'unknown')
    const nextDay = { now: '2025-11-21T02:00:00.000Z', [subject]: { sanctions: [early] } }
    t.equal(objections('not-sanctioned', values, at(nextDay)).length, 1, 'written before, sent after')
  }
})

t.test('CQ-3 institution-kind: only the named supply channels', async (t) => {
  const values = { subject: 'pharmacy', kinds: ['pharmacy', 'internet-hospital'] }
  t.same(objections('institution-kind', values, at()), [])
  t.same(objections('institution-kind', values, at({ pharmacy: { kind: 'internet-hospital' } })), [])
  t.same(objections('institution-kind', values, at({ pharmacy: { kind: 'hospital' } })), [''])
})

t.test(
  'FS-2.3 CQ-4.2 institution-level: a hospital has an allowed level, a retail pharmacy has none',
  async (t) => {
    const values = { subject: 'hospital', levels: ['secondary', 'primary'] }
    t.same(objections('institution-level', values, at({ hospital: { level: 'secondary' } })), [])
    t.same(objections('institution-level', values, at({ hospital: { level: 'tertiary' } })), [HOSPITAL_AT])
    t.same(objections('institution-level', { ...values, subject: 'pharmacy' }, at()), [])
    t.same(
      objections(
        'institution-level',
        { ...values, subject: 'pharmacy' },
        at({ pharmacy: { kind: 'hospital' } }),
      ),
      [''],
    )
  },
)

t.test('CQ-4.2 gene-test-capability: asked only where the restriction rests on a gene test', async (t) => {
  const without = { geneTesting: false }
  t.same(objections('gene-test-capability', {}, at({ hospital: without })), [])
  t.same(objections('gene-test-capability', {}, at({ drug: { geneTestRequired: true } })), [])
  t.same(
    objections('gene-test-capability', {}, at({ hospital: without, drug: { geneTestRequired: true } })),
    ['/lines/0/drugCode'],
  )
})

t.test('MZ-4.3b CQ-4.4 physician-title: the minimum passes, the one below it does not', async (t) => {
  const titled = (title: 'resident' | 'attending' | 'associate-chief' | 'chief', minimum: string) =>
    objections('physician-title', { minimum }, at({ physician: { title } }))
  t.same(titled('associate-chief', 'associate-chief'), [])
  t.same(titled('chief', 'associate-chief'), [])
  t.same(titled('attending', 'associate-chief'), [PHYSICIAN_AT])
  t.same(titled('attending', 'attending'), [])
  t.same(titled('resident', 'attending'), [PHYSICIAN_AT])
})

t.test(
  'MZ-4.3b physician-title: in principle, so an approved exception of this hospital stands for it',
  async (t) => {
    const filing = {
      practitionerId: PHYSICIAN,
      institutionId: HOSPITAL,
      role: 'responsible-physician' as const,
      diseases: [],
      validFrom: '2025-01-01',
    }
    const titleException = { approvedBy: 'JB-01', approvedOn: '2025-01-01', reason: '县域无副主任医师' }
    const found = (change: object, inPrinciple = true) =>
      objections(
        'physician-title',
        { minimum: 'associate-chief', inPrinciple },
        at({ physician: { title: 'attending', filings: [{ ...filing, titleException, ...change }] } }),
      )
    t.same(found({}), [])
    t.same(found({}, false), [PHYSICIAN_AT], 'a wall where the document has one')
    t.same(found({ titleException: undefined }), [PHYSICIAN_AT])
    t.same(found({ institutionId: 'H9' }), [PHYSICIAN_AT])
    t.same(found({ role: 'assessor' }), [PHYSICIAN_AT])
    t.same(found({ validTo: '2025-11-19' }), [PHYSICIAN_AT], 'ended before the day of issue')
  },
)

t.test(
  'MZ-4.3b SX-3 practitioner-filed: filed here, in this role, and published where that is asked',
  async (t) => {
    const values = { subject: 'physician', role: 'responsible-physician', published: true }
    const filing = {
      practitionerId: PHYSICIAN,
      institutionId: HOSPITAL,
      role: 'responsible-physician',
      diseases: [],
      publishedOn: '2025-11-20',
      validFrom: '2025-01-01',
    } as const
    const filed = (change: object, other: object = {}) =>
      objections(
        'practitioner-filed',
        { ...values, ...other },
        at({ physician: { filings: [{ ...filing, ...change }] } }),
      )
    t.same(filed({}), [])
    t.same(filed({ publishedOn: '2025-11-21' }), [PHYSICIAN_AT])
    t.same(filed({ publishedOn: '2025-11-21' }, { published: false }), [])
    t.same(filed({ institutionId: 'H99999999999' }), [PHYSICIAN_AT])
    t.same(filed({ role: 'assessor' }), [PHYSICIAN_AT])
    t.same(filed({ validTo: '2025-11-19' }), [PHYSICIAN_AT])
    const pharmacist = { subject: 'pharmacist', role: 'pharmacist', published: false }
    t.same(objections('practitioner-filed', pharmacist, at()), [])
    t.same(objections('practitioner-filed', pharmacist, at({ pharmacist: { filings: [] } })), [''])
  },
)

t.test('MZ-4.3b physician-treats-disease: a filing for other diseases does not cover this one', async (t) => {
  const values = { role: 'responsible-physician' }
  const diagnosed = (code: string) =>
    objections(
      'physician-treats-disease',
      values,
      at({ prescription: { diagnoses: [{ code, name: '样例' }] } }),
    )
  t.same(diagnosed('C34.100'), [])
  t.same(diagnosed('C50.900'), [PHYSICIAN_AT])
})

t.test(
  'MZ-6.5 licence-live: the last day of the licence holds, and a physician is no pharmacist',
  async (t) => {
    const values = { subject: 'pharmacist' }
    const until = (licenceValidTo: string) =>
      objections('licence-live', values, later({ pharmacist: { licenceValidTo } }))
    t.same(until('2025-11-20'), [])
    t.same(until('2025-11-19'), [''])
    t.same(objections('licence-live', values, later({ pharmacist: { kind: 'physician' } })), [''])
  },
)

t.test('SX-8.2 MZ-4.3a signed-by: every purpose, by the physician and hospital named', async (t) => {
  const values = { purposes: ['physician', 'hospital-seal'] }
  const seal = { purpose: 'hospital-seal', institutionId: HOSPITAL } as const
  const own = { purpose: 'physician', institutionId: HOSPITAL, practitionerId: PHYSICIAN } as const
  const signed = (signers: readonly object[], purposes = values.purposes) =>
    objections('signed-by', { purposes }, at({ facts: { signers: signers as never } }))
  t.same(signed([own, seal]), [])
  t.same(signed([own, seal], ['physician', 'insurance-office']).length, 1)
  t.same(signed([]).length, 2)
  t.same(signed([{ ...own, practitionerId: 'D000000000000' }, seal]), [PHYSICIAN_AT])
  t.same(signed([{ ...own, institutionId: 'H00000000000' }, seal]), [PHYSICIAN_AT])
  t.same(signed([own, { ...seal, institutionId: 'H00000000000' }]), [HOSPITAL_AT])
})

t.test('MZ-6.3 signed-when-issued: the last millisecond of the distance passes, both ways', async (t) => {
  const issuedAt = '2025-11-20T02:00:00.000Z'
  const signed = (signedAt: string) =>
    objections(
      'signed-when-issued',
      { minutes: 60 },
      at({ issuedAt, facts: { signers: [{ purpose: 'physician', institutionId: HOSPITAL, signedAt }] } }),
    )
  t.same(signed('2025-11-20T03:00:00.000Z'), [])
  t.same(signed('2025-11-20T03:00:00.001Z'), ['/issuedAt'])
  t.same(signed('2025-11-20T01:00:00.000Z'), [])
  t.same(signed('2025-11-20T00:59:59.999Z'), ['/issuedAt'])
})

t.test('MZ-6.2 arrived-after-issue: neither too late nor from the future', async (t) => {
  const values = { minutes: 1440, aheadMinutes: 10 }
  const arrived = (receivedAt: string) =>
    objections(
      'arrived-after-issue',
      values,
      at({ issuedAt: '2025-11-20T02:00:00.000Z', prescription: { receivedAt } }),
    )
  t.same(arrived('2025-11-21T02:00:00.000Z'), [])
  t.same(arrived('2025-11-21T02:00:00.001Z'), ['/issuedAt'])
  t.same(arrived('2025-11-20T01:50:00.000Z'), [])
  t.same(arrived('2025-11-20T01:49:59.999Z'), ['/issuedAt'])
})

t.test(
  'CQ-4.7b a claim that names no physician is told so, another that the physician is unknown',
  async (t) => {
    const { physician: _, ...facts } = at()
    const unnamed = { ...facts, prescription: { ...facts.prescription, physicianId: '' } }
    t.match(missing(unnamed, ['physician']), [
      { path: '/physicianId', message: { en: /names no physician/ } },
    ])
    t.match(missing(facts, ['physician']), [{ path: PHYSICIAN_AT, message: { en: /not in the register/ } }])
  },
)
