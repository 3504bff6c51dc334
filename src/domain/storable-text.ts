import type { FieldFault } from './field-fault.ts'

/** No database keeps this character in a text. */
const NUL = '\u0000'

/**
 * The texts within a value that can't be stored, because a NUL stands in them.
 *
 * @param root what the pointers start with: `/body`
 */
export function unstorableTexts(value: unknown, root = ''): FieldFault[] {
  return holdsNul(value) ? faultsOf(value, root) : []
}

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(NUL)
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return false
  return Object.values(value).some(holdsNul)
}

function faultsOf(value: unknown, path: string): FieldFault[] {
  if (typeof value === 'string') {
    const message = { zh: '不得包含空字符（U+0000）。', en: 'Must not hold the character U+0000.' }
    return [{ path, keyword: 'pattern', message }]
  }
  return Object.entries(value as object)
    .filter(([, part]) => holdsNul(part))
    .flatMap(([name, part]) => faultsOf(part, `${path}/${/^[\w-]{1,40}$/.test(name) ? name : '?'}`))
}
