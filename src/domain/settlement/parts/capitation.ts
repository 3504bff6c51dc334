import type { ApplyPart } from '../workspace.ts'

/**
 * Under capitation the fund's part is not paid per item but taken from the capitation account of the institution
 * that the patient has chosen. The amount, the ratio and the yearly maximum stay the same. Exact.
 *
 * @see FS-3.5a
 */
export const applyCapitation: ApplyPart = (work) => {
  for (const line of work.lines) {
    for (const slice of line.slices) {
      if (slice.layer === 'basic-fund') slice.payer = 'capitation'
    }
  }
}
