import type { FieldFault } from './field-fault.ts'

/** No database keeps this character in a text. */
const NUL = '\u0000'
/** Faults that are told; who sends more has read the first ones. */
const TOLD = 100

/**
 * The texts within a value that can't be stored, because a NUL stands in them. Looks into plain data only, arrays and
 * objects without a class: a stream or a buffer is no text yet. Walks without recursion, so no depth ends it.
 *
 * @param root what the pointers start with: `/body`
 * @returns at most 100 faults
 */
export function unstorableTexts(value: unknown, root = ''): FieldFault[] {
  const faults: FieldFault[] = []
  const ahead: { readonly path: string; readonly value: unknown }[] = [{ path: root, value }]
  while (faults.length < TOLD) {
    const here = ahead.pop()
    if (here === undefined) break
    if (typeof here.value === 'string') {
      if (here.value.includes(NUL)) faults.push(faultAt(here.path))
    } else if (isPlain(here.value)) {
      const parts = Object.entries(here.value).map(([name, part]) => ({
        path: `${here.path}/${/^[\w-]{1,40}$/.test(name) ? name : '?'}`,
        value: part,
      }))
      ahead.push(...parts.reverse())
    }
  }
  return faults
}

function faultAt(path: string): FieldFault {
  const message = { zh: '不得包含空字符（U+0000）。', en: 'Must not hold the character U+0000.' }
  return { path, keyword: 'pattern', message }
}

/** True for what a parser of texts makes, in contrast to a stream, whose parts lead back to it. */
function isPlain(value: unknown): value is object {
  if (value === null || typeof value !== 'object') return false
  if (Array.isArray(value)) return true
  // A class of its own stands at least one step above the end of the chain.
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
