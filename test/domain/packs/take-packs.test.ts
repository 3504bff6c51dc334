import fc from 'fast-check'
import t from 'tap'
import type { KnownPack, PackClaim } from '../../../src/domain/packs/pack.ts'
import { takePacks } from '../../../src/domain/packs/take-packs.ts'
import { parseQuantity, type Quantity } from '../../../src/domain/primitives/quantity.ts'
import { Problem } from '../../../src/domain/problems.ts'

const GTIN = '06901234567892'
const q = parseQuantity

function claim(change: Partial<PackClaim> = {}): PackClaim {
  return { path: '/0', lineNo: 1, drugCode: 'D1', code: { serial: 'PACK000001' }, ...change }
}

function pack(supplies: KnownPack['supplies'], change: Partial<KnownPack> = {}): KnownPack {
  return { serial: 'PACK000001', gtin: '', drugCode: 'D1', supplies, ...change }
}

/** The code of the refusal, or what is taken. */
function take(claims: readonly PackClaim[], known: readonly KnownPack[], size?: Quantity): unknown {
  try {
    return takePacks(claims, known, 'own', () => size)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.code
  }
}

const sold = { dispenseId: 'other', lineNo: 1, isSold: true }
const taken = { serial: 'PACK000001', gtin: '', drugCode: 'D1', lineNo: 1 }

t.test('MZ-4.3a a whole pack is supplied once; parts need the flag on every supply', async (t) => {
  t.same(take([claim()], []), [taken])
  t.equal(take([claim()], [pack([sold])]), 'trace-code-used')
  t.equal(take([claim({ part: q('14') })], [pack([sold])], q('28')), 'trace-code-used', 'it was sold whole')
  t.equal(
    take([claim()], [pack([{ ...sold, part: q('14') }])], q('28')),
    'trace-code-used',
    'without the flag',
  )
  t.same(take([claim({ part: q('14') })], [pack([{ ...sold, part: q('14') }])], q('28')), [
    { ...taken, part: '14', size: '28' },
  ])
  t.equal(
    take([claim({ part: q('14.0001') })], [pack([{ ...sold, part: q('14') }])], q('28')),
    'pack-overdrawn',
  )
})

t.test('MZ-4.3a the size of a split pack comes from the pack, the register or the pharmacy', async (t) => {
  const part = claim({ part: q('14') })
  t.equal(take([part], []), 'pack-size-unknown')
  t.same(take([{ ...part, size: q('28') }], []), [{ ...taken, part: '14', size: '28' }])
  t.equal(take([{ ...part, size: q('30') }], [], q('28')), 'pack-size-contradicts')
  t.equal(take([{ ...part, size: q('30') }], [pack([], { size: q('28') })]), 'pack-size-contradicts')
  t.equal(take([{ ...part, size: q('12') }], []), 'pack-overdrawn')
})

t.test('MZ-4.3a what a supply was promised is its own, and nobody else’s', async (t) => {
  const promise = { dispenseId: 'own', lineNo: 1, isSold: false }
  t.same(take([claim()], [pack([promise])]), [taken])
  t.equal(take([claim()], [pack([{ ...promise, dispenseId: 'other' }])]), 'trace-code-used')
  t.equal(take([claim()], [pack([{ ...promise, isSold: true }])]), 'trace-code-used')
})

t.test('MZ-4.3a a pack is found by its bare serial, and holds one drug', async (t) => {
  const known = pack([sold], { gtin: GTIN })
  t.equal(take([claim()], [known]), 'trace-code-used')
  t.same(take([claim({ code: { serial: 'PACK000001', gtin: '06901234567809' } })], [known]), [
    { ...taken, gtin: '06901234567809' },
  ])
  t.equal(take([claim({ drugCode: 'D2' })], [known]), 'pack-of-another-drug')
  t.same(take([claim({ drugCode: 'D2' })], [pack([])]), [{ ...taken, drugCode: 'D2' }], 'free again')
})

t.test(
  'MZ-4.3a conservation: whatever is asked in whatever order, parts never exceed the pack',
  async (t) => {
    const asked = fc.array(fc.option(fc.bigInt({ min: 1n, max: 400_000n })), { maxLength: 12 })
    fc.assert(
      fc.property(asked, fc.bigInt({ min: 1n, max: 600_000n }), (parts, size) => {
        let supplies: KnownPack['supplies'] = []
        for (const [index, part] of parts.entries()) {
          const result = take([claim(part === null ? {} : { part })], [pack(supplies)], size)
          if (typeof result === 'string') continue
          const supply = { dispenseId: `other${index}`, lineNo: 1, isSold: true }
          supplies = [...supplies, part === null ? supply : { ...supply, part }]
        }
        const whole = supplies.filter(({ part }) => part === undefined).length
        const sum = supplies.reduce((sum, { part }) => sum + (part ?? 0n), 0n)
        t.ok(whole === 0 ? sum <= size : whole === 1 && supplies.length === 1)
      }),
    )
  },
)
