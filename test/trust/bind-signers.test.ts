import t from 'tap'
import type { RegisteredCertificate } from '../../src/domain/registers.ts'
import { bindSigners, type SignerPurpose } from '../../src/trust/bind-signers.ts'

const FILED: Record<string, RegisteredCertificate> = {
  doctor: { fingerprint: 'doctor', purpose: 'physician', practitionerId: 'D1', institutionId: 'H1' },
  colleague: { fingerprint: 'colleague', purpose: 'physician', practitionerId: 'D2', institutionId: 'H1' },
  moved: { fingerprint: 'moved', purpose: 'physician', practitionerId: 'D1', institutionId: 'H2' },
  seal: { fingerprint: 'seal', purpose: 'hospital-seal', institutionId: 'H1' },
  foreignSeal: { fingerprint: 'foreignSeal', purpose: 'hospital-seal', institutionId: 'H2' },
  ofToday: {
    identity: { authority: 'authority', subject: { CN: ' OF  today', serialNumber: 'D1' } },
    purpose: 'physician',
    practitionerId: 'D1',
    institutionId: 'H1',
  },
  ofAnother: {
    identity: { authority: 'another', subject: { CN: 'elsewhere' } },
    purpose: 'physician',
    practitionerId: 'D1',
    institutionId: 'H1',
  },
  office: { fingerprint: 'office', purpose: 'insurance-office', institutionId: 'H1' },
}

function bind(names: readonly string[], needs: readonly SignerPurpose[] = ['physician', 'hospital-seal']) {
  const signers = names.map((fingerprint) => ({
    fingerprint,
    authority: 'authority',
    subjectParts: [`2.5.4.3=${fingerprint}`, '2.5.4.5=d1'],
    signedAt: '2026-03-01T02:00:00.000Z',
  }))
  const register = { find: (each: string) => FILED[each], all: () => Object.values(FILED) }
  return bindSigners(signers, register, { hospitalId: 'H1', physicianId: 'D1', needs })
}

t.test('physician and seal as filed are bound, with their times', async (t) => {
  t.same(bind(['doctor', 'seal']), {
    status: 'bound',
    signers: [
      {
        purpose: 'physician',
        practitionerId: 'D1',
        institutionId: 'H1',
        signedAt: '2026-03-01T02:00:00.000Z',
      },
      { purpose: 'hospital-seal', institutionId: 'H1', signedAt: '2026-03-01T02:00:00.000Z' },
    ],
  })
})

t.test(
  'an event certificate is bound by its authority and its subject, whatever its fingerprint',
  async (t) => {
    t.match(bind(['of today', 'seal']), { status: 'bound', signers: [{ practitionerId: 'D1' }, {}] })
  },
)

const cases = [
  { what: 'a certificate that is not filed', names: ['doctor', 'nobody'], code: 'signer-not-filed' },
  {
    what: "the physician's certificate of another hospital",
    names: ['moved', 'seal'],
    code: 'signer-of-another-hospital',
  },
  {
    what: 'the seal of another hospital',
    names: ['doctor', 'foreignSeal'],
    code: 'signer-of-another-hospital',
  },
  { what: 'another physician', names: ['colleague', 'seal'], code: 'signer-of-another-physician' },
  {
    what: 'a subject that is filed for another authority',
    names: ['elsewhere', 'seal'],
    code: 'signer-not-filed',
  },
  { what: 'a missing seal', names: ['doctor'], code: 'seal-missing' },
  { what: 'a missing physician', names: ['seal'], code: 'physician-signature-missing' },
  { what: 'no signer at all', names: [], code: 'physician-signature-missing' },
] as const

for (const { what, names, code } of cases) {
  t.test(`${what} is refused as ${code}`, async (t) => t.match(bind(names), { status: 'refused', code }))
}

t.test('SX-8.2 the seal of the insurance office is asked for where the policy needs it', async (t) => {
  const needs = ['physician', 'hospital-seal', 'insurance-office'] as const
  t.match(bind(['doctor', 'seal'], needs), { status: 'refused', code: 'insurance-seal-missing' })
  t.match(bind(['doctor', 'seal', 'office'], needs), { status: 'bound' })
  t.match(bind(['doctor', 'seal', 'office']), { status: 'bound' }, 'more than needed does no harm')
})
