import { digitsFor } from '../primitives/folded-id-number.ts'
import { DASHES, UNSEEN } from '../primitives/folded-name.ts'

/** Crockford's base 32: no I, L, O, U, so that a code can be read out and typed. */
export const CODE_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Letters and digits of a code: 130 bits. */
export const CODE_LENGTH = 26

/**
 * A code as it was made, from what somebody typed or a scanner gave: in any case and width, O for 0, I and L for 1,
 * with blanks, dashes, dots, strokes or line ends between the groups.
 *
 * @returns undefined for what can be no code
 * @see https://www.crockford.com/base32.html
 */
export function typedCode(text: string): string | undefined {
  const bare = text
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(DASHES, '-')
    .replace(/[-._/·。、]/g, '')
  const code = digitsFor(bare.toUpperCase())
  return code.length === CODE_LENGTH && [...code].every((sign) => CODE_LETTERS.includes(sign))
    ? code
    : undefined
}
