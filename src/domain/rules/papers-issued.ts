import { parameters, someOf, yesNo } from './parameter-schemas.ts'
import { defineRule } from './rule.ts'
import { terms } from './terms.ts'

/** What is given out for the money: the receipt, the list of fees, and the supplier's seal for fees on both. */
export const ISSUED_PAPERS = ['receipt', 'fee-list', 'fee-seal'] as const

interface Parameters {
  readonly papers: readonly string[]
  /** True: only asks that the supplier says which were issued; absent: that none is lacking where it says so. */
  readonly unstated?: boolean
}

/**
 * Were receipt and fee list given out, sealed, before the medicine? They can be had from the settlement on; what the
 * supplier says at the hand-over is judged, and kept.
 *
 * @see MZ-6.5
 */
export const papersIssued = defineRule<Parameters>({
  name: 'papers-issued',
  sentence: {
    zh: '供药前须开具并加盖：{papers}（未说明时提示：{unstated}）。',
    en: 'Before the supply these are given out: {papers} (asks where nothing is said: {unstated}).',
  },
  parameters: parameters({ papers: someOf(ISSUED_PAPERS) }, { unstated: yesNo }),
  needs: () => [],
  check({ papersIssued }, { papers, unstated = false }) {
    if (unstated !== (papersIssued === undefined)) return []
    const lacking = papers.filter((paper) => papersIssued?.includes(paper) !== true)
    if (lacking.length === 0) return []
    const { zh, en } = terms(lacking)
    return [
      unstated
        ? {
            message: {
              zh: `未说明是否已开具：${zh}；请在交付时注明。`,
              en: `Nothing says that these were given out: ${en} (papersIssued).`,
            },
          }
        : {
            message: {
              zh: `尚未开具：${zh}，请先开具并加盖收费专用章再供药。`,
              en: `Not given out yet: ${en}; give them out, sealed, and then the medicine.`,
            },
          },
    ]
  },
})
