import t from 'tap'
import { isEnding, isEndingOf } from '../../../src/usecases/patient/ending.ts'

const opens = (given: string, idNumber: string) => isEnding(given) && isEndingOf(given, idNumber)

t.test('the last six characters as printed open, whatever the paper and the keyboard', async (t) => {
  const right: readonly (readonly [idNumber: string, ...given: string[]])[] = [
    [
      '44140219600304123X',
      '04123X',
      '04123x',
      '０４１２３Ｘ',
      ' 041 23x',
      'O4l23X',
      '04123×',
      '44140219600304123x',
    ],
    ['军字第2001988号', '01988号', '０１９８８号', '01988 號', '军字第2001988号', '2001988号'],
    ['武字第20199号', '20199号'],
    ['AB/12.3456', '2.3456', '2。3456', '2．3456', 'ab/12.3456'],
    ['H1234567(1)', '567(1)', '567（1）', '【567(1)'.slice(1), '345671', 'H12345671'],
    ['TW-12345(6)', '345(6)', '123456'],
    ['出生医学证明T440123456', '123456'],
    ['FRA123456789012', '789012'],
  ]
  for (const [idNumber, ...given] of right)
    for (const one of given) t.ok(opens(one, idNumber), `${one} of ${idNumber}`)
})

t.test('another ending is wrong', async (t) => {
  for (const [idNumber, ...given] of [
    ['军字第2001988号', '001988', '01989号', '01988字'],
    ['44140219600304123X', '041230', '441402', '04123X0'],
    ['H1234567(1)', '123456', '567(2)'],
    ['AB/12.3456', '123456', '2-3456'],
  ] as const)
    for (const one of given) {
      t.ok(isEnding(one), `${one} could be an ending`)
      t.notOk(isEndingOf(one, idNumber), `${one} of ${idNumber}`)
    }
})

t.test('what can be no ending is told from a wrong one', async (t) => {
  for (const given of [
    '',
    '12',
    '988号',
    '12345',
    '1 2 3 4 5',
    '\u200b12345',
    '12345😀',
    '<12345>',
    '1'.repeat(51),
  ])
    t.notOk(isEnding(given), given)
  t.ok(isEnding('1'.repeat(50)))
})
