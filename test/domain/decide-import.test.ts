import t from 'tap'
import { decideImport } from '../../src/domain/decide-import.ts'

const data = { a: 1, b: 'x' }
const line = { validFrom: '2026-11-22', data } as const

t.test('a key that nobody holds is added', async (t) => {
  t.same(decideImport([], line), { does: 'add' })
})

t.test('what is the same changes nothing, in whatever order its members stand', async (t) => {
  const held = [{ validFrom: '2026-01-01', data: { b: 'x', a: 1 } }]
  t.same(decideImport(held, line), { does: 'nothing' })
  t.same(decideImport([{ ...held[0]!, validFrom: '2026-11-22' }], line), { does: 'nothing' })
  const ending = { ...line, validTo: '2026-12-31' }
  t.same(decideImport([{ ...held[0]!, validTo: '2026-12-31' }], ending), { does: 'nothing' })
})

t.test('what differs, in data or in its last day, takes the place of what holds', async (t) => {
  const held = { validFrom: '2026-01-01', data }
  const changed = { does: 'change', endsFrom: '2026-01-01' }
  t.same(decideImport([{ ...held, data: { a: 2, b: 'x' } }], line), changed)
  t.same(decideImport([held], { ...line, validTo: '2026-12-31' }), changed)
  t.same(decideImport([{ ...held, validTo: '2027-01-01' }], line), changed)
})

t.test('an entry that begins later stands in the way, unless the line ends before it', async (t) => {
  const later = { validFrom: '2026-12-01', data }
  t.same(decideImport([later], line), { does: 'conflict', with: '2026-12-01' })
  t.same(decideImport([later], { ...line, validTo: '2026-11-30' }), { does: 'add' })
  t.same(decideImport([later], { ...line, validTo: '2026-12-01' }), { does: 'conflict', with: '2026-12-01' })
  const before = { validFrom: '2026-01-01', validTo: '2026-11-30', data: { a: 2, b: 'x' } }
  t.same(decideImport([before, later], line), { does: 'conflict', with: '2026-12-01' })
})
