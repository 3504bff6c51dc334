import {
  digitsFor,
  foldedIdNumber,
  isResidentId,
  printedIdNumber,
} from '../../domain/primitives/folded-id-number.ts'
import { isSameSecret } from '../secrets.ts'

/** Length of the second factor: the last characters of the identity number. */
const ENDING_LENGTH = 6

/** The longest identity number that a register takes. */
const NUMBER_LENGTH = 50

/**
 * True for what can be the end of an identity number, or the whole of it: 6 to 50 letters, digits, Chinese characters
 * and signs, blanks not counted. Papers other than the resident's card end as in `军字第2001988号`.
 */
export function isEnding(given: string): boolean {
  const printed = [...printedIdNumber(given)]
  return (
    printed.length >= ENDING_LENGTH &&
    printed.length <= NUMBER_LENGTH &&
    printed.every((sign) => /^[\p{L}\p{N}\p{P}\p{M}]$/u.test(sign))
  )
}

/**
 * True when the last six characters given are those of the number as printed, or as compared: `567(1)` and `345671`
 * both end `H1234567(1)`. Takes as long for a right answer as for a wrong one.
 * A number has at least six characters: registers and documents refuse a shorter one, whose ending would be guessed.
 */
export function isEndingOf(given: string, idNumber: string): boolean {
  const typed = isResidentId(idNumber) ? digitsFor(printedIdNumber(given)) : given
  const asPrinted = isSameSecret(lastOf(printedIdNumber(typed)), lastOf(printedIdNumber(idNumber)))
  const folded = lastOf(foldedIdNumber(typed))
  const asCompared = isSameSecret(folded, lastOf(foldedIdNumber(idNumber)))
  return asPrinted || asCompared
}

function lastOf(text: string): string {
  return [...text].slice(-ENDING_LENGTH).join('')
}
