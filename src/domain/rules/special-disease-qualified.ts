import { fallsUnder } from './icd.ts'
import { eachLine } from './lines.ts'
import { liveQualifications } from './live-qualifications.ts'
import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

/** How the registers call the qualification, where they hold it with its diseases and not only as a mark. */
const KIND = 'special-disease'

/**
 * Does the patient have the special-disease qualification (特病资质), as a mark of the person or filed for a disease of
 * the prescription?
 *
 * @see CQ-2.3, CQ-2.4b
 */
export const specialDiseaseQualified = defineRule<object>({
  name: 'special-disease-qualified',
  sentence: {
    zh: '患者须有门诊特病资质。',
    en: 'The patient has the special-disease qualification.',
  },
  parameters: parameters(),
  needs: () => ['person'],
  check: (facts) =>
    eachLine(facts, 'drugCode', (line) => {
      const { person, prescription } = facts
      const filed = liveQualifications(facts, KIND, line.drugCode).some(
        ({ diagnoses }) =>
          diagnoses === undefined || prescription.diagnoses.some(({ code }) => fallsUnder(code, diagnoses)),
      )
      if (filed || person!.specialDisease === true) return undefined
      return {
        zh: `${line.genericName}为门诊特病用药，患者没有相应的特病资质，请先办理特病资格认定。`,
        en: `${line.genericName} is a special-disease drug and the patient is not qualified for it; apply for the special-disease qualification first.`,
      }
    }),
})
