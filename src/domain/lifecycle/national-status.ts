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

const PRESCRIPTION: Partial<Record<State, NationalStatus['prescription']>> = {
  expired: 'lapsed',
  refused: 'lapsed',
  returned: 'lapsed',
  cancelled: 'revoked',
}

const REVIEW: Partial<Record<State, NationalStatus['review']>> = {
  reviewed: 'passed',
  settling: 'passed',
  settled: 'passed',
  deferred: 'passed',
  dispensed: 'passed',
  returned: 'passed',
  refused: 'failed',
}

/** Derives the national axes; nothing of them is stored. */
export function nationalStatus(
  state: State,
  lines: readonly { readonly dispensed: string; readonly remaining: string }[],
): NationalStatus {
  const isUsed = lines.some((line) => Number(line.dispensed) > 0)
  const isLeft = lines.some((line) => Number(line.remaining) > 0)
  return {
    prescription: PRESCRIPTION[state] ?? 'valid',
    review: REVIEW[state] ?? 'pending',
    use: state === 'returned' ? 'returned' : isUsed ? (isLeft ? 'partly-used' : 'used') : 'unused',
  }
}
