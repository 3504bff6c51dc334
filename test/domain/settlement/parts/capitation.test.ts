import t from 'tap'
import { cited, EMPTY_YEAR, layersOf, part, planOf, settle } from '../builder.ts'

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
