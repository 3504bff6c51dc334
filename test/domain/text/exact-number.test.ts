import t from 'tap'
import { isExactNumber } from '../../../src/domain/text/exact-number.ts'

for (const literal of [
  '0',
  '-0',
  '1',
  '123456789012345',
  '9007199254740991',
  '-9007199254740991',
  '1e2',
  '1.50E+3',
]) {
  t.test(`${literal} is kept`, async (t) => t.ok(isExactNumber(literal)))
}
for (const literal of [
  '0.1',
  '3.24',
  '0.3333333333333333',
  '1e-7',
  '0.000001',
  '100000000000000000e-5',
  '0e999999',
]) {
  t.test(`${literal} comes back digit by digit`, async (t) => t.ok(isExactNumber(literal)))
}
for (const literal of [
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '1e16',
  '1e400',
  '1e-400',
  '0.33333333333333333333',
  '3.2400000000000000001',
  `1${'0'.repeat(100_000)}`,
]) {
  t.test(`${literal.slice(0, 30)} would become another number`, async (t) => t.notOk(isExactNumber(literal)))
}

t.test('what JavaScript writes of a number is exact, whatever the number', async (t) => {
  let seed = 42
  for (let k = 0; k < 5_000; k += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    const value = (seed / 2_147_483_648 - 0.5) * 10 ** ((seed % 30) - 14)
    if (!isExactNumber(String(value))) t.fail(String(value))
  }
})
