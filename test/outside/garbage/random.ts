/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** A whole number from 0, below the bound. */
  below(bound: number): number
  /** One of them. */
  pick<T>(from: readonly T[]): T
  /** Text of hexadecimal digits. */
  hex(length: number): string
}

/** Mulberry32: 32 bits of state, enough to choose what to break. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (bound: number) => next() % bound
  return {
    below,
    pick: (from) => from[below(from.length)]!,
    hex: (length) => Array.from({ length }, () => below(16).toString(16)).join(''),
  }
}
