import t from 'tap'
import { hasEnded, monthAfter, periodOf } from '../../../src/domain/reports/month.ts'
import { findOutliers, medianOf } from '../../../src/domain/reports/outliers.ts'

const group = (...values: number[]) =>
  values.map((value, index) => ({ group: 'D', subject: `S${index}`, value }))

t.test('SC-P3 a worked example: of 10, 12, 11, 13, 12 and 40 the last scores 18.89', async (t) => {
  // Median 12; distances 2, 0, 1, 1, 0, 28, so MAD = 1; 0.6745 × 28 / 1 = 18.886.
  t.same(findOutliers(group(10, 12, 11, 13, 12, 40)), [
    { group: 'D', subject: 'S5', value: 40, median: 12, scoreHundredths: 1889 },
  ])
})

t.test('SC-P3 the threshold is 3.50, and 3.50 itself is no outlier', async (t) => {
  // Median 100, MAD 6745: each unit of distance is 0.0001.
  const near = [93_255, 93_255, 100_000, 106_745, 106_745]
  t.same(findOutliers(group(...near, 100_000, 135_000)), [])
  t.equal(findOutliers(group(...near, 100_000, 135_100)).length, 1)
})

t.test(
  'SC-P3 groups below five say nothing, low values are no outliers, and equal ones neither',
  async (t) => {
    t.same(findOutliers(group(1, 1, 1, 1000)), [])
    t.same(findOutliers(group(1000, 1001, 999, 1002, 1)), [])
    t.same(findOutliers(group(5, 5, 5, 5, 5)), [])
    t.equal(
      findOutliers(group(5, 5, 5, 5, 5, 5, 5, 90)).length,
      1,
      'without a MAD the mean distance stands in',
    )
  },
)

t.test('the order does not depend on the order of the observations', async (t) => {
  const all = [...group(1, 2, 3, 2, 1, 90), ...group(1, 2, 3, 2, 1, 80).map((it) => ({ ...it, group: 'E' }))]
  t.same(findOutliers(all), findOutliers([...all].reverse()))
  t.equal(medianOf([3, 1]), 2)
})

t.test('a month ends at midnight in Shanghai', async (t) => {
  const november = periodOf('2026-11')
  t.equal(november.lastDay, '2026-11-30')
  t.equal(hasEnded(november, new Date('2026-11-30T15:59:59.999Z')), false)
  t.equal(hasEnded(november, new Date('2026-11-30T16:00:00.000Z')), true)
  t.same(
    ['2026-01', '2025-12', '2027-01'],
    [monthAfter('2025-12'), monthAfter('2026-01', -1), monthAfter('2026-01', 12)],
  )
  t.throws(() => periodOf('2026-13'), RangeError)
})
