/** Length of the second factor: the last characters of the identity number. */
export const ENDING_LENGTH = 6

/** As compared: full-width digits, a small x and blanks are how phones write the same thing. */
export function endingOf(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '').toUpperCase()
}

/** True for what can be the end of an identity number. */
export function isEnding(text: string): boolean {
  return /^[0-9A-Z()-]{6}$/.test(text)
}
