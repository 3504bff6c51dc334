import { readFileSync } from 'node:fs'
import t from 'tap'
import type { Dated, Facts, Step } from '../../../src/domain/facts.ts'
import {
  drugFactsOf,
  institutionFactsOf,
  patientFacts,
  personEntriesOf,
  practitionerFactsOf,
  prescriptionFactsOf,
  type RegisterView,
} from '../../../src/domain/prescription-facts.ts'
import type { RegisterEntry, RegisterName, Registers } from '../../../src/domain/registers.ts'
import { judge } from '../../../src/domain/rules/judge.ts'
import { makeSandbox } from '../../../src/embedded/sandbox/make-sandbox.ts'
import { readReference } from '../../../src/embedded/sandbox/reference-data.ts'
import {
  type PrescriptionChoice,
  samplePrescription,
} from '../../../src/embedded/sandbox/sample-prescription.ts'
import type { SandboxWorld } from '../../../src/embedded/sandbox/world.ts'
import { PACKAGE_ROOT } from '../../../src/package-root.ts'
import { loadPolicies } from '../../../src/policy/load-policies.ts'
import { readPolicyFile } from '../../../src/policy/read-policy-file.ts'

const reference = readReference()
const policies = await loadPolicies(new URL('policies/', PACKAGE_ROOT))
const today = '2026-11-22'
const now = '2026-11-22T00:40:00.000Z'

const versionOf = (regionCode: string) => {
  const version = policies.inForce(regionCode, today)
  if (version === undefined) throw new Error(`no policy for ${regionCode}`)
  return version
}

function viewOf(world: SandboxWorld): RegisterView {
  const dated = (it: RegisterEntry) =>
    ({
      ...it.data,
      validFrom: it.validFrom,
      ...(it.validTo === undefined ? {} : { validTo: it.validTo }),
    }) as unknown
  const of = (register: RegisterName) => world.entries.filter((it) => it.register === register)
  return {
    find: <Name extends RegisterName>(register: Name, key: string, day: string) => {
      const held = of(register).find(
        (it) => it.key === key && it.validFrom <= day && (it.validTo === undefined || day <= it.validTo),
      )
      return held === undefined ? undefined : (dated(held) as Dated<Registers[Name]>)
    },
    about: <Name extends RegisterName>(register: Name, subject: string) =>
      of(register)
        .filter((it) => it.key.split(':').includes(subject) || it.key === subject)
        .map((it) => dated(it) as Dated<Registers[Name]>),
  }
}

/** Judges one step of a sample prescription; everything around it is in order. */
function findings(
  world: SandboxWorld,
  choice: PrescriptionChoice = {},
  step: Step = 'intake',
  pharmacyId = world.cast.designatedPharmacy.institutionId,
  version = versionOf(world.regionCode),
) {
  const document = samplePrescription(world, choice)
  const view = viewOf(world)
  const { personId } = document.patient
  const person = personEntriesOf(
    world.entries.filter((it) => it.key.includes(personId)),
    today,
  )
  const hospital = institutionFactsOf(view, document.hospital.institutionId, today)
  const physician = practitionerFactsOf(view, document.physician.practitionerId, today)
  const pharmacy = institutionFactsOf(view, pharmacyId, today)
  const signer = { institutionId: document.hospital.institutionId, signedAt: document.issuedAt }
  const facts: Facts = {
    step,
    now,
    today,
    regionCode: world.regionCode,
    prescription: prescriptionFactsOf(document, new Date(now)),
    signers: [
      { ...signer, purpose: 'physician', practitionerId: document.physician.practitionerId },
      { ...signer, purpose: 'hospital-seal' },
      { ...signer, purpose: 'insurance-office' },
    ],
    ...(hospital && { hospital }),
    ...(physician && { physician }),
    ...(pharmacy && { pharmacy }),
    ...(person.facts && { person: person.facts }),
    ...(person.registered && patientFacts(document, person.registered)),
    drugs: drugFactsOf(
      view,
      document.lines.map((line) => line.drugCode),
      today,
    ),
    history: [],
  }
  return judge(version, step, facts, 'sandbox').findings
}

const worldOf = (regionCode: string) => {
  const { name, counties } = versionOf(regionCode)
  return makeSandbox({ regionCode, name, counties }, { today, seed: 3 }, reference)
}

