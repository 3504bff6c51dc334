import { formatYuan } from '../../domain/primitives/money.ts'

/** Fen as people read money: `¥1,234.50`. */
export function yuan(fen: number): string {
  return `¥${formatYuan(BigInt(fen)).replace(/\B(?=(\d{3})+\.)/g, ',')}`
}
