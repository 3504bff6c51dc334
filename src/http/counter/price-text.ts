/** Digits of a fen after the point that the hub takes. */
const FEN_DIGITS = 6

/** Fen for one unit as yuan, exactly: 35.714286 is `0.35714286`. */
export function yuanText(fen: number): string {
  const [whole = '0', rest = ''] = fen.toFixed(FEN_DIGITS).split('.')
  const digits = whole.padStart(3, '0')
  const decimals = `${digits.slice(-2)}${rest}`.replace(/0+$/, '').padEnd(2, '0')
  return `${digits.slice(0, -2)}.${decimals}`
}

/** Yuan as people type them as fen, exactly; undefined for what is no price. */
export function fenOf(text: string): number | undefined {
  const typed = text.normalize('NFKC').replace(/[,¥\s]/g, '')
  const [, whole, decimals = ''] = /^(\d{1,9})(?:\.(\d{0,8}))?$/.exec(typed) ?? []
  if (whole === undefined) return undefined
  const digits = decimals.padEnd(2, '0')
  return Number(`${whole}${digits.slice(0, 2)}.${digits.slice(2)}`)
}
