import { CODE_LISTS } from '../domain/codes.ts'
import type { PdfSheet } from './pdf-sheet.ts'

/** Batches and packs as they stand on a paper; quantities are decimal text. */
export interface GoodsOnPaper {
  readonly batches: readonly {
    readonly lineNo: number
    readonly quantity: string
    readonly batchNo: string
    readonly expiresOn: string
    /** Of the code list `no-trace-reasons`. */
    readonly noTraceReason?: string
  }[]
  readonly packs: readonly {
    readonly lineNo: number
    readonly serial: string
    /** Units taken of a pack that is split. */
    readonly part?: string
    readonly isReturned: boolean
  }[]
}

/**
 * Writes what was handed over: batches with expiry dates, then the trace codes, two beside each other, with what was taken
 * of a split pack (拆零). Nothing before the hand-over.
 *
 * @param units of the lines, by their numbers
 * @see MZ-4.3a
 */
export function goodsHanded(
  sheet: PdfSheet,
  { batches, packs }: GoodsOnPaper,
  units: ReadonlyMap<number, string>,
): void {
  if (batches.length === 0) return
  const amount = (lineNo: number, quantity: string) => `${quantity}${units.get(lineNo) ?? ''}`
  sheet.heading('发药批号')
  const batchRow = sheet.table([
    { title: '行', width: 2 },
    { title: '批号', width: 14 },
    { title: '有效期至', width: 7 },
    { title: '数量', width: 7, align: 'right' },
    { title: '无追溯码原因', width: 14 },
  ])
  for (const { lineNo, quantity, batchNo, expiresOn, noTraceReason } of batches) {
    batchRow([String(lineNo), batchNo, expiresOn, amount(lineNo, quantity), reasonOf(noTraceReason)])
  }
  if (packs.length === 0) return
  sheet.heading('药品追溯码')
  const half = [
    { title: '行', width: 2 },
    { title: '追溯码', width: 16 },
    { title: '整盒或拆零', width: 8 },
  ]
  const packRow = sheet.table([...half, ...half])
  const cells = packs.map(({ lineNo, serial, part, isReturned }) => [
    String(lineNo),
    serial,
    `${part === undefined ? '整盒' : `拆零 ${amount(lineNo, part)}`}${isReturned ? '（已退）' : ''}`,
  ])
  for (let at = 0; at < cells.length; at += 2) packRow([...cells[at]!, ...(cells[at + 1] ?? ['', '', ''])])
}

function reasonOf(noTraceReason: string | undefined): string {
  return CODE_LISTS['no-trace-reasons'].codes.find(({ code }) => code === noTraceReason)?.zh ?? ''
}
