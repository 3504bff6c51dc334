import t from 'tap'
import { PAYERS } from '../../../src/domain/settlement/adjudication.ts'
import { compareBooks, type DayBooks, type OurEntry } from '../../../src/domain/settlement/compare-books.ts'
import type { PaidTotals, PayerRecord } from '../../../src/domain/settlement/payer-gateway.ts'

const totals = Object.fromEntries(PAYERS.map((bearer) => [bearer, 100])) as PaidTotals
const others: PaidTotals = { ...totals, patient: 99 }
const asked = (settlementId: string, status: OurEntry['status'] = 'accepted'): OurEntry =>
  status === 'accepted' ? { settlementId, status, totals } : { settlementId, status }
const listed = (settlementId: string, state: PayerRecord['state'] = 'paid', paid = totals): PayerRecord => ({
  settlementId,
  state,
  reference: `R-${settlementId}`,
  totals: paid,
})
const kinds = (books: Partial<DayBooks>) =>
  compareBooks({ ours: [], theirs: [], theirsBeside: [], oursBeside: [], ...books }).map(
    ({ kind, settlementId }) => [kind, settlementId],
  )

t.test('what both books have with the same amounts is no difference', async (t) => {
  t.same(kinds({ ours: [asked('a')], theirs: [listed('a')] }), [])
})

t.test('asked before midnight and booked after it is one payment, on either day', async (t) => {
  t.same(kinds({ ours: [asked('a')], theirsBeside: [listed('a')] }), [], 'the day of the question')
  t.same(kinds({ theirs: [listed('a')], oursBeside: [asked('a')] }), [], 'the day of the booking')
})

t.test(
  'what is booked on another day with other amounts differs, on the day of the question alone',
  async (t) => {
    t.same(kinds({ ours: [asked('a')], theirsBeside: [listed('a', 'paid', others)] }), [
      ['amount-differs', 'a'],
    ])
    t.same(kinds({ theirs: [listed('a', 'paid', others)], oursBeside: [asked('a')] }), [])
  },
)

t.test('what one book has on neither day is missing or unknown', async (t) => {
  t.same(kinds({ ours: [asked('a')] }), [['missing-there', 'a']])
  t.same(kinds({ ours: [asked('a')], theirs: [listed('a', 'cancelled')] }), [['missing-there', 'a']])
  t.same(kinds({ theirs: [listed('a')] }), [['unknown-here', 'a']])
  t.same(kinds({ theirs: [listed('a', 'cancelled')] }), [])
})

t.test(
  'what was refused, cancelled or deferred unanswered and is paid there is paid there only',
  async (t) => {
    for (const status of ['refused', 'cancelled', 'unresolved'] as const) {
      t.same(kinds({ ours: [asked('a', status)], theirs: [listed('a')] }), [['paid-there-only', 'a']], status)
      t.same(
        kinds({ ours: [asked('a', status)], theirsBeside: [listed('a')] }),
        [['paid-there-only', 'a']],
        status,
      )
    }
    for (const status of ['asked', 'cancelling', 'kept'] as const)
      t.same(
        kinds({ ours: [asked('a', status)], theirs: [listed('a')] }),
        [],
        `${status} is no difference yet`,
      )
  },
)
