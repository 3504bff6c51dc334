import t from 'tap'
import { nationalStatus } from '../../../src/domain/lifecycle/national-status.ts'
import type { State } from '../../../src/domain/lifecycle/transitions.ts'

const of = (state: State, dispensed: string, isPastValidity = false) => {
  const { prescription, review, use } = nationalStatus(
    state,
    [{ prescribed: '14', dispensed }],
    isPastValidity,
  )
  return `${prescription} ${review} ${use}`
}

t.test('MZ-6.5 the national axes never contradict the one state', async (t) => {
  for (const [state, dispensed, expected] of [
    ['open', '0', 'valid pending unused'],
    ['chosen', '0', 'valid pending unused'],
    ['held', '0', 'valid pending unused'],
    ['reviewed', '0', 'valid passed unused'],
    ['settled', '0', 'valid passed unused'],
    ['dispensed', '14', 'valid passed used'],
    ['returned', '14', 'lapsed passed returned'],
    ['refused', '0', 'valid failed unused'],
    ['cancelled', '0', 'revoked pending unused'],
    ['expired', '0', 'lapsed pending unused'],
    ['open', '10', 'valid passed partly-used'],
    ['held', '10', 'valid pending partly-used'],
    ['refused', '10', 'valid failed partly-used'],
    ['cancelled', '10', 'revoked passed partly-used'],
    ['expired', '10.0', 'lapsed passed partly-used'],
    ['dispensed', '14.0000', 'valid passed used'],
  ] as const)
    t.equal(of(state, dispensed), expected, `${state} ${dispensed}`)
  t.equal(of('refused', '0', true), 'lapsed failed unused', 'its days pass as any other’s')
})
