import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type PrescriptionDocument, prescriptionDocument } from '../../schemas/prescription-document.ts'
import { withCodeLists } from '../domain/code-list-faults.ts'
import { documentFaults } from '../domain/document-faults.ts'
import { type FieldFault, fieldFaults } from '../domain/field-fault.ts'
import { Problem } from '../domain/problems.ts'
import { unstorableTexts } from '../domain/storable-text.ts'

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false })
addFormats.default(ajv)
const isDocument = ajv.compile<PrescriptionDocument>(prescriptionDocument)

/**
 * Reads the signed bytes. The bytes themselves are kept; what is read here is only judged.
 *
 * @param bytes JSON in UTF-8
 * @throws Problem document-malformed with every field at fault
 */
export function parseDocument(bytes: Buffer): PrescriptionDocument {
  let text: string
  let content: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    content = JSON.parse(text)
  } catch {
    throw malformed([
      {
        path: '',
        keyword: 'json',
        message: { zh: '处方文书不是 UTF-8 编码的 JSON。', en: 'The document is no JSON in UTF-8.' },
      },
    ])
  }
  if (membersWritten(text) !== membersRead(content)) {
    throw malformed([
      {
        path: '',
        keyword: 'unique',
        message: { zh: '处方文书中有重复的字段。', en: 'A member of the document stands twice.' },
      },
    ])
  }
  if (!isDocument(content)) {
    throw malformed(withCodeLists(fieldFaults(isDocument.errors ?? [])))
  }
  const texts = unstorableTexts(content)
  const fields = texts.length > 0 ? texts : documentFaults(content)
  if (fields.length > 0) throw malformed(fields)
  return content
}

/** A refusal that says where the document and its code lists are described. */
function malformed(fields: readonly FieldFault[]): Problem {
  return new Problem('document-malformed', {
    fields,
    details: { schema: '/schemas/prescription-document', codeLists: '/codes' },
  })
}

const STRINGS = /"(?:[^"\\]|\\.)*"/g

/** How many members the text of a JSON document has. */
function membersWritten(text: string): number {
  return text.replace(STRINGS, '').split(':').length - 1
}

/**
 * How many members came out of it. Of a member that stands twice the parser keeps the last, another one may keep the
 * first: two readers of the same signed bytes would see two prescriptions.
 */
function membersRead(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0
  const parts = Object.values(value)
  return parts.reduce<number>((sum, part) => sum + membersRead(part), Array.isArray(value) ? 0 : parts.length)
}
