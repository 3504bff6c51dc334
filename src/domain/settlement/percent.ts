import type { BasisPoints } from '../primitives/money.ts'

/** Basis points for people: 8000n becomes `80%`, 1250n `12.5%`. */
export function percent(ratio: BasisPoints): string {
  const decimals = String(ratio % 100n)
    .padStart(2, '0')
    .replace(/0+$/, '')
  return `${ratio / 100n}${decimals === '' ? '' : `.${decimals}`}%`
}