for (const regionCode of ['441400', '500000', '140000', '510600', '210400']) {
  t.test(`${regionCode} the sample prescription passes its region's policy`, async (t) => {
    const world = worldOf(regionCode)
    for (const step of ['intake', 'choice', 'taking'] as const) {
      t.same(
        findings(world, {}, step).filter((finding) => finding.effect !== 'warn'),
        [],
        step,
      )
    }
  })
}

const refusals = (choice: (world: SandboxWorld) => PrescriptionChoice, regionCode = '441400') => {
  const world = worldOf(regionCode)
  return [...new Set(findings(world, choice(world)).map((finding) => finding.rule))].sort()
}

t.test('MZ each part of the cast fails for its own reason only', async (t) => {
  const physician = (
    part:
      | 'attending'
      | 'notFiledPhysician'
      | 'expiredLicencePhysician'
      | 'sanctionedPhysician'
      | 'unpublishedPhysician'
      | 'filedElsewherePhysician',
  ) => refusals(({ cast }) => ({ physician: cast[part] }))
  t.same(physician('attending'), ['physician-title'])
  t.same(physician('notFiledPhysician'), ['practitioner-filed'])
  t.same(physician('filedElsewherePhysician'), ['practitioner-filed'])
  t.same(physician('unpublishedPhysician'), ['practitioner-filed'])
  t.same(physician('expiredLicencePhysician'), ['licence-live'])
  t.same(physician('sanctionedPhysician'), ['not-sanctioned'])
  t.same(
    refusals(({ cast }) => ({ person: cast.suspendedPerson })),
    ['insured-standing'],
  )
  t.same(
    refusals(({ cast }) => ({ person: cast.outsider })),
    ['insured-here'],
  )
  t.same(
    refusals(({ cast }) => ({ physician: cast.chief, drugs: [cast.confidentialDrug] })),
    [],
    'a confidential price is no obstacle',
  )
  t.ok(refusals(({ cast }) => ({ drugs: [cast.excludedDrug] })).includes('excluded-special-drug'))
  t.ok(refusals(({ cast }) => ({ drugs: [cast.unlistedDrug] })).includes('drug-on-list'))
})

t.test('CQ, SX, SC, FS persons without a live admission are refused or not covered', async (t) => {
  for (const regionCode of ['500000', '140000', '510600', '210400']) {
    for (const part of ['unqualifiedPerson', 'lapsedPerson'] as const) {
      t.not(refusals(({ cast }) => ({ person: cast[part] }), regionCode).length, 0, `${regionCode} ${part}`)
    }
  }
})

t.test(
  'MZ-4.2, MZ-5 an undesignated pharmacy and an ended agreement are refused, stock is not asked',
  async (t) => {
    const world = worldOf('441400')
    const chosen = (part: 'secondPharmacy' | 'noStockPharmacy' | 'undesignatedPharmacy' | 'endedPharmacy') =>
      findings(world, {}, 'choice', world.cast[part].institutionId).map((finding) => finding.rule)
    t.same(chosen('secondPharmacy'), [])
    t.same(chosen('noStockPharmacy'), [])
    t.same(chosen('undesignatedPharmacy'), ['designated-institution'])
    t.same(chosen('endedPharmacy'), ['designated-institution'])
  },
)

t.test('MZ-4.1 a suspended hospital is refused', async (t) => {
  const rules = refusals(({ cast }) => ({ hospital: cast.suspendedHospital }))
  t.ok(rules.includes('not-sanctioned'))
  t.notOk(rules.includes('designated-institution'), 'it still has its agreement')
})

t.test('CQ-2.6 a drug whose agreement ended is refused though it is listed', async (t) => {
  const rules = refusals(({ cast }) => ({ drugs: [cast.endedAgreementDrug] }), '500000')
  t.ok(rules.includes('agreement-running'))
  t.notOk(rules.includes('drug-on-list'))
})

t.test('a sixth region by policy file only: the generic sandbox passes it', async (t) => {
  const meizhou = readFileSync(new URL('policies/441400-meizhou.yaml', PACKAGE_ROOT), 'utf8')
  const sixth = meizhou
    .replaceAll('441400', '320100')
    .replace(/counties: \[.*\]/, "counties: ['320102', '320104']")
  const version = readPolicyFile(sixth, 'sixth.yaml')[0]!
  const { name, counties } = version
  const world = makeSandbox({ regionCode: '320100', name, counties }, { today, seed: 5 }, reference)
  for (const step of ['intake', 'choice', 'taking'] as const) {
    t.same(findings(world, {}, step, world.cast.designatedPharmacy.institutionId, version), [])
  }
  t.equal(world.cast.hospital.countyCode, '320102')
})
