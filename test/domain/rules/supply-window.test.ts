import t from 'tap'
import type { EarlierSupplyFacts, SupplyLineFacts } from '../../../src/domain/facts.ts'
import { uncitedFigures } from '../../../src/domain/rules/cited.ts'
import { judge } from '../../../src/domain/rules/judge.ts'
import { PACKAGE_ROOT } from '../../../src/package-root.ts'
import { loadPolicies } from '../../../src/policy/load-policies.ts'
import { someFacts } from '../../support/facts.ts'
import { objections } from '../../support/rules.ts'

const book = await loadPolicies(new URL('policies/', PACKAGE_ROOT))
const WINDOW = { windowDays: 30, earlyDays: 7 }
const AT = '/lines/0/quantity'

/** 180 tablets for 90 days: two a day, 60 in a window. */
function supplying(
  quantities: readonly string[],
  today: string,
  supplied?: readonly EarlierSupplyFacts[],
): string[] {
  const base = someFacts('510600', 'settlement').supply![0]!
  const supply: SupplyLineFacts[] = quantities.map((quantity) => ({ ...base, quantity }))
  const facts = someFacts('510600', 'settlement', {
    now: `${today}T02:00:00.000Z`,
    line: { quantity: '180', days: 90, startsOn: '2025-11-20', endsOn: '2026-02-17' },
    prescription: { longTerm: true },
    facts: { supply, ...(supplied === undefined ? {} : { supplied }) },
  })
  return objections('supply-window', WINDOW, facts)
}

const handed = (handedOverOn: string, quantity: string): EarlierSupplyFacts => ({
  handedOverOn,
  lines: [{ lineNo: 1, quantity }],
})

t.test('SC-N3 FS-3.4 one window supplies thirty days of use and not a tablet more', async (t) => {
  t.same(supplying(['60'], '2025-11-20'), [])
  t.same(supplying(['60.0001'], '2025-11-20'), [AT])
  t.same(supplying(['30', '30'], '2025-11-20'), [], 'two batches of one line count together')
  t.same(supplying(['30', '31'], '2025-11-20'), ['/lines/1/quantity'])
  t.same(supplying(['a lot'], '2025-11-20'), [AT], 'what cannot be read never passes')
})

t.test('SC-N3 FS-3.4 the next window opens seven days before the last supply is used up', async (t) => {
  const first = [handed('2025-11-20', '60')]
  t.same(supplying(['60'], '2025-12-12', first), [AT], 'used up on 20 December, a day too early')
  t.same(supplying(['60'], '2025-12-13', first), [])
  const second = [...first, handed('2025-12-13', '60')]
  t.same(supplying(['60'], '2026-01-11', second), [AT], 'what came early is used after the first')
  t.same(supplying(['60'], '2026-01-12', second), [])
  const late = [...first, handed('2026-01-10', '60')]
  t.same(supplying(['60'], '2026-02-01', late), [AT], 'a gap is not made up for')
  t.same(supplying(['60'], '2026-02-02', late), [])
  const part = [handed('2025-11-20', '21')]
  t.same(supplying(['60'], '2025-11-22', part), [AT], 'ten whole days and a half')
  t.same(supplying(['60'], '2025-11-23', part), [])
  const other = [{ handedOverOn: '2025-11-20', lines: [{ lineNo: 2, quantity: '60' }] }]
  t.same(supplying(['60'], '2025-11-20', other), [], 'another line is another matter')
})

t.test('SC-N3 ordinary prescriptions rest on no figure of long-term ones', async (t) => {
  const version = book.inForce('510600', '2025-11-20')!
  const names = (longTerm: boolean) =>
    uncitedFigures(version, 'settlement', longTerm).map(({ parameter }) => parameter)
  t.notOk(names(false).includes('windowDays'))
  t.ok(names(true).includes('windowDays'))
  const facts = someFacts('510600', 'settlement')
  t.same(judge(version, 'settlement', facts, 'sandbox').findings, [])
})
