import { formatYuan, least } from '../../primitives/money.ts'
import { type ApplyPart, allot, openLines } from '../workspace.ts'
import { divide } from './ratio.ts'

/**
 * Medicine bought outside during a hospital stay: settled at the rate of this stay, after what is left of the
 * stay's own deductible, and counted into the stay. It also decides who owes whom (see `postingsOf`).
 *
 * Rounds as `ratio` does: the fund down, the odd fen to the patient.
 *
 * @see CQ-2.3, MZ-7.4
 */
export const applyInpatient: ApplyPart = (work, part) => {
  const { setting, stay } = work.input
  if (setting !== 'inpatient') return
  if (stay === undefined) work.facts.push({ fact: 'stay' })
  const state = { stayNo: stay?.stayNo ?? '', deductibleChargedFen: 0n }
  work.stay = state
  for (const line of openLines(work)) {
    const amount = least((stay?.deductibleLeftFen ?? 0n) - state.deductibleChargedFen, line.open)
    allot(line, 'deductible', 'patient', amount, {
      ruleId: part.source,
      article: part.article,
      part: part.part,
      parameters: [],
      explain: (rest) => ({
        zh: `本次住院起付标准尚未支付的部分 ${formatYuan(rest)} 元由个人负担。`,
        en: `CNY ${formatYuan(rest)} of this stay's deductible was still unpaid and is the patient's.`,
      }),
    })
    state.deductibleChargedFen += amount
    divide(work, part, line)
  }
}
