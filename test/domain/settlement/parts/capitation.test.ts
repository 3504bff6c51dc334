import t from 'tap'
import { adjudicate } from '../../../../src/domain/settlement/adjudicate.ts'
import { cited, EMPTY_YEAR, inputOf, layersOf, part, planOf, settle } from '../builder.ts'

const ratio = part('ratio', { ratioBp: cited(5_000) })
const maximum = part('yearly-maximum', { maximumFen: cited(60_000) })

t.test(
  'FS-3.5a capitation changes who pays the fund’s part, not how much, nor what the year has used',
  (t) => {
    const perItem = settle({ plan: planOf(ratio, maximum) })
    const perHead = settle({ plan: planOf(ratio, maximum, part('capitation')) })
    t.equal(perHead.totals.capitation, perItem.totals['basic-fund'])
    t.equal(perHead.totals['basic-fund'], 0n)
    t.same(layersOf(perHead), layersOf(perItem))
    t.same(perHead.balancesAfter, { ...EMPTY_YEAR, fundPaid: 50_000n, ownPaid: 50_000n })
    t.end()
  },
)

t.test(
  'FS-3.5a exploring: off is per item, on is capitation, and a sample decides nothing in production',
  (t) => {
    const plan = (value: string, status = 'cited') =>
      planOf(ratio, part('capitation', { switch: { ...cited(value), status } as never }))
    t.equal(settle({ plan: plan('on') }).totals.capitation, 50_000n)
    t.equal(settle({ plan: plan('off') }).totals.capitation, 0n)
    t.equal(settle({ plan: plan('off') }).totals['basic-fund'], 50_000n)
    t.match(adjudicate(inputOf({ plan: plan('on', 'sample'), mode: 'production' })), {
      outcome: 'refused',
      code: 'policy-not-cited',
      figures: [{ part: 'capitation', name: 'switch', reason: 'sample' }],
    })
    t.ok(settle({ plan: plan('on', 'sample') }).restsOnSample)
    t.end()
  },
)
