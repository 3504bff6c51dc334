import t from 'tap'
import { readTraceCodes, type ScannedCode } from '../../../src/domain/packs/read-trace-codes.ts'
import { Problem } from '../../../src/domain/problems.ts'

const GTIN = '06901234567892'
const PACK = '81234567890123456789'

/** Code and fields of the refusal; undefined when the codes are read. */
function refusal(...codes: readonly Omit<ScannedCode, 'path'>[]): unknown {
  try {
    readTraceCodes(codes.map((code, index) => ({ ...code, path: `/${index}` })))
    return undefined
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [error.code, ...error.fields.map(({ path, keyword }) => `${path} ${keyword}`)]
  }
}

t.test('MZ-4.3a the same pack twice in one body is refused in whatever spelling', async (t) => {
  const twice = ['trace-code-twice', '/1 uniqueItems']
  t.same(refusal({ scanned: PACK }, { scanned: `]C1${PACK}` }), twice)
  t.same(refusal({ scanned: 'abcdef012345' }, { scanned: 'ABCDEF012345' }), twice)
  t.same(refusal({ scanned: `(01)${GTIN}(21)ABCDEF012345` }, { scanned: 'ABCDEF012345' }), twice)
  t.equal(refusal({ scanned: PACK }, { scanned: 'ABCDEF012345' }), undefined)
})

t.test('MZ-4.3a every code that cannot be read is named by its place', async (t) => {
  t.same(refusal({ scanned: PACK }, { scanned: '6901234567892' }, { scanned: 'x' }), [
    'trace-code-unreadable',
    '/1 product-barcode',
    '/2 not-a-trace-code',
  ])
})

t.test('MZ-4.3a batch and expiry in the code are those that are stated', async (t) => {
  const scanned = `(01)${GTIN}(17)280731(10)b-7(21)ABCDEF012345`
  t.equal(refusal({ scanned, batchNo: 'B7', expiresOn: '2028-07-31' }), undefined)
  t.equal(refusal({ scanned }), undefined)
  t.same(refusal({ scanned, batchNo: 'B8', expiresOn: '2028-08-31' }), [
    'trace-code-contradicts',
    '/0 batchNo',
    '/0 expiresOn',
  ])
})
