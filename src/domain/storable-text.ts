import type { FieldFault } from './field-fault.ts'

/** No database keeps this character in a text. */
const NUL = '\u0000'

/**
 * The texts within a value that can't be stored, because a NUL stands in them.
 *
 * @param root what the pointers start with: `/body`
 */
export function unstorableTexts(value: unknown, root = ''): FieldFault[] {
  if (typeof value === 'string') {
    const message = { zh: '不得包含空字符（U+0000）。', en: 'Must not hold the character U+0000.' }
    return value.includes(NUL) ? [{ path: root, keyword: 'pattern', message }] : []
  }
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return []
  return Object.entries(value).flatMap(([name, part]) =>
    unstorableTexts(part, `${root}/${/^[\w-]{1,40}$/.test(name) ? name : '?'}`),
  )
}
