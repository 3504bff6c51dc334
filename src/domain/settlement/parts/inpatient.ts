import { formatYuan, least } from '../../primitives/money.ts'
import { type Circumstances, consult, hasFigure } from '../figure-book.ts'
import { type ApplyPart, allot, openLines, type Workspace } from '../workspace.ts'
import { divide } from './ratio.ts'

/**
 * Medicine bought outside during a hospital stay: settled at the rate of this stay, after what is left of the
 * stay's own deductible, and counted into the stay. It also decides who owes whom (see `postingsOf`): the hospital collects
 * the own part, unless the plan lets the patient pay where he buys.
 *
 * Rounds as `ratio` does: the fund down, the odd fen to the patient.
 *
 * @see CQ-2.3, CQ-4.6, MZ-7.4
 */
export const applyInpatient: ApplyPart = (work, part) => {
  const { setting, stay } = work.input
  if (setting !== 'inpatient') return
  if (stay === undefined) work.facts.push({ fact: 'stay' })
  const circumstances = circumstancesOfStay(work)
  const atSupplier =
    hasFigure(part, 'paysWhere', circumstances) &&
    consult(work.book, part, 'paysWhere', circumstances)?.value === 'supplier'
  const state = {
    stayNo: stay?.stayNo ?? '',
    deductibleChargedFen: 0n,
    ...(atSupplier ? { paysWhere: 'supplier' as const } : {}),
  }
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

/** Who pays where is a question of the whole supply, not of one line of it. */
function circumstancesOfStay({ input }: Workspace): Circumstances {
  return {
    scheme: input.scheme,
    level: input.hospitalLevel,
    setting: input.setting,
    assistance: input.assistance,
  }
}
