import t from 'tap'
import { STATES, TRANSITIONS } from '../../../src/domain/lifecycle/transitions.ts'
import { frequencyWords } from '../../../src/http/pages/frequency-words.ts'
import { html, render } from '../../../src/http/pages/html.ts'
import { yuan } from '../../../src/http/pages/money-words.ts'
import { inGroups, qrCode } from '../../../src/http/pages/qr.ts'
import { distanceWords, endWords, leftWords } from '../../../src/http/pages/time-words.ts'
import { masked } from '../../../src/http/patient/pages/medicine-card.ts'
import { PROGRESS_WORDS, whatOf } from '../../../src/http/patient/pages/words.ts'
import type { StateRow } from '../../../src/storage/prescription/state.ts'
import { progressOf } from '../../../src/usecases/patient/progress.ts'

t.test('MZ-6.3 an end at midnight is 24:00 of the day before', async (t) => {
  t.equal(endWords(new Date('2026-11-24T16:00:00Z')), '11月24日 24:00')
  t.equal(endWords(new Date('2026-12-31T16:00:00Z')), '12月31日 24:00')
  t.equal(endWords(new Date('2026-11-24T16:00:00.001Z')), '11月25日 00:00')
  t.equal(endWords(new Date('2026-11-24T02:30:00Z')), '11月24日 10:30')
})

t.test('what is left is said in the units that matter', async (t) => {
  const end = new Date('2026-11-24T16:00:00Z')
  const left = (minutes: number) => leftWords(end, new Date(end.getTime() - minutes * 60_000))
  t.same([0.9, 1, 59, 60, 61, 1439, 1440, 1500, 3720].map(left), [
    '不到 1 分钟',
    '1 分钟',
    '59 分钟',
    '1 小时',
    '1 小时 1 分钟',
    '23 小时 59 分钟',
    '1 天',
    '1 天 1 小时',
    '2 天 14 小时',
  ])
})

t.test('distances, money, names and codes as people read them', async (t) => {
  t.same([4, 854, 994, 995, 9_949, 38_400].map(distanceWords), [
    '10 米',
    '850 米',
    '990 米',
    '1.0 公里',
    '9.9 公里',
    '38 公里',
  ])
  t.same([0, 5, 123_450, 123_456_789].map(yuan), ['¥0.00', '¥0.05', '¥1,234.50', '¥1,234,567.89'])
  t.same(['李', '李明', '欧阳小明明明'].map(masked), ['李', '李*', '欧***'])
  t.equal(inGroups('0123456789'), '0123 4567 89')
  t.equal(frequencyWords('BID'), '每天 2 次')
  t.equal(frequencyWords('每日两次'), '每日两次', 'what the hospital wrote')
})

const PAPER_EVENTS = ['paper-confirmed', 'paper-objected']
const LINK_USES = ['page-opened', 'second-factor-wrong', 'link-locked', 'link-renewed']

t.test('every state and every event has words', async (t) => {
  const now = new Date('2026-11-22T02:00:00Z')
  const later = new Date(now.getTime() + 1000)
  for (const state of STATES) {
    const row = { state, expiresAt: later, holdUntil: later } as StateRow
    t.ok(PROGRESS_WORDS[progressOf(row, now, false)].zh, state)
  }
  for (const event of [
    ...TRANSITIONS.map(({ event }) => event),
    'submitted',
    'cancel-requested',
    ...PAPER_EVENTS,
    ...LINK_USES,
  ]) {
    t.not(whatOf({ at: now, event, by: 'hub', atCounter: false }), event)
  }
})

t.test('what the clock has ended is shown as ended before the sweep', async (t) => {
  const now = new Date('2026-11-22T02:00:00Z')
  const past = new Date(now.getTime() - 1)
  const later = new Date(now.getTime() + 1)
  const row = (rest: object) => ({ expiresAt: later, ...rest }) as StateRow
  t.equal(progressOf(row({ state: 'held', holdUntil: later }), now, false), 'accepted')
  t.equal(progressOf(row({ state: 'held', holdUntil: now }), now, false), 'chosen')
  t.equal(
    progressOf(row({ state: 'reviewed', holdUntil: past, cancelPendingAt: past }), now, false),
    'cancelled',
  )
  t.equal(progressOf(row({ state: 'held', holdUntil: past, expiresAt: now }), now, false), 'expired')
  t.equal(progressOf(row({ state: 'held', holdUntil: later, expiresAt: past }), now, false), 'accepted')
  t.equal(progressOf(row({ state: 'open', expiresAt: now }), now, true), 'expired')
  t.equal(progressOf(row({ state: 'open' }), now, true), 'partly-collected')
})

t.test('a template escapes what is put in, in text and in attributes', async (t) => {
  const page = html`<a title="${'"><script>'}">${"<&'>"}${html`<b>${1}</b>`}${undefined}${[html`<i>`]}</a>`
  t.equal(render(page), '<a title="&quot;&gt;&lt;script&gt;">&lt;&amp;&#39;&gt;<b>1</b><i></a>')
  const forged = JSON.parse('{"html":"<script>"}')
  t.notMatch(render(html`${forged}`), '<script>', 'data cannot pass for markup')
})

t.test('the QR code has finders in three corners and a quiet zone of four', async (t) => {
  const drawing = render(qrCode('30JARF85XHMAP4WFAW9QJ10S2W', 'code'))
  const side = Number(/viewBox="0 0 (\d+)/.exec(drawing)?.[1])
  const runs = [...drawing.matchAll(/M(\d+) (\d+)h(\d+)v1/g)].map((run) => run.slice(1).map(Number))
  const starts = (x: number, y: number) =>
    runs.some(([column, row, run]) => column === x && row === y && run === 7)
  t.ok(starts(4, 4) && starts(side - 11, 4) && starts(4, side - 11))
  t.ok(runs.every(([x, y, run]) => x! >= 4 && y! >= 4 && x! + run! <= side - 4 && y! < side - 4))
})
