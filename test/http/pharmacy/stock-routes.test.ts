import t from 'tap'
import { pharmacyTest } from './calls.ts'

t.test('MZ-5 a pharmacy reports stock and prices, and sees its own alone', async (t) => {
  const { hub, get, put } = await pharmacyTest(t)
  const { drug, publicPriceDrug, secondPharmacy } = hub.world.cast
  const codes = [...new Set([drug.drugCode, publicPriceDrug.drugCode])]
  const items = codes.map((drugCode) => ({ drugCode, quantity: '7.5', unitPriceFen: 4321 }))
  t.match(await put('/pharmacy/stock', { items }), { status: 200, body: { reported: items.length } })
  const find = async (institutionId?: string) => {
    const { body } = await get('/pharmacy/stock?limit=200', institutionId)
    return body.items.find((item: { drugCode: string }) => item.drugCode === drug.drugCode)
  }
  t.match(await find(), { quantity: '7.5', unitPriceFen: 4321, genericName: drug.genericName })
  t.not((await find(secondPharmacy.institutionId)).unitPriceFen, 4321)
})

t.test('the stock goes on by cursor, each drug once', async (t) => {
  const { get } = await pharmacyTest(t)
  const seen: string[] = []
  let after = ''
  do {
    const { body } = await get(`/pharmacy/stock?limit=3${after === '' ? '' : `&after=${after}`}`)
    seen.push(...body.items.map((item: { drugCode: string }) => item.drugCode))
    after = body.next ?? ''
  } while (after !== '' && seen.length < 12)
  t.ok(seen.length > 3)
  t.equal(new Set(seen).size, seen.length)
})

t.test('a stock report is taken whole or not at all', async (t) => {
  const { hub, get, put } = await pharmacyTest(t)
  const { drugCode } = hub.world.cast.drug
  const row = { drugCode, quantity: '1', unitPriceFen: 1 }
  const unknown = { ...row, drugCode: 'XZ99ZZZ999Z999999999999' }
  const before = (await get('/pharmacy/stock')).body
  t.match(await put('/pharmacy/stock', { items: [row, unknown] }), {
    status: 422,
    body: { code: 'drug-unknown', details: { drugCodes: [unknown.drugCode] } },
  })
  t.match(await put('/pharmacy/stock', { items: [row, row] }), { status: 400, body: { code: 'malformed' } })
  const many = Array.from({ length: 1001 }, () => row)
  t.match(await put('/pharmacy/stock', { items: many }), { status: 400, body: { code: 'malformed' } })
  t.match(await put('/pharmacy/stock', { items: [] }), { status: 400 })
  t.match(await put('/pharmacy/stock', { items: [{ ...row, quantity: '-1' }] }), { status: 400 })
  t.same((await get('/pharmacy/stock')).body, before)
})
