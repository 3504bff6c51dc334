import { type Fen, formatYuan } from '../../domain/primitives/money.ts'
import { PAYERS, type Payer } from '../../domain/settlement/adjudication.ts'
import type { Language } from '../../policy/explain-version.ts'
import type { MoneyMoved, ReplayReport } from './tally.ts'

/** Payers in words, for policy officers. */
const PAYER_WORDS: Readonly<Record<Payer, readonly [string, string]>> = {
  patient: ['个人', 'patient'],
  'basic-fund': ['统筹基金', 'basic fund'],
  'large-amount': ['大额医疗', 'large-amount insurance'],
  'serious-illness': ['大病保险', 'serious-illness insurance'],
  'medical-assistance': ['医疗救助', 'medical assistance'],
  charity: ['慈善援助', 'charity'],
  capitation: ['按人头包干', 'capitation'],
  institution: ['机构承担', 'institution'],
}

/**
 * A replay's report as lines of text: counts first, then duty by duty, then the money.
 *
 * Amounts are fen, with yuan beside them; a positive one means that the payer would bear more.
 */
export function reportLines(report: ReplayReport, language: Language): string[] {
  const zh = language === 'zh'
  const { decisions, settlements } = report
  return [
    zh
      ? `决定 ${decisions.judged}：一致 ${decisions.identical}，仅措辞不同 ${decisions.reworded}，结论不同 ${decisions.different}（其中将被拒绝 ${decisions.refusedNow}）`
      : `Decisions ${decisions.judged}: identical ${decisions.identical}, reworded ${decisions.reworded}, different ${decisions.different} (of which refused now ${decisions.refusedNow})`,
    ...[...report.duties]
      .sort(byKey)
      .map(([duty, { found, gone }]) =>
        zh ? `  ${duty}：新增 ${found}，消失 ${gone}` : `  ${duty}: found ${found}, gone ${gone}`,
      ),
    zh
      ? `结算 ${settlements.judged}：一致 ${settlements.identical}，仅措辞不同 ${settlements.reworded}，金额不同 ${settlements.different}（其中将不予结算 ${settlements.declinedNow}）`
      : `Settlements ${settlements.judged}: identical ${settlements.identical}, reworded ${settlements.reworded}, different ${settlements.different} (of which declined now ${settlements.declinedNow})`,
    ...moneyLine(zh ? '合计' : 'In all', report.money, zh),
    ...[...report.moneyByDuty].sort(byKey).flatMap(([duty, money]) => moneyLine(duty, money, zh)),
    ...[...report.unjudged]
      .sort(byKey)
      .map(([cause, count]) => (zh ? `无法判定（${cause}）：${count}` : `Not judged (${cause}): ${count}`)),
  ]
}

function moneyLine(name: string, money: MoneyMoved, zh: boolean): string[] {
  const moved = PAYERS.filter((payer) => money[payer] !== 0n).map(
    (payer) => `${PAYER_WORDS[payer][zh ? 0 : 1]} ${signed(money[payer])}`,
  )
  return moved.length === 0 ? [] : [`  ${name}: ${moved.join(zh ? '，' : ', ')}`]
}

function signed(fen: Fen): string {
  const sign = fen > 0n ? '+' : ''
  return `${sign}${fen} fen (${sign}${formatYuan(fen)})`
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
