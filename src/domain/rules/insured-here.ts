import { parameters } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'

interface Parameters {
  /** Other regions whose insured are settled here through the network, by region code. */
  readonly alsoFrom?: readonly string[]
}

/** Is the patient insured in this region, or in one that it settles for? @see CQ-2.1, CQ-4.7a */
export const insuredHere = defineRule<Parameters>({
  name: 'insured-here',
  sentence: {
    zh: '患者须在本统筹区参保（联网结算的其他统筹区：{alsoFrom}）。',
    en: 'The patient is insured in this region (or in one that is settled here: {alsoFrom}).',
  },
  parameters: parameters({}, { alsoFrom: { type: 'array', items: { type: 'string', pattern: '^\\d{6}$' } } }),
  needs: () => ['person'],
  check(facts, { alsoFrom = [] }) {
    const { insuredRegion } = facts.person!
    if (insuredRegion === facts.regionCode || alsoFrom.includes(insuredRegion)) return []
    const message = {
      zh: '患者不在本统筹区参保，请按异地就医规定办理。',
      en: 'The patient is not insured in this region; the rules for treatment away from home apply.',
    }
    return [{ path: '/patient/insuredRegion', message }]
  },
})
