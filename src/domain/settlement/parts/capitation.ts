import { consult, hasFigure } from '../figure-book.ts'
import type { ApplyPart } from '../workspace.ts'

/**
 * Under capitation the fund's part is not paid per item but taken from the capitation account of the institution
 * that the patient has chosen. The amount, the ratio and the yearly maximum stay the same. Exact.
 *
 * Where the plan has a switch it is asked, and a switch that is only a sample decides nothing in production: the document
 * calls for exploring it, and the authority says whether it is done.
 *
 * @see FS-3.5a
 */
export const applyCapitation: ApplyPart = (work, part) => {
  for (const line of work.lines) {
    const { circumstances, slices } = line
    if (hasFigure(part, 'switch', circumstances)) {
      if (consult(work.book, part, 'switch', circumstances)?.value !== 'on') continue
    }
    for (const slice of slices) {
      if (slice.layer === 'basic-fund') slice.payer = 'capitation'
    }
  }
}
