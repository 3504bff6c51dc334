import type { Month } from '../../../src/domain/clearing/month.ts'
import type { PrescriptionChoice } from '../../../src/embedded/sandbox/sample-prescription.ts'
import { closeMonth, computeMonth } from '../../../src/usecases/clearing/close-month.ts'
import { confirmStatement, payStatement, sendStatement } from '../../../src/usecases/clearing/statement.ts'
import { returnGoods } from '../../../src/usecases/return-goods.ts'
import { reverseSettlement } from '../../../src/usecases/reverse-settlement.ts'
import { aWrite, type TestHub } from '../../support/hub.ts'

/** The first instant of the month after the one of `NOON`. */
export const DECEMBER = new Date('2026-11-30T16:00:00.000Z')

/** Enough of the cast's medicine to exceed Meizhou's deductible, so that the fund pays. */
export const COVERED = { quantity: 400 }

/** The same for a patient in a hospital bed. */
export function aStay(hub: TestHub, stayNo: string): PrescriptionChoice {
  const { visit } = hub.envelope(COVERED).content
  return { ...COVERED, document: { setting: 'inpatient', visit: { ...visit, inpatientNo: stayNo } } }
}

/** Clearing through the use cases, each step with its defaults. */
export function clearing(hub: TestHub) {
  const { deps } = hub
  const agency = hub.agency()
  const { regionCode } = agency
  const it = {
    regionCode,
    async close(month: Month) {
      await closeMonth(deps, agency, aWrite(agency), month)
      await computeMonth(deps, { regionCode, month })
    },
    send: (month: Month, institutionId: string) =>
      sendStatement(deps, aWrite(agency), { caller: agency, month, institutionId }),
    async confirmed(month: Month, caller = hub.pharmacy() as ReturnType<TestHub['pharmacy']>) {
      await it.send(month, caller.institutionId)
      return await confirmStatement(deps, aWrite(caller), { caller, month })
    },
    pay: (month: Month, institutionId: string) =>
      payStatement(deps, aWrite(agency), { caller: agency, month, institutionId }),
    returned: (no: string) => returnGoods(deps, agency, aWrite(agency), no, 'wrong'),
    reversed: (no: string) => reverseSettlement(deps, agency, aWrite(agency), no, 'wrong'),
    /** Sum over all accounts; and of one. */
    async total(account = '%'): Promise<bigint> {
      const { rows } = await deps.pool.query(
        'select coalesce(sum(amount_fen), 0) as total from posting_line where account like $1',
        [account],
      )
      return BigInt(rows[0].total)
    },
  }
  return it
}
