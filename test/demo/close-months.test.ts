import t from 'tap'
import { closeMonths } from '../../src/demo/close-months.ts'
import type { SystemClient } from '../../src/demo/system-client.ts'

const CONFLICT = (code: string, details: object) => ({ status: 409, body: { code, details } })

/** An agency before a hub whose books are closed so far. @param state `openFrom` is undefined before the first closing */
function books(state: { openFrom?: string; firstPosting: string; runs: Set<string>; now: string }) {
  const after = (month: string) =>
    month.endsWith('12')
      ? `${Number(month.slice(0, 4)) + 1}-01`
      : `${month.slice(0, 5)}${String(Number(month.slice(5)) + 1).padStart(2, '0')}`
  const agency: SystemClient = {
    clientId: 'agency',
    name: 'agency',
    get: async (path) => {
      const isRun = state.runs.has(path.slice(-7))
      return isRun
        ? { status: 200, body: { state: 'finished' } }
        : { status: 404, body: { code: 'month-open' } }
    },
    async post(path) {
      const month = path.split('/')[3]!
      if (state.now < after(month)) return CONFLICT('month-not-over', { month })
      if (state.openFrom !== undefined && state.openFrom > month)
        return state.runs.has(month)
          ? CONFLICT('month-closed', { month })
          : { status: 404, body: { code: 'month-before-clearing' } }
      if (state.openFrom === undefined ? state.firstPosting < month : state.openFrom < month) {
        return CONFLICT('month-out-of-order', {
          month,
          ...(state.openFrom === undefined ? {} : { next: state.openFrom }),
        })
      }
      state.openFrom = after(month)
      state.runs.add(month)
      return { status: 202, body: {} }
    },
    download: async () => ({ status: 404, bytes: 0 }),
    events: async () => {},
  }
  const clock = {
    now: async () => new Date(`${state.now}-01T00:00:00Z`),
    async goTo(instant: Date) {
      state.now = instant.toISOString().slice(0, 7)
    },
    putBack: async () => {},
  }
  return { agency, clock }
}

for (const [name, state, month, before] of [
  ['the first ever is closed', { firstPosting: '2026-11', runs: [] }, '2026-11', []],
  [
    'a closed one is passed over, and one closed with a later one too',
    { openFrom: '2027-02', firstPosting: '2026-11', runs: ['2026-11', '2027-01'] },
    '2027-02',
    [],
  ],
  [
    'months that were left open are closed before',
    { openFrom: '2026-09', firstPosting: '2026-07', runs: ['2026-08'] },
    '2026-11',
    ['2026-09', '2026-10'],
  ],
  [
    'from the first month with entries on, when none was ever closed',
    { firstPosting: '2026-09', runs: [] },
    '2026-11',
    ['2026-09', '2026-10'],
  ],
] as const) {
  t.test(`MZ-7.3 months are closed one after the other: ${name}`, async (t) => {
    const { agency, clock } = books({ ...state, runs: new Set(state.runs), now: '2026-11' })
    const closed = await closeMonths(agency, clock, '2026-11')
    t.equal(closed.month, month)
    t.same(closed.before, before)
  })
}

t.test('MZ-7.3 a refusal that says nothing of months ends it', async (t) => {
  const { agency, clock } = books({ firstPosting: '2026-11', runs: new Set(), now: '2026-11' })
  const refused = { ...agency, post: async () => ({ status: 403, body: { code: 'missing-scope' } }) }
  await t.rejects(closeMonths(refused, clock, '2026-11'), { name: 'UnexpectedAnswer', message: /403/ })
})
