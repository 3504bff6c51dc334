import { parseQuantity } from '../primitives/quantity.ts'
import type { State } from './transitions.ts'

/** The three axes on which the national platform tells how a prescription stands. */
export interface NationalStatus {
  /** 医保处方状态: 有效, 已失效, 已撤销. */
  readonly prescription: 'valid' | 'lapsed' | 'revoked'
  /** 处方审核状态: 待审核, 通过, 不通过; of the newest fulfilment. */
  readonly review: 'pending' | 'passed' | 'failed'
  /** 处方使用状态: 未使用, 部分使用, 已使用, 已退药. */
  readonly use: 'unused' | 'partly-used' | 'used' | 'returned'
}

const REVIEW: Partial<Record<State, NationalStatus['review']>> = {
  held: 'pending',
  reviewed: 'passed',
  settling: 'passed',
  settled: 'passed',
  deferred: 'passed',
  dispensed: 'passed',
  returned: 'passed',
  refused: 'failed',
}

/**
 * Derives the national axes; nothing of them is stored. They are independent: a pharmacist's refusal is no end of
 * validity, and what was reviewed and supplied stays so when the rest is cancelled or lapses.
 *
 * @param lines quantities as decimal text
 * @param isPastValidity whether the validity has ended
 */
export function nationalStatus(
  state: State,
  lines: readonly { readonly prescribed: string; readonly dispensed: string }[],
  isPastValidity: boolean,
): NationalStatus {
  const isUsed = lines.some((line) => parseQuantity(line.dispensed) > 0n)
  const isLeft = lines.some((line) => parseQuantity(line.dispensed) < parseQuantity(line.prescribed))
  return {
    prescription: prescriptionAxis(state, isPastValidity),
    // Between two supplies the newest fulfilment is the one that was reviewed and handed over.
    review: REVIEW[state] ?? (isUsed ? 'passed' : 'pending'),
    use: state === 'returned' ? 'returned' : isUsed ? (isLeft ? 'partly-used' : 'used') : 'unused',
  }
}

function prescriptionAxis(state: State, isPastValidity: boolean): NationalStatus['prescription'] {
  if (state === 'cancelled') return 'revoked'
  if (state === 'expired' || state === 'returned') return 'lapsed'
  return state === 'refused' && isPastValidity ? 'lapsed' : 'valid'
}
