import t from 'tap'
import { reimbursedFen, reimbursementPostings } from '../../../src/domain/reimbursement/payment.ts'
import { isClaimDay, missingPapers } from '../../../src/domain/reimbursement/terms.ts'
import {
  FILE_COMMANDS,
  FILE_STATUSES,
  FILE_TRANSITIONS,
  nextStatus,
} from '../../../src/domain/reimbursement/transitions.ts'
import { sumOf } from '../settlement/builder.ts'

t.test('SX-16 claim days are both included, whatever the length of the month', async (t) => {
  const days = { first: 1, last: 10 }
  t.same(
    ['2026-11-30', '2026-12-01', '2026-12-10', '2026-12-11', '2027-02-28'].map((day) =>
      isClaimDay(day, days),
    ),
    [false, true, true, false, false],
  )
  t.same(missingPapers(['invoice', 'prescription'], ['prescription', 'other']), ['invoice'])
})

t.test(
  'MZ-6.7 every cell of the table: what is not listed is refused, and a paid file stays paid',
  async (t) => {
    for (const from of FILE_STATUSES) {
      for (const command of FILE_COMMANDS) {
        for (const by of ['agency', 'hospital', 'pharmacy']) {
          const listed = FILE_TRANSITIONS.find(
            (it) => it.from === from && it.command === command && (it.by as readonly string[]).includes(by),
          )
          t.equal(nextStatus(from, command, by), listed?.to, `${from} ${command} ${by}`)
          if (from === 'paid' || from === 'withdrawn' || by === 'pharmacy') t.equal(listed, undefined)
        }
      }
    }
    const paths = new Set(FILE_TRANSITIONS.map(({ from, command }) => `${from} ${command}`))
    t.equal(paths.size, FILE_TRANSITIONS.length, 'a command leads to one state')
  },
)

t.test(
  'CQ-4.7b the patient gets back what the funds bear, and nothing of what was free or waived',
  async (t) => {
    const totals = {
      patient: 3000n,
      'basic-fund': 5000n,
      'large-amount': 700n,
      'serious-illness': 60n,
      'medical-assistance': 0n,
      charity: 900n,
      capitation: 8n,
      institution: 40n,
    }
    const postings = reimbursementPostings({ totals, input: { scheme: 'resident' } }, 'H1')
    t.equal(reimbursedFen({ totals }), 5768n)
    t.equal(sumOf(postings), 0n)
    t.same(Object.fromEntries(postings.map(({ account, amount }) => [account, amount])), {
      'fund:basic:resident': -5000n,
      'fund:large-amount': -700n,
      'fund:serious-illness': -60n,
      'capitation:H1': -8n,
      'patient:reimbursed': 5768n,
    })
  },
)
