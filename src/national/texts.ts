import type { FieldFault } from '../domain/field-fault.ts'
import { readJsonText } from '../domain/text/json-text.ts'

/**
 * A JSON value whose scalars are texts as they stood on the wire: `3.0` is "3.0", `false` is "false". That is how the
 * national interface signs them, and why a number sent as a string is the same number.
 */
export type Texts = string | null | readonly Texts[] | TextObject
export interface TextObject {
  readonly [member: string]: Texts
}

/** Parts that a message may have: the longest prescription has some thousands, and is mostly one file. */
const MOST_PARTS = 100_000
const TOO_MANY = {
  zh: `成员和列表项合计不得超过 ${MOST_PARTS} 个。`,
  en: `Must not have more than ${MOST_PARTS} members and items.`,
}

const STRING_OR_SCALAR = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false/g

/**
 * Reads JSON so that every scalar but null is the text that was sent. A text that is JSON inside a JSON string, as one
 * client sends its body, is unwrapped once.
 *
 * @param root what the pointers of faults start with
 */
export function readTexts(
  text: string,
  root: string,
): { readonly value: Texts } | { readonly faults: readonly FieldFault[] } {
  // Anybody may send one: what is short to write must not be long to read.
  if (hasTooMany(text)) return { faults: [{ path: root, keyword: 'maxItems', message: TOO_MANY }] }
  const read = readJsonText(text, root)
  if ('faults' in read) return read
  const { value } = read
  if (typeof value === 'string' && /^\s*[{[]/.test(value)) {
    const inner = readJsonText(value, root)
    return 'faults' in inner ? inner : { value: textsOf(value) }
  }
  return { value: textsOf(text) }
}

/** Counts whatever may begin a member or an item, those within texts, too. */
function hasTooMany(text: string): boolean {
  let parts = 0
  for (const _ of text.matchAll(/[,{[]/g)) {
    parts += 1
    if (parts > MOST_PARTS) return true
  }
  return false
}

function textsOf(json: string): Texts {
  return JSON.parse(
    json.replace(STRING_OR_SCALAR, (found) => (found.startsWith('"') ? found : `"${found}"`)),
  ) as Texts
}

/** True for an object, in contrast to a list, a text or null. */
export function isTextObject(value: Texts | undefined): value is TextObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text of a member; undefined when it is missing, null, empty or blank, or no text: all count as not given. */
export function textOf(object: TextObject | undefined, member: string): string | undefined {
  const value = object?.[member]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}
