import t from 'tap'
import { residentIdCheck } from '../../../src/domain/primitives/resident-id.ts'
import type { RegisterEntry, RegisterName, Registers } from '../../../src/domain/registers.ts'
import { makeSandbox } from '../../../src/embedded/sandbox/make-sandbox.ts'
import { readReference } from '../../../src/embedded/sandbox/reference-data.ts'
import type { SandboxRegion, SandboxWorld } from '../../../src/embedded/sandbox/world.ts'

const reference = readReference()
const today = '2026-11-22'
const options = { today, seed: 7 }

const region = (regionCode: string, name: string, counties: readonly string[]): SandboxRegion => ({
  regionCode,
  name: { zh: name, en: name },
  counties,
})
const MEIZHOU = region('441400', '梅州市', [
  '441402',
  '441403',
  '441422',
  '441423',
  '441424',
  '441426',
  '441427',
  '441481',
])
const REGIONS = [
  MEIZHOU,
  region('500000', '重庆市', ['500101', '500102', '500103']),
  region('140000', '山西省省直', ['140105', '140106']),
  region('510600', '德阳市', ['510603', '510604', '510623', '510681', '510682', '510683']),
  region('210400', '抚顺市', ['210402', '210403', '210404', '210411']),
  region('320100', '第六统筹区', ['320102', '320104']),
  region('650100', '无县统筹区', []),
]
const worldOf = (it: SandboxRegion) => makeSandbox(it, options, reference)

function of<Name extends RegisterName>(world: SandboxWorld, register: Name) {
  return world.entries.filter((it): it is RegisterEntry<Name> => it.register === register)
}

const sortKey = (entry: RegisterEntry) => `${entry.register} ${entry.key} ${entry.validFrom}`

/** The entries of a register that hold today. */
function live<Name extends RegisterName>(world: SandboxWorld, register: Name): Registers[Name][] {
  return of(world, register)
    .filter((it) => it.validFrom <= today && (it.validTo === undefined || today <= it.validTo))
    .map((it) => it.data)
}

t.test('the same region, day and seed give the same world, another seed another one', async (t) => {
  t.equal(JSON.stringify(worldOf(MEIZHOU)), JSON.stringify(worldOf(MEIZHOU)))
  t.not(JSON.stringify(worldOf(MEIZHOU)), JSON.stringify(makeSandbox(MEIZHOU, { today, seed: 8 }, reference)))
})

for (const it of REGIONS) {
  const world = worldOf(it)
  const { cast } = world

  t.test(`${it.regionCode} the cast is complete and everything in it is registered`, async (t) => {
    for (const [part, who] of Object.entries(cast)) t.ok(who, part)
    const institutions = live(world, 'institution').map((entry) => entry.institutionId)
    // In Fushun the ordinary hospital supplies, no retail pharmacy (FS-2.3).
    t.equal(new Set(institutions).size, it.regionCode === '210400' ? 10 : 11)
    t.ok(institutions.includes(cast.hospital.institutionId))
    t.ok(live(world, 'practitioner').some((entry) => entry.practitionerId === cast.physician.practitionerId))
    t.ok(live(world, 'person').some((entry) => entry.personId === cast.person.personId))
    t.ok(live(world, 'drug').some((entry) => entry.drugCode === cast.drug.drugCode))
  })

  t.test(`${it.regionCode} entries of one key never overlap in time`, async (t) => {
    const sorted = world.entries.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
    for (const [index, after] of sorted.entries()) {
      const before = sorted[index - 1]
      if (before?.register !== after.register || before.key !== after.key) continue
      t.ok((before.validTo ?? '9999') < after.validFrom, after.key)
    }
    for (const entry of world.entries) {
      if (entry.validTo !== undefined) t.ok(entry.validFrom <= entry.validTo, entry.key)
    }
  })

  t.test(`${it.regionCode} codes and identity numbers are well formed and nobody's`, async (t) => {
    for (const { institutionId, kind, countyCode, name } of live(world, 'institution')) {
      t.match(institutionId, kind === 'pharmacy' ? /^P\d{11}$/ : /^H\d{11}$/)
      t.ok(institutionId.slice(1, 7) === countyCode)
      t.ok(name.startsWith('样例'))
    }
    for (const { practitionerId, kind, name } of live(world, 'practitioner')) {
      t.match(practitionerId, kind === 'physician' ? /^D\d{12}$/ : /^YS\d{12}$/)
      t.ok(name.startsWith('样例'))
    }
    const persons = live(world, 'person')
    for (const { idNumber, name, phone, birthDate } of persons) {
      t.equal(idNumber, idNumber.slice(0, 17) + residentIdCheck(idNumber))
      t.ok(idNumber.startsWith('99'), 'no province has that code')
      t.equal(idNumber.slice(6, 14), birthDate.replaceAll('-', ''))
      t.match(phone, /^100\d{8}$/)
      t.ok(name.startsWith('样例'))
    }
    t.equal(new Set(persons.map((who) => who.idNumber)).size, persons.length)
  })

  t.test(
    `${it.regionCode} the ordinary pharmacy and hospital are designated, the others fail in one way`,
    async (t) => {
      const kinds = (id: string) =>
        live(world, 'designation')
          .filter((entry) => entry.institutionId === id && entry.kind !== 'settling')
          .map((entry) => entry.kind)
      t.not(kinds(cast.hospital.institutionId).length, 0)
      t.not(kinds(cast.designatedPharmacy.institutionId).length, 0)
      t.same(kinds(cast.undesignatedPharmacy.institutionId), [])
      t.same(kinds(cast.endedPharmacy.institutionId), [])
      t.ok(live(world, 'sanction').some((entry) => entry.subjectId === cast.suspendedHospital.institutionId))
      const filings = live(world, 'filing').filter((entry) => entry.role === 'responsible-physician')
      const at = (id: string) => filings.filter((entry) => entry.practitionerId === id)
      t.equal(at(cast.physician.practitionerId)[0]?.institutionId, cast.hospital.institutionId)
      t.ok(at(cast.physician.practitionerId)[0]?.publishedOn)
      t.equal(at(cast.unpublishedPhysician.practitionerId)[0]?.publishedOn, undefined)
      t.same(at(cast.notFiledPhysician.practitionerId), [])
      t.equal(
        at(cast.filedElsewherePhysician.practitionerId)[0]?.institutionId,
        cast.privateHospital.institutionId,
      )
      t.ok(cast.expiredLicencePhysician.licenceValidTo < today)
      t.ok(cast.expiredPharmacist.licenceValidTo < today)
    },
  )

  t.test(
    `${it.regionCode} the ordinary drug is listed, priced, within its agreement, and in stock`,
    async (t) => {
      const { drugCode } = cast.drug
      const listings = live(world, 'drug-list').filter((entry) => entry.drugCode === drugCode)
      t.not(listings.length, 0)
      for (const { agreementEnd } of listings) t.ok(agreementEnd === undefined || agreementEnd >= today)
      t.equal(live(world, 'payment-standard').filter((entry) => entry.drugCode === drugCode).length, 1)
      const has = (id: string) =>
        world.stock.find((row) => row.pharmacyId === id && row.drugCode === drugCode)?.quantity ?? 'none'
      t.ok(Number(has(cast.designatedPharmacy.institutionId)) > 0)
      t.equal(has(cast.noStockPharmacy.institutionId), '0')
    },
  )

  t.test(
    `${it.regionCode} every institution, the agency and the operator have a client with scopes`,
    async (t) => {
      const ids = world.clients.map((client) => client.clientId)
      t.equal(new Set(ids).size, 13)
      for (const client of world.clients) t.not(client.scopes.length, 0, client.clientId)
    },
  )
}

