import type { FieldFault } from '../../domain/field-fault.ts'

/** What to do about a field, by the keyword of the schema that failed, whose own sentence speaks to programs. */
const BY_KEYWORD: Readonly<Record<string, string>> = {
  required: '请填写。',
  minLength: '请填写。',
  minItems: '请至少填写或勾选一项。',
  enum: '请选择。',
  const: '请选择。',
  type: '请填写数字。',
  pattern: '格式不正确，请核对。',
  format: '格式不正确，请核对。',
}

const CHOSEN = '请选择。'
const AMOUNT = '请填写数字，小数最多 4 位，例如 28 或 0.5。'
const PRICE = '请填写金额（元），例如 12.50。'
const DAY = '请填写完整的年月日，例如 2028-07-31。'
const REFERENCE = '只能用字母、数字和 . _ : / -，最多 100 个。'

/** What a field asks for, where the keyword says too little. */
const BY_FIELD: Readonly<Record<string, string>> = {
  reasonCode: CHOSEN,
  noTraceReason: CHOSEN,
  quantity: AMOUNT,
  packSize: AMOUNT,
  unitPriceFen: PRICE,
  feeFen: PRICE,
  expiresOn: DAY,
  statementSignatureRef: REFERENCE,
  receiptSignatureRef: REFERENCE,
  reference: REFERENCE,
  paperNoEnding: '请填写证件号码的最后四位。',
}

/** A fault of the schema in words for whoever filled in the form. */
export function plainly(fault: FieldFault): FieldFault {
  const byKeyword = BY_KEYWORD[fault.keyword]
  if (byKeyword === undefined) return fault
  const field = fault.path.split('/').at(-1) ?? ''
  return { ...fault, message: { ...fault.message, zh: BY_FIELD[field] ?? byKeyword } }
}
