import type { FieldFault } from '../field-fault.ts'
import { Problem } from '../problems.ts'
import { isSamePack, TRACE_CODE_FAULTS, type TraceCode, traceCodeOf } from './trace-code.ts'

/** A scanned code with the place in the body that it stands at. */
export interface ScannedCode {
  readonly path: string
  readonly scanned: string
  /** As stated beside the code. */
  readonly batchNo?: string | undefined
  readonly expiresOn?: string | undefined
}

/**
 * Reads the codes of one body, each pack once.
 *
 * @returns the packs, in the order of the codes
 * @throws Problem trace-code-unreadable, trace-code-contradicts (its own batch or expiry is not the one stated),
 *   trace-code-twice; each with the fields at fault
 * @see MZ-4.3a
 */
export function readTraceCodes(codes: readonly ScannedCode[]): TraceCode[] {
  const read = codes.map((code) => ({ ...code, pack: traceCodeOf(code.scanned) }))
  refuse(
    'trace-code-unreadable',
    read.flatMap(({ path, pack }) =>
      typeof pack === 'string' ? [{ path, keyword: pack, message: TRACE_CODE_FAULTS[pack] }] : [],
    ),
  )
  // Whatever is no pack was refused.
  const named = read as readonly (ScannedCode & { readonly pack: TraceCode })[]
  refuse('trace-code-contradicts', named.flatMap(contradictions))
  const packs = named.map(({ pack }) => pack)
  refuse(
    'trace-code-twice',
    named.flatMap(({ path, pack }, index) =>
      packs.slice(0, index).some((earlier) => isSamePack(earlier, pack))
        ? [{ path, keyword: 'uniqueItems', message: TWICE }]
        : [],
    ),
  )
  return packs
}

const TWICE = {
  zh: '此盒前面已经列出（写法不同也是同一盒）。',
  en: 'This pack was named before, if in another spelling.',
}

/** What the code itself says otherwise than what is stated beside it. */
function contradictions({
  path,
  pack,
  batchNo,
  expiresOn,
}: ScannedCode & { readonly pack: TraceCode }): FieldFault[] {
  const faults: FieldFault[] = []
  if (pack.batchNo !== undefined && batchNo !== undefined && folded(pack.batchNo) !== folded(batchNo)) {
    faults.push({
      path,
      keyword: 'batchNo',
      message: {
        zh: '追溯码中的批号(10)与填写的批号不一致。',
        en: 'The batch in the code (10) is not the batch stated.',
      },
    })
  }
  if (pack.expiresOn !== undefined && expiresOn !== undefined && pack.expiresOn !== expiresOn) {
    faults.push({
      path,
      keyword: 'expiresOn',
      message: {
        zh: '追溯码中的有效期(17)与填写的有效期不一致。',
        en: 'The expiry date in the code (17) is not the date stated.',
      },
    })
  }
  return faults
}

/** Batches are compared as codes are: in any width and case, without blanks and dashes. */
function folded(batchNo: string): string {
  return batchNo
    .normalize('NFKC')
    .replace(/[\s\p{Pd}]/gu, '')
    .toUpperCase()
}

function refuse(code: ConstructorParameters<typeof Problem>[0], fields: readonly FieldFault[]): void {
  if (fields.length > 0) throw new Problem(code, { fields })
}
