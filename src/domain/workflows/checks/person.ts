import { inForce } from '../../facts.ts'
import { fallsUnder } from '../../rules/icd.ts'
import { parameters, someOf, texts } from '../../rules/parameter-schemas.ts'
import { defineCheck, objection } from './check.ts'

/** Is the person insured in this region, in one of these schemes, and in good standing? @see FS-2.1, SX-2 */
export const personInsured = defineCheck<{ schemes: readonly string[] }>({
  name: 'person-insured',
  parameters: parameters({ schemes: someOf(['employee', 'resident']) }),
  check(_application, { person, regionCode }, { schemes }) {
    if (
      person !== undefined &&
      person.insuredRegion === regionCode &&
      person.standing === 'active' &&
      schemes.includes(person.scheme)
    )
      return []
    return objection(
      '患者不是本统筹区该险种的正常参保人员。',
      'The patient is not insured here in the scheme and in good standing.',
      '/subject',
    )
  },
})

/** Is the person under none of these sanctions, so that an application may be made? @see FS-4.2b */
export const personNotSanctioned = defineCheck<{ kinds: readonly string[] }>({
  name: 'person-not-sanctioned',
  barsApplying: true,
  parameters: parameters({ kinds: someOf(['benefit-excluded', 'watch-list']) }),
  check(_application, { person, today }, { kinds }) {
    if (person !== undefined && !inForce(person.sanctions, today).some(({ kind }) => kinds.includes(kind)))
      return []
    return objection(
      '患者处于停止享受待遇期间，期满后方可申请。',
      'The patient is excluded from the benefit for now; apply after it ends.',
      '/subject',
    )
  },
})

/** Is one of the diagnoses among these? @see FS-2.1 */
export const diagnosisAmong = defineCheck<{ codes: readonly string[] }>({
  name: 'diagnosis-among',
  parameters: parameters({ codes: texts }),
  fields: () => ['diagnoses'],
  check({ fields }, _facts, { codes }) {
    if (fields.diagnoses?.every((code) => fallsUnder(code, codes)) === true && fields.diagnoses.length > 0)
      return []
    return objection(
      '诊断不在保障病种范围内。',
      'A diagnosis is outside the diseases that are covered.',
      '/fields/diagnoses',
    )
  },
})
