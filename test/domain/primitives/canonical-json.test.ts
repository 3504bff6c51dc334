import fc from 'fast-check'
import t from 'tap'
import { canonicalJson } from '../../../src/domain/primitives/canonical-json.ts'

t.test('RFC 8785: keys are sorted by UTF-16 unit, without blanks, at every depth', (t) => {
  t.equal(canonicalJson({ b: [1, { d: null, c: true }], a: '值' }), '{"a":"值","b":[1,{"c":true,"d":null}]}')
  // The example of RFC 8785, section 3.2.3.
  const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6']
  const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']
  const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])))
  t.same(Object.keys(JSON.parse(text)).sort(), [...sorted].sort())
  t.equal(text, `{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`)
  t.end()
})

t.test('it says the same as JSON, and the same for every order of the members', (t) => {
  const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => {
    try {
      canonicalJson(value)
      return true
    } catch {
      return false // a fraction
    }
  })
  fc.assert(
    fc.property(json, (value) => {
      t.same(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)))
    }),
    { seed: 20261122 },
  )
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.integer()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).reverse())
      return canonicalJson(turned) === canonicalJson(value)
    }),
    { seed: 20261122 },
  )
  t.end()
})

t.test('what has no canonical form is refused, and undefined members are left out', (t) => {
  t.equal(canonicalJson({ a: undefined, b: 1 }), '{"b":1}')
  for (const number of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
    t.throws(() => canonicalJson({ number }), RangeError)
  t.equal(canonicalJson(2 ** 53 - 1), '9007199254740991')
  for (const value of [[undefined], 1n, new Date(0), new Map(), () => {}, Symbol('x'), Buffer.from('x')])
    t.throws(() => canonicalJson(value), TypeError)
  t.end()
})
