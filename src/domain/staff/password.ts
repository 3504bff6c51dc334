/** Shortest password, in characters; longer helps more than odd signs (NIST SP 800-63B, 5.1.1). */
const SHORTEST = 10
const LONGEST = 200

/** False for a password that a guesser tries first: short, with the name in it, of one sign, or one row of signs. */
export function isStrongPassword(password: string, login: string): boolean {
  const signs = [...password.normalize('NFKC')]
  if (signs.length < SHORTEST || signs.length > LONGEST) return false
  if (password.toLowerCase().includes(login.toLowerCase())) return false
  const small = signs.slice(1).filter((sign, place) => {
    return Math.abs(sign.codePointAt(0)! - signs[place]!.codePointAt(0)!) <= 1
  })
  // One break is allowed in a row: 1234567890 is still one.
  return small.length < signs.length - 2
}

/** What people type to sign in: letters, digits, dots, hyphens; in any case. */
export const LOGIN_PATTERN = '^[A-Za-z0-9][A-Za-z0-9._-]{2,39}$'

/** One spelling of a name to sign in with. */
export function loginOf(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase()
}
