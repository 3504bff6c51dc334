import { formatInstant } from '../primitives/civil-day.ts'
import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

/** Is the prescription still valid, or was the purchase begun while it was? The bound is exclusive. @see MZ-6.3 */
export const withinValidity = defineRule<object>({
  name: 'within-validity',
  sentence: { zh: '处方须在有效期内。', en: 'The prescription has not expired.' },
  parameters: parameters(),
  check(facts) {
    const { expiresAt } = facts.prescription
    const at = facts.purchaseBegunAt ?? facts.now
    if (expiresAt !== undefined && Date.parse(at) < Date.parse(expiresAt)) return []
    const end = expiresAt === undefined ? '' : formatInstant(new Date(expiresAt))
    const message = {
      zh: `处方已于${end}失效，请患者重新就诊开方。`,
      en: `The prescription ended at ${end}; the patient needs a new one.`,
    }
    return [{ path: '/issuedAt', message }]
  },
})
