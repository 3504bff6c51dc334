import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type PrescriptionDocument, prescriptionDocument } from '../../schemas/prescription-document.ts'
import { boundedCheck } from '../domain/bounded-check.ts'
import { withCodeLists } from '../domain/code-list-faults.ts'
import { documentFaults } from '../domain/document-faults.ts'
import { type FieldFault, fieldFaults } from '../domain/field-fault.ts'
import { instantMembers, takeInstants } from '../domain/instant-checks.ts'
import { Problem } from '../domain/problems.ts'
import { plainInstant } from '../domain/text/instant-text.ts'
import { readJson } from '../domain/text/json-text.ts'
import { withoutMark } from '../domain/text/utf8.ts'

const OPTIONS = { strict: true, strictTypes: false, verbose: true } as const

function compiled(allErrors: boolean) {
  const ajv = new Ajv2020({ ...OPTIONS, allErrors })
  addFormats.default(ajv)
  takeInstants(ajv)
  return ajv.compile(prescriptionDocument)
}

/** Members of the document that are instants. */
const INSTANTS = instantMembers(prescriptionDocument)

const errorsOf = boundedCheck(compiled(false), () => compiled(true))

/**
 * Reads the signed bytes. The bytes themselves are kept as they were signed; what is read here is only judged.
 *
 * @param bytes JSON in UTF-8, without a byte order mark
 * @throws Problem document-malformed with the fields at fault, at most 100
 */
export function parseDocument(bytes: Buffer): PrescriptionDocument {
  const read = readJson(bytes, '', 'refused')
  if ('faults' in read) throw malformed(read.faults)
  const errors = errorsOf(read.value)
  if (errors.length > 0) throw malformed(withCodeLists(fieldFaults(errors)))
  const document = storedDocument(bytes)
  const fields = documentFaults(document)
  if (fields.length > 0) throw malformed(fields)
  return document
}

/** A refusal that says where the document and its code lists are described. */
function malformed(fields: readonly FieldFault[]): Problem {
  return new Problem('document-malformed', {
    fields,
    details: { schema: '/schemas/prescription-document', codeLists: '/codes' },
  })
}

/**
 * The content of a stored document: the one reader of bytes that were accepted before, perhaps by rules that were
 * wider than those of today. A byte order mark in front is dropped, texts are in the normal form NFC, instants are
 * written in one way. Only what is read changes; the signed bytes stay.
 */
export function storedDocument(bytes: Buffer): PrescriptionDocument {
  const text = withoutMark(bytes.toString('utf8'))
  return JSON.parse(text, (name, value: unknown) =>
    typeof value === 'string' ? plainText(name, value) : value,
  ) as PrescriptionDocument
}

function plainText(name: string, text: string): string {
  return (INSTANTS.has(name) ? plainInstant(text) : undefined) ?? text.normalize('NFC')
}
