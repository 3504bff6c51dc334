import { withoutGbkPrivateUse } from './gbk-private-use.ts'

/** Nothing that a reader sees: blanks, controls, joiners, variation selectors. */
export const UNSEEN = /[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** The hyphens and dashes, besides those that NFKC makes one of these. */
export const DASHES = /[\u2010\u2012-\u2015\u2043\u2212\u2500\uFE58]/g

/** The separators between the parts of a name (GB/T 16159, 间隔号) and what keyboards and old systems have for it. */
const DOTS = /[.\u02D9\u0387\u16EB\u2022\u2027\u2218\u2219\u22C5\u25CF\u2981\u2E31\u2E33\u30FB\uA78F]/g

const APOSTROPHES = /[\u0060\u00B4\u02B9\u02BB\u02BC\u02C8\u2018\u2019\u201B\u2032\u2035\uA78C]/g

/** U+02D9 and U+00B4 stand here because NFKC takes them apart into a blank and a combining mark. */
function oneOfAKind(text: string): string {
  return withoutGbkPrivateUse(text)
    .replace(DOTS, '\u00B7')
    .replace(APOSTROPHES, "'")
    .replace(DASHES, '-')
    .replace(UNSEEN, '')
}

/**
 * A person's name as it is compared: differences that no reader sees are gone.
 *
 * One form of each character (NFKC, so width, compatibility ideographs and combining marks are one; private use of GBK
 * as Unicode), one dot, one apostrophe, one hyphen, no blanks, letters in one case. Characters that readers tell apart
 * stay apart: 张 and 章, é and e, 国 and 國. Only for comparing: names are stored and shown as they came.
 *
 * @see Unicode UAX 15; GB 18030-2022
 */
export function foldedName(name: string): string {
  const plain = oneOfAKind(oneOfAKind(name).normalize('NFKC'))
  return oneOfAKind(plain.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().normalize('NFKC'))
}

/** True when two names are one to a reader. */
export function isSameName(a: string, b: string): boolean {
  return a === b || foldedName(a) === foldedName(b)
}
