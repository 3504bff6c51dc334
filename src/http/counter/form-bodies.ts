import type { Fields } from '../../domain/text/form-text.ts'
import { fenOf } from './price-text.ts'

/*
 * Forms as the bodies that programs send: from here on the same schemas and use cases see to both. A field that was
 * left empty is left out; what can't be read is passed on as it was typed, so that the schema refuses it by its place.
 */

/** The fields of the lines that a form has, by line number. @param numbers as the prescription has them */
function ofLine(fields: Fields, lineNo: number) {
  return (name: string): string => (fields[`${name}-${lineNo}`] ?? '').trim()
}

/** Trace codes as a scanner writes them: one a line. */
export function codesIn(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map((code) => code.trim())
    .filter((code) => code !== '')
}

/** Only the members that have a value. */
function given<Members extends object>(members: Members): Partial<Members> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== '' && value !== undefined),
  ) as Partial<Members>
}

/** Number or, for what is none, the text as typed: the schema says what is wrong. */
function fen(text: string): number | string {
  return fenOf(text) ?? text
}

/** The packs of a line: whole ones by their codes, and one that is split. */
function packsOf(of: (name: string) => string) {
  const codes = codesIn(of('codes'))
  const split = of('split-code')
  return {
    ...(codes.length === 0 ? {} : { traceCodes: codes }),
    ...(split === ''
      ? {}
      : {
          packs: [
            given({
              traceCode: split,
              split: true,
              quantity: of('split-quantity'),
              packSize: of('split-size'),
            }),
          ],
        }),
    ...given({ noTraceReason: of('no-trace') }),
  }
}

/** What is to be settled: the lines whose quantity stands there and is not zero. */
export function supplyOf(fields: Fields, numbers: readonly number[]): object {
  const lines = numbers.flatMap((lineNo) => {
    const of = ofLine(fields, lineNo)
    const quantity = of('quantity')
    if (quantity === '' || /^0+(\.0*)?$/.test(quantity)) return []
    const rest = given({ batchNo: of('batch'), expiresOn: of('expires') })
    return [{ lineNo, quantity, unitPriceFen: fen(of('price')), ...rest, ...packsOf(of) }]
  })
  return { lines }
}

/** What is ticked of a list whose boxes are named `paper-identity-card`. */
function tickedOf(fields: Fields, list: string): string[] {
  const start = `${list}-`
  return Object.keys(fields).flatMap((name) => (name.startsWith(start) ? name.slice(start.length) : []))
}

/** Who buys, as it was checked. */
export function buyerOf(fields: Fields): object {
  const papers = tickedOf(fields, 'paper')
  return {
    relation: fields['relation'] ?? '',
    identityChecked: fields['identity-checked'] === 'yes',
    ...(papers.length === 0 ? {} : { papers }),
    ...given({
      checkedAt: fields['checked-at'] ?? '',
      paperNoEnding: (fields['agent-ending'] ?? '').trim(),
      receiptSignatureRef: (fields['receipt-signature'] ?? '').trim(),
    }),
  }
}

/** A pharmacist's review. */
export function reviewOf(fields: Fields, pharmacistId: string): object {
  const isRefusal = fields['decision'] === 'refuse'
  const opinion = given({ opinion: (fields['opinion'] ?? '').trim() })
  if (isRefusal)
    return { pharmacistId, decision: 'refuse', ...given({ reasonCode: fields['reason'] ?? '' }), ...opinion }
  // Who was not checked is not there yet: whoever buys is checked before the settlement.
  const buyer = fields['identity-checked'] === 'yes' ? { buyer: buyerOf(fields) } : {}
  return { pharmacistId, decision: fields['decision'] ?? '', ...opinion, ...buyer }
}

/** What leaves the counter, and to whom. @param numbers of the lines that were settled */
export function handOverOf(fields: Fields, numbers: readonly number[], pharmacistId: string): object {
  const way = fields['way'] ?? ''
  const lines = numbers.map((lineNo) => {
    const of = ofLine(fields, lineNo)
    return { lineNo, ...given({ batchNo: of('batch'), expiresOn: of('expires') }), ...packsOf(of) }
  })
  const papersIssued = tickedOf(fields, 'issued')
  return {
    pharmacistId,
    ...(papersIssued.length === 0 ? {} : { papersIssued }),
    // At the counter it is whoever was checked before the settlement.
    ...(way === 'counter' || (fields['relation'] ?? '') === ''
      ? {}
      : { buyer: buyerOf({ ...fields, 'checked-at': 'delivery' }) }),
    ...given({ statementSignatureRef: (fields['statement-signature'] ?? '').trim() }),
    delivery: {
      way,
      feeFen: fen(fields['fee'] || '0'),
      ...given({ coldChain: fields['cold-chain'] ?? '' }),
      ...(fields['advice'] === 'yes' ? { adviceGiven: true } : {}),
    },
    lines,
  }
}

/** What comes back of a supply. */
export function returnOf(fields: Fields, numbers: readonly number[]): object {
  const lines = numbers.flatMap((lineNo) => {
    const of = ofLine(fields, lineNo)
    if (of('back') !== 'yes') return []
    const codes = codesIn(of('codes'))
    return [
      {
        lineNo,
        ...given({ quantity: of('quantity') }),
        ...(codes.length === 0 ? {} : { traceCodes: codes }),
      },
    ]
  })
  return {
    reasonCode: fields['reason'] ?? '',
    packs: fields['packs'] ?? 'intact',
    patientPaid: fields['patient-paid'] === 'yes',
    lines,
  }
}
