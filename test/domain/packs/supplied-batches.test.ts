import t from 'tap'
import { type BatchGiven, packsNeeded, readBatches } from '../../../src/domain/packs/supplied-batches.ts'
import { parseQuantity } from '../../../src/domain/primitives/quantity.ts'
import { Problem } from '../../../src/domain/problems.ts'

const q = parseQuantity
const codes = (count: number) => Array.from({ length: count }, (_, index) => `PACK00000${index}`)

function read(quantity: string, batch: Omit<BatchGiven, 'lineNo'>, size?: bigint): unknown {
  try {
    const total = { lineNo: 1, drugCode: 'D1', quantity }
    return readBatches([{ lineNo: 1, ...batch }], [total], () => size)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [error.code, error.fields[0]?.message.en]
  }
}

t.test('MZ-4.3a no more packs than the quantity can need, and the refusal says how many', async (t) => {
  t.match(read('14', { traceCodes: codes(1) }, q('28')), [{ quantity: '14', claims: { length: 1 } }])
  t.match(read('14', { traceCodes: codes(5) }, q('28')), ['packs-implausible', /needs at most 1 whole pack/])
  t.match(read('56', { traceCodes: codes(2) }, q('28')), [{ claims: { length: 2 } }])
  t.match(read('56', { traceCodes: codes(3) }, q('28')), ['packs-implausible', /at most 2/])
  t.match(read('57', { traceCodes: codes(3) }, q('28')), [{ claims: { length: 3 } }])
  t.match(read('2', { traceCodes: codes(2) }), [{ claims: { length: 2 } }], 'a pack holds a unit at least')
  t.match(read('2', { traceCodes: codes(3) }), ['packs-implausible', /at most 2/])
  const split = { packs: [{ traceCode: 'PACK000009', split: true, quantity: '14' }] }
  t.match(read('42', { ...split, traceCodes: codes(1) }, q('28')), [{ claims: { length: 2 } }])
  t.match(read('42', { ...split, traceCodes: codes(2) }, q('28')), ['packs-implausible', /at most 1/])
  t.match(read('13', split, q('28')), ['packs-implausible', /at most 0/], 'more parts than leaves')
})

t.test('how many packs a quantity needs', async (t) => {
  t.equal(packsNeeded(q('28'), q('28')), 1)
  t.equal(packsNeeded(q('28.0001'), q('28')), 2)
  t.equal(packsNeeded(q('0.5'), q('28')), 1)
})
