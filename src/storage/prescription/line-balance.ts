import type { Queryable } from '../database.ts'

/** Cancels what remains of every line of a prescription that is cancelled; what was dispensed stays so. */
export async function cancelRemaining(
  tx: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<void> {
  await tx.query({
    name: 'line-cancel-remaining',
    text: `update prescription_line set cancelled = cancelled + remaining
            where region_code = $1 and prescription_no = $2 and remaining > 0`,
    values: [regionCode, prescriptionNo],
  })
}
