import t from 'tap'
import { frequencyOf } from '../../src/domain/times-a-day.ts'

t.test('SX-8.1 a frequency is read from its usual names, and from no others', async (t) => {
  const read = (name: string) => {
    const found = frequencyOf(name)
    return found === undefined ? undefined : [found.times, found.days]
  }
  t.same(['qd', 'BID', 't.i.d.', ' qn '].map(read), [
    [1, 1],
    [2, 1],
    [3, 1],
    [1, 1],
  ])
  t.same(['qod', 'tiw', 'q2w', 'q8h'].map(read), [
    [1, 2],
    [3, 7],
    [1, 14],
    [3, 1],
  ])
  t.same(['每日三次', '一日2次', '每天１次', '每周一次', '隔日一次', '每晚1次'].map(read), [
    [3, 1],
    [2, 1],
    [1, 1],
    [1, 7],
    [1, 2],
    [1, 1],
  ])
  for (const name of ['prn', 'st', '必要时', '每日十次', 'constructor', '', '每日三次或四次', '11'])
    t.equal(read(name), undefined, name)
})
