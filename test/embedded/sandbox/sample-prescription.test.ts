import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import t from 'tap'
import { prescriptionDocument } from '../../../schemas/prescription-document.ts'
import type { Filing } from '../../../src/domain/registers.ts'
import { makeSandbox } from '../../../src/embedded/sandbox/make-sandbox.ts'
import { readReference } from '../../../src/embedded/sandbox/reference-data.ts'
import { samplePrescription } from '../../../src/embedded/sandbox/sample-prescription.ts'

const ajv = new Ajv2020({ allErrors: true, strict: true })
formats.default(ajv)
const isDocument = ajv.compile(prescriptionDocument)

const reference = readReference()
const worldOf = (regionCode: string) =>
  makeSandbox(
    { regionCode, name: { zh: '样例', en: 'Sample' }, counties: [`${regionCode.slice(0, 4)}02`] },
    { today: '2026-11-22', seed: 1 },
    reference,
  )

for (const regionCode of ['441400', '500000', '140000', '510600', '210400', '320100']) {
  t.test(
    `${regionCode} the sample prescription is a valid document within the restricted scope`,
    async (t) => {
      const world = worldOf(regionCode)
      const document = samplePrescription(world)
      t.ok(isDocument(document), JSON.stringify(isDocument.errors))
      const { drug, physician, hospital } = world.cast
      t.equal(document.lines[0]?.drugCode, drug.drugCode)
      t.ok(drug.restrictedIcd?.some((prefix) => document.diagnoses[0]?.code.startsWith(prefix)))
      const filing = world.entries.find(
        (entry) =>
          entry.key === `${physician.practitionerId}:${hospital.institutionId}:responsible-physician`,
      )?.data as Filing
      t.ok(
        filing.diseases.some((prefix) => document.diagnoses[0]?.code.startsWith(prefix)),
        'MZ-4.3b the physician treats that disease',
      )
    },
  )
}

t.test('every shipped drug can be prescribed', async (t) => {
  const world = worldOf('441400')
  for (const { drug } of reference.drugs.values()) {
    t.ok(isDocument(samplePrescription(world, { drugs: [drug] })), drug.genericName)
  }
})

t.test('choices replace the ordinary parts', async (t) => {
  const world = worldOf('441400')
  const document = samplePrescription(world, {
    person: world.cast.resident,
    drugs: [world.cast.publicPriceDrug, world.cast.confidentialDrug],
    issuedAt: new Date('2026-11-20T15:59:59.999Z'),
    days: 7,
    quantity: 42,
    document: { longTerm: true },
  })
  t.ok(isDocument(document))
  t.equal(document.patient.personId, world.cast.resident.personId)
  t.same(
    document.lines.map((line) => [line.lineNo, line.quantity, line.startsOn, line.endsOn]),
    [
      [1, '42', '2026-11-20', '2026-11-26'],
      [2, '42', '2026-11-20', '2026-11-26'],
    ],
  )
  t.equal(document.diagnoses.length, 2)
  t.equal(document.longTerm, true)
})

t.test('the course keeps to what the restriction pays for', async (t) => {
  const world = worldOf('441400')
  const short = [...reference.drugs.values()].find(({ drug }) => drug.maxDays === 3)!.drug
  t.equal(samplePrescription(world, { drugs: [short] }).lines[0]?.days, 3)
})

t.test('an unknown property, a wrong type and a missing field are refused', async (t) => {
  const document = samplePrescription(worldOf('441400'))
  t.notOk(isDocument({ ...document, surprise: 1 }))
  t.notOk(isDocument({ ...document, visit: { ...document.visit, surprise: 1 } }))
  t.notOk(isDocument({ ...document, lines: [{ ...document.lines[0], days: '14' }] }))
  const { patient: _, ...without } = document
  t.notOk(isDocument(without))
})
