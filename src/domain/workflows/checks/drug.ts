import { inForce } from '../../facts.ts'
import { fallsUnder } from '../../rules/icd.ts'
import { parameters, texts, whole, yesNo } from '../../rules/parameter-schemas.ts'
import { defineCheck, objection } from './check.ts'

/** Do all drugs stand on one of these lists today? @see CQ-2.2 */
export const drugsListed = defineCheck<{ lists: readonly string[]; exceptClasses?: readonly string[] }>({
  name: 'drugs-listed',
  parameters: parameters({ lists: texts }, { exceptClasses: texts }),
  fields: () => ['drugCodes'],
  check({ fields }, facts, { lists, exceptClasses = [] }) {
    return (fields.drugCodes ?? []).flatMap((code, index) => {
      const on = inForce(facts.drugs[code]?.lists ?? [], facts.today).some(
        (listing) =>
          lists.includes(listing.listId) &&
          (listing.class === undefined || !exceptClasses.includes(listing.class)),
      )
      return on
        ? []
        : objection(
            '药品不在需要申请的目录内。',
            'The drug is not on the list that needs an application.',
            `/fields/drugCodes/${index}`,
          )
    })
  },
})

/** Does one of the diagnoses meet each drug's printed restriction? @see SC-D2, SX-4.2, CQ-2.1 */
export const diagnosisFits = defineCheck<Record<string, never>>({
  name: 'diagnosis-fits',
  parameters: parameters(),
  fields: () => ['drugCodes', 'diagnoses'],
  check({ fields }, facts) {
    return (fields.drugCodes ?? []).flatMap((code, index) => {
      const prefixes = facts.drugs[code]?.restrictedIcd
      if (prefixes === undefined || fields.diagnoses?.some((one) => fallsUnder(one, prefixes)) === true)
        return []
      return objection(
        '诊断不符合药品的限定支付范围。',
        'No diagnosis is within the restriction of the drug.',
        `/fields/drugCodes/${index}`,
      )
    })
  },
})

/** Are so many drugs named? @see CQ-4.3, SX-9 */
export const drugCount = defineCheck<{ minimum: number; maximum: number }>({
  name: 'drug-count',
  parameters: parameters({ minimum: whole(1), maximum: whole(1) }),
  fields: () => ['drugCodes'],
  check({ fields }, _facts, { minimum, maximum }) {
    const count = fields.drugCodes?.length ?? 0
    if (minimum <= count && count <= maximum) return []
    return objection(
      `药品数量应为${minimum}至${maximum}种。`,
      `Between ${minimum} and ${maximum} drugs must be named.`,
      '/fields/drugCodes',
    )
  },
})

/** Was each drug handed over to the person before? @see SX-5 */
export const drugUsedBefore = defineCheck<Record<string, never>>({
  name: 'drug-used-before',
  parameters: parameters(),
  fields: () => ['drugCodes'],
  check({ fields }, { suppliedDrugs }) {
    if (fields.drugCodes?.every((code) => suppliedDrugs.includes(code)) === true) return []
    return objection(
      '首次用药后方可申请慈善援助。',
      'The charity programme is open after the first use of the drug.',
      '/fields/drugCodes',
    )
  },
})

/**
 * Is the stated reason one of these? Where the document's list is `open` (等), another reason counts as well, in words:
 * the one who decides reads it.
 *
 * @see CQ-4.3, SX-6
 */
export const reasonAmong = defineCheck<{ codes: readonly string[]; open?: boolean }>({
  name: 'reason-among',
  parameters: parameters({ codes: texts }, { open: yesNo }),
  fields: () => ['reasonCode'],
  check({ fields }, _facts, { codes, open = false }) {
    const { reasonCode, statement } = fields
    if (reasonCode !== undefined && codes.includes(reasonCode)) return []
    if (open && reasonCode !== undefined && (statement ?? '').trim() !== '') return []
    if (open && reasonCode !== undefined)
      return objection(
        `${codes.join('、')}以外的变更理由，请在说明中写明具体情况。`,
        `A reason other than ${codes.join(', ')} needs a statement of the case.`,
        '/fields/statement',
      )
    return objection(
      `变更理由须为：${codes.join('、')}。`,
      `The reason must be one of: ${codes.join(', ')}.`,
      '/fields/reasonCode',
    )
  },
})

/** Is the result of an assessment one of these? @see SX-7, MZ-5 */
export const assessmentAmong = defineCheck<{ results: readonly string[] }>({
  name: 'assessment-among',
  parameters: parameters({ results: texts }),
  fields: () => ['assessment'],
  check({ fields }, _facts, { results }) {
    if (fields.assessment !== undefined && results.includes(fields.assessment)) return []
    return objection(
      `评估结果须为：${results.join('、')}。`,
      `The result must be one of: ${results.join(', ')}.`,
      '/fields/assessment',
    )
  },
})
