import { type FieldFault, safeSegment, TOLD_FAULTS } from '../field-fault.ts'
import { isWritable, letterFault } from './letters.ts'
import { encodingFault, textOf, withoutMark } from './utf8.ts'

/** Fields of a form or a query, by name. */
export type Fields = Readonly<Record<string, string>>

/** What was read, or what is wrong with it. */
export type ReadFields = { readonly fields: Fields } | { readonly faults: readonly FieldFault[] }

/** As `readFields`, of a body. A byte order mark in front is dropped. */
export function readForm(bytes: Uint8Array, root: string): ReadFields {
  const text = textOf(bytes)
  return text === undefined ? { faults: [encodingFault(root)] } : readFields(withoutMark(text), root)
}

/**
 * The one reader of `a=1&b=2`, in bodies and in addresses: percent-encoded UTF-8, each field once, texts of the stated
 * set of letters in the normal form NFC.
 *
 * @param root what the pointers of faults start with: `/body`
 * @see https://url.spec.whatwg.org/#urlencoded-parsing, but for the bytes that are no UTF-8, which are refused here
 */
export function readFields(text: string, root: string): ReadFields {
  const fields: Record<string, string> = Object.create(null)
  const faults: FieldFault[] = []
  for (const part of text.split('&')) {
    if (part === '') continue
    if (faults.length === TOLD_FAULTS) break
    const equals = part.indexOf('=')
    const name = decoded(equals === -1 ? part : part.slice(0, equals))
    const value = decoded(equals === -1 ? '' : part.slice(equals + 1))
    const path = `${root}/${safeSegment(name ?? '?')}`
    if (name === undefined || value === undefined) faults.push(encodingFault(path))
    else if (!isWritable(name)) faults.push(letterFault(name, path))
    else if (!isWritable(value)) faults.push(letterFault(value, path))
    else if (Object.hasOwn(fields, name)) faults.push(twice(path))
    else fields[name] = value.normalize('NFC')
  }
  return faults.length > 0 ? { faults } : { fields }
}

/** @returns undefined for what is no percent-encoded UTF-8 */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

function twice(path: string): FieldFault {
  return { path, keyword: 'unique', message: { zh: '同一字段出现了两次。', en: 'The field stands twice.' } }
}
