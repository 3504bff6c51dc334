import t from 'tap'
import {
  type CapitationUse,
  capitationOutcome,
  grantLines,
  outcomeLines,
} from '../../../src/domain/settlement/capitation-year.ts'
import { sumOf } from './builder.ts'

const use = (budget: bigint, used: bigint, earned = 0n, advanced = 0n): CapitationUse => ({
  budget,
  used,
  earned,
  advanced,
})

t.test('FS-3.5a the odd fen of a share stays with the fund', (t) => {
  t.match(capitationOutcome(use(101n, 100n), 5_000n, 0n), { surplus: 1n, kept: 0n, due: 0n })
  t.match(capitationOutcome(use(103n, 100n), 5_000n, 0n), { surplus: 3n, kept: 1n, due: 1n })
  t.match(capitationOutcome(use(100n, 103n), 0n, 5_000n), { overrun: 3n, shared: 1n, due: -2n })
  t.match(capitationOutcome(use(100n, 100n), 5_000n, 5_000n), { surplus: 0n, overrun: 0n, due: 0n })
  t.end()
})

t.test('FS-3.5a grant and end bring the accounts to zero, whatever was used', (t) => {
  for (const used of [0n, 50n, 100n, 150n]) {
    for (const earned of [0n, used / 3n, used]) {
      for (const advanced of [0n, 40n, 100n]) {
        const outcome = capitationOutcome(use(100n, used, earned, advanced), 7_500n, 2_500n)
        const grant = grantLines('H1', 'resident', 100n, advanced)
        const end = outcomeLines('H1', 'resident', outcome)
        t.equal(sumOf(grant) + sumOf(end), 0n)
        const total = (account: string) =>
          sumOf([...grant, ...end].filter((posting) => posting.account === account))
        t.equal(total('capitation:H1'), used, 'what supplies took out of it')
        t.equal(total('institution:H1:prepaid'), -earned, 'what own supplies put there')
        t.equal(total('institution:H1:receivable'), advanced + outcome.due)
        t.equal(-total('fund:basic:resident'), used - earned + advanced + outcome.due, 'all that was paid')
      }
    }
  }
  t.end()
})
