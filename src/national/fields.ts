import type { FieldFault } from '../domain/field-fault.ts'
import { Problem } from '../domain/problems.ts'
import { type TextObject, textOf } from './texts.ts'

/**
 * The members that a function of the interface needs, each as its text.
 *
 * @throws Problem malformed that names every one that is missing
 */
export function needed<Name extends string>(
  input: TextObject,
  names: readonly Name[],
): Readonly<Record<Name, string>> {
  const missing = names.filter((name) => textOf(input, name) === undefined)
  if (missing.length > 0)
    throw new Problem('malformed', { fields: missing.map((name) => fault(name, MISSING)) })
  return Object.fromEntries(names.map((name) => [name, textOf(input, name)!])) as Record<Name, string>
}

const MISSING = { zh: '缺少该项。', en: 'Is missing.' }

/** What is wrong with one member. */
export function fault(name: string, message: FieldFault['message'], keyword = 'required'): FieldFault {
  return { path: `/${name}`, keyword, message }
}

/** The bytes of a member in base64; line breaks mean nothing. @throws Problem malformed */
export function bytesOf(input: TextObject, name: string): Buffer {
  const text = needed(input, [name])[name]!.replace(/\s+/g, '')
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length > 0 && bytes.toString('base64') === text) return bytes
  throw new Problem('malformed', {
    fields: [fault(name, { zh: '应为标准 Base64。', en: 'Must be standard base64.' }, 'contentEncoding')],
  })
}

/** True for a PDF, or for the ZIP that an OFD (GB/T 33190) is. */
export function isPrescriptionFile(bytes: Buffer): boolean {
  return bytes.subarray(0, 5).toString('latin1') === '%PDF-' || bytes.readUInt32BE(0) === 0x504b0304
}
