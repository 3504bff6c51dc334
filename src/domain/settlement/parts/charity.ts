import { type ApplyPart, allot } from '../workspace.ts'

/**
 * A line that an approved charity programme supplies free: nobody is billed, no fund and no patient. Exact.
 *
 * @see SX-5
 */
export const applyCharity: ApplyPart = (work, part) => {
  for (const line of work.lines) {
    if (line.line.charity !== true) continue
    allot(line, 'charity', 'charity', line.open, {
      ruleId: part.source,
      article: part.article,
      part: part.part,
      parameters: [],
      explain: () => ({
        zh: '慈善援助无偿供药，不收取费用，也不由基金支付。',
        en: 'Supplied free by the charity programme; neither the patient nor a fund pays.',
      }),
    })
  }
}