t.test('the five regions and the sixth have what their documents ask for', async (t) => {
  const held = (world: SandboxWorld, who: { personId: string }) =>
    live(world, 'qualification').filter((entry) => entry.personId === who.personId)
  const [meizhou, chongqing, shanxi, deyang, fushun] = REGIONS.map(worldOf)

  t.equal(live(meizhou!, 'qualification').length, 0, 'MZ needs no admission')

  const [drug] = held(chongqing!, chongqing!.cast.person)
  t.equal(drug?.kind, 'drug', 'CQ-4.1')
  t.ok([1, 2].includes(drug!.physicianIds!.length), 'CQ-4.4')
  t.same(held(chongqing!, chongqing!.cast.unqualifiedPerson), [])
  t.same(held(chongqing!, chongqing!.cast.lapsedPerson), [])

  const handbook = of(shanxi!, 'qualification').find(
    (entry) => entry.data.personId === shanxi!.cast.person.personId && entry.data.kind === 'drug',
  )
  t.same([handbook?.validFrom, handbook?.validTo], ['2026-10-23', '2027-10-22'], 'SX-4.3 one year')
  t.equal(shanxi!.cast.person.scheme, 'employee')
  t.ok(
    held(shanxi!, shanxi!.cast.charityPerson).some((entry) => entry.kind === 'charity'),
    'SX-5',
  )
  t.ok(
    held(shanxi!, shanxi!.cast.progressedPerson).some((entry) => entry.assessment === 'progressed'),
    'SX-7',
  )

  const [fixed] = held(deyang!, deyang!.cast.person)
  t.ok(fixed?.assessingHospitalId && fixed.hospitalId && fixed.supplierId && fixed.physicianIds, 'SC-D4')

  t.equal(fushun!.cast.person.scheme, 'resident', 'FS-2.1')
  t.equal(fushun!.cast.hospital.level, 'secondary', 'FS-2.3')
  t.same(
    held(fushun!, fushun!.cast.person)
      .map((entry) => entry.kind)
      .sort(),
    ['hospital-choice', 'two-disease'],
  )
  t.equal(fushun!.cast.drug.medicineClass, 'A')
})

t.test('a region whose counties have no known centre has institutions without coordinates', async (t) => {
  const sixth = worldOf(region('320100', '第六统筹区', ['320102']))
  t.equal(sixth.cast.hospital.longitude, undefined)
  t.type(worldOf(MEIZHOU).cast.hospital.longitude, 'number')
})
