import { readdirSync } from 'node:fs'
import t from 'tap'
import { readReference } from '../../../src/embedded/sandbox/reference-data.ts'
import { PACKAGE_ROOT } from '../../../src/package-root.ts'

const reference = readReference()
const drugs = [...reference.drugs.values()]
const WESTERN = /^X[A-Z]\d{2}[A-Z]{2}[A-Z]\d{3}[A-Z]\d{3}\d{2}\d{2}\d{5}$/
const PATENT = /^Z[A-Z]\d{2}[A-Z]{2}[A-Z]\d{4}\d{2}\d{2}\d{5}$/

t.test('every drug code has the national form', async (t) => {
  t.ok(drugs.length >= 60)
  for (const { drug } of drugs) t.ok(WESTERN.test(drug.drugCode) || PATENT.test(drug.drugCode), drug.drugCode)
})

t.test(
  'a code that is not a full national one shows it by the company number 99999, and no other has that',
  async (t) => {
    for (const { drug, codeStatus } of drugs) {
      t.equal(drug.drugCode.endsWith('99999'), codeStatus !== 'full', drug.drugCode)
    }
  },
)

t.test(
  'every payment standard and listing is of a drug in the file, and every drug has a standard',
  async (t) => {
    for (const code of reference.standards.keys()) t.ok(reference.drugs.has(code), code)
    for (const { drugCode } of reference.listings) t.ok(reference.drugs.has(drugCode), drugCode)
    for (const code of reference.drugs.keys()) t.ok(reference.standards.has(code), code)
  },
)

t.test(
  'a confidential price is a sample figure, and a negotiated price that is none is public',
  async (t) => {
    for (const { standard } of reference.standards.values()) {
      if (standard.confidential) t.equal(standard.sample, true, standard.drugCode)
      if (standard.basis === 'negotiated' && standard.sample !== true) t.equal(standard.confidential, false)
    }
  },
)

t.test('MZ-7.1 a negotiated standard holds for the agreement period of its drug', async (t) => {
  for (const { drug, agreement } of drugs) {
    if (agreement === undefined) continue
    const held = reference.standards.get(drug.drugCode)!
    t.same([held.validFrom, held.validTo], [agreement.start, agreement.end], drug.drugCode)
  }
})

t.test(
  'CQ-2.6 there are agreements that ended in 2025, that end in 2026, public prices and confidential ones',
  async (t) => {
    const publicPrices = drugs.filter(
      ({ drug, codeStatus, agreement }) =>
        codeStatus === 'full' &&
        agreement?.end === '2026-12-31' &&
        reference.standards.get(drug.drugCode)?.standard.sample === undefined,
    )
    t.ok(publicPrices.length >= 10)
    t.ok(drugs.filter(({ agreement }) => agreement?.end === '2025-12-31').length >= 10)
    t.ok([...reference.standards.values()].filter(({ standard }) => standard.confidential).length >= 15)
  },
)

t.test('MZ-2 no list holds a narcotic, psychotropic or toxic drug', async (t) => {
  for (const { drugCode } of reference.listings)
    t.equal(reference.drugs.get(drugCode)?.drug.special, undefined)
  t.ok(drugs.some(({ drug }) => drug.special === 'narcotic'))
})

t.test('every restricted disease has a diagnosis to choose', async (t) => {
  for (const { drug } of drugs) {
    if (drug.restrictedIcd === undefined) continue
    t.ok(
      reference.diagnoses.some(({ code }) => drug.restrictedIcd?.some((prefix) => code.startsWith(prefix))),
      drug.genericName,
    )
  }
})

t.test('every data file names its source beside it', async (t) => {
  const files = readdirSync(new URL('sandbox/', PACKAGE_ROOT))
  for (const file of files.filter((name) => name.endsWith('.csv'))) {
    t.ok(files.includes(file.replace('.csv', '.source.md')), file)
  }
})
