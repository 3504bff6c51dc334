import { eachLine } from './lines.ts'
import { liveQualifications } from './live-qualifications.ts'
import { parameters, someOf, text } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { terms } from './terms.ts'

const FIELDS = [
  'assessingHospitalId',
  'hospitalId',
  'physicianIds',
  'supplierId',
  'regimen',
  'documentNo',
  'diagnoses',
] as const
type Field = (typeof FIELDS)[number]

interface Parameters {
  readonly kind: string
  readonly fields: readonly Field[]
}

/** Does the qualification fix every point that the policy wants fixed? @see SC-D4, CQ-4.1, FS-2.1 */
export const qualificationNames = defineRule<Parameters>({
  name: 'qualification-names',
  sentence: {
    zh: '患者备案（{kind}）须载明：{fields}。',
    en: 'The qualification of the patient ({kind}) names: {fields}.',
  },
  parameters: parameters({ kind: text, fields: someOf(FIELDS) }),
  needs: () => ['person'],
  check: (facts, { kind, fields }) =>
    eachLine(facts, 'drugCode', (line) => {
      const filed = liveQualifications(facts, kind, line.drugCode)
      const gaps = filed.map((qualification) => fields.filter((field) => isEmpty(qualification[field])))
      if (filed.length === 0 || gaps.some((gap) => gap.length === 0)) return undefined
      return {
        zh: `${line.genericName}的患者备案缺少：${terms(gaps[0]!).zh}，请补充备案。`,
        en: `The qualification for ${line.genericName} lacks: ${terms(gaps[0]!).en}; complete it.`,
      }
    }),
})

function isEmpty(value: string | readonly string[] | undefined): boolean {
  return value === undefined || value.length === 0
}
