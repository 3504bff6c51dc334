import type { Facts } from '../facts.ts'
import type { Qualification } from '../registers.ts'
import { fallsUnder } from './icd.ts'
import { eachLine } from './lines.ts'
import { liveQualifications } from './live-qualifications.ts'
import { oneOf, parameters, text, texts, yesNo } from './parameter-schemas.ts'
import { defineRule, type Need } from './rule.ts'
import { term } from './terms.ts'

const POINTS = ['hospital', 'physician', 'supplier', 'supplying-hospital', 'diagnosis'] as const
type Point = (typeof POINTS)[number]

interface Parameters {
  readonly kind: string
  readonly point: Point
  /** ICD-10 prefixes of one disease, with point `diagnosis`: both the filing and the prescription name it. */
  readonly codes?: readonly string[]
  /** With point `supplier`: another one may supply what the one that is fixed is short of. */
  readonly unlessShort?: boolean
}

/** Which points the qualification leaves open it does not fix: then nothing is objected. */
const MATCHES: Readonly<
  Record<Point, (filed: Qualification, facts: Facts, codes?: readonly string[]) => boolean>
> = {
  hospital: ({ hospitalId }, facts) =>
    hospitalId === undefined || hospitalId === facts.prescription.hospitalId,
  physician: ({ physicianIds }, facts) => physicianIds?.includes(facts.prescription.physicianId) ?? true,
  supplier: ({ supplierId }, facts) =>
    supplierId === undefined || supplierId === facts.pharmacy?.institutionId,
  // The hospital that is fixed supplies as well.
  'supplying-hospital': ({ hospitalId }, facts) =>
    hospitalId === undefined || hospitalId === facts.pharmacy?.institutionId,
  diagnosis: ({ diagnoses }, facts, codes) =>
    codes === undefined
      ? diagnoses === undefined ||
        facts.prescription.diagnoses.some(({ code }) => fallsUnder(code, diagnoses))
      : (diagnoses?.some((code) => fallsUnder(code, codes)) ?? true) &&
        facts.prescription.diagnoses.some(({ code }) => fallsUnder(code, codes)),
}

const WORDS: Readonly<Record<Point, { zh: string; en: string }>> = {
  hospital: { zh: '定点医院', en: 'hospital' },
  physician: { zh: '责任医师', en: 'responsible physician' },
  supplier: { zh: '供药机构', en: 'supplying institution' },
  'supplying-hospital': { zh: '选定的定点医疗机构（供药）', en: 'institution that is chosen and supplies' },
  diagnosis: { zh: '诊断', en: 'diagnosis' },
}

/**
 * Is this the hospital, physician, supplier or diagnosis that the patient's qualification fixes? A patient without a
 * live qualification is the question of `qualification-live`.
 *
 * @see CQ-4.3, CQ-4.4, SX-6, SC-D4, FS-2.1, FS-3.6
 */
export const qualificationMatches = defineRule<Parameters>({
  name: 'qualification-matches',
  sentence: {
    zh: '须与患者备案（{kind}）所定的{point}一致（所属疾病：{codes}；缺货时除外：{unlessShort}）。',
    en: 'The {point} is the one that the qualification of the patient ({kind}) fixes (of this disease: {codes}; unless it is out of stock: {unlessShort}).',
  },
  parameters: parameters({ kind: text, point: oneOf(POINTS) }, { codes: texts, unlessShort: yesNo }),
  needs: ({ point }): readonly Need[] =>
    point === 'supplier' || point === 'supplying-hospital' ? ['person', 'pharmacy'] : ['person'],
  check: (facts, { kind, point, codes, unlessShort = false }) =>
    eachLine(facts, 'drugCode', (line) => {
      const filed = liveQualifications(facts, kind, line.drugCode)
      if (filed.length === 0 || filed.some((qualification) => MATCHES[point](qualification, facts, codes)))
        return undefined
      if (point === 'supplier' && unlessShort && isShort(filed, facts, line.drugCode)) return undefined
      return {
        zh: `${line.genericName}：${WORDS[point].zh}与患者备案（${term(kind).zh}）不一致，请按备案办理或先变更备案。`,
        en: `${line.genericName}: the ${WORDS[point].en} differs from the qualification (${term(kind).en}); follow it or have it changed.`,
      }
    }),
})

/** Every supplier that is fixed for the drug is out of it. */
function isShort(filed: readonly Qualification[], { shortSuppliers }: Facts, drugCode: string): boolean {
  const short = shortSuppliers?.[drugCode] ?? []
  return filed.every(({ supplierId }) => supplierId !== undefined && short.includes(supplierId))
}
