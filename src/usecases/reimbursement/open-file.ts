import { v7 as uuid } from 'uuid'
import { MOST_FEN } from '../../../schemas/bounds.ts'
import type { ReimbursementApplication } from '../../../schemas/reimbursement.ts'
import type { Bilingual } from '../../domain/finding.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import type { Fen } from '../../domain/primitives/money.ts'
import { priceOf } from '../../domain/primitives/price.ts'
import { parseQuantity } from '../../domain/primitives/quantity.ts'
import { Problem } from '../../domain/problems.ts'
import { isUniqueViolation } from '../../storage/database.ts'
import * as files from '../../storage/reimbursement.ts'
import type { Caller, Deps } from '../deps.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'
import { authorOf, type FileChanged, termsOf } from './change-file.ts'

/**
 * Opens a file by application: the patient paid first, away from home or where nothing is networked. Taken in by the
 * agency or by a hospital's counter.
 *
 * @throws Problem occasion-unknown, invoice-used, policy-missing; malformed for an expense of the future or
 *   beyond what can be counted
 * @see CQ-4.7b, SX-15, SX-16
 */
export async function openFile(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  application: ReimbursementApplication,
): Promise<Answer<FileChanged>> {
  return await write<FileChanged>(deps, request, async (tx, now) => {
    const { occasion, personId, expenseOn, invoiceNo, supplier, reason, ...rest } = application
    termsOf(deps, caller.regionCode, occasion, now)
    if (expenseOn > dayOf(now)) {
      throw tooMuch('/body/expenseOn', {
        zh: '费用发生日期不能晚于今日。',
        en: 'The day of the expense cannot lie in the future.',
      })
    }
    if (chargeOf(rest.lines) > BigInt(MOST_FEN)) {
      throw tooMuch('/body/lines', { zh: '金额超出范围。', en: 'The amount is too large.' })
    }
    const fileId = uuid()
    try {
      await files.add(
        tx,
        {
          regionCode: caller.regionCode,
          fileId,
          occasion,
          personId,
          reason,
          openedAt: now,
          expenseOn,
          application: JSON.stringify({ ...rest, supplier }),
          invoiceNo,
          supplier: supplier.institutionId ?? supplier.name,
        },
        authorOf(caller),
      )
    } catch (error) {
      if (isUniqueViolation(error, 'manual_file_invoice')) throw new Problem('invoice-used')
      throw error
    }
    return { status: 201, body: { fileId, status: 'open' } }
  })
}

function tooMuch(path: string, message: Bilingual): Problem {
  return new Problem('malformed', { fields: [{ path, keyword: 'maximum', message }] })
}

function chargeOf(lines: ReimbursementApplication['lines']): Fen {
  return lines.reduce(
    (sum, { quantity, unitPriceFen }) => sum + priceOf(BigInt(unitPriceFen), parseQuantity(quantity)),
    0n,
  )
}
