import { dayOf, type Place } from '../place.ts'
import { streamed } from '../wire.ts'

/** More than ten megabytes of them. */
const LONG_LINES = 2_750

const HEADER = 'reference,kind,on,drugCode,quantity,unitPriceFen,batchNo'

/** Counts of the shelf, and books of purchases and sales as files of any size. */
export async function stockAndBooks(place: Place): Promise<void> {
  const { world, pharmacy, agency, cast, pharmacyId } = place
  const { drugCode } = cast.drug
  const items = [{ drugCode, quantity: '1200.5', unitPriceFen: 324 }]
  await world.ok(pharmacy, 'reportStock', { body: { items } })
  await world.refused(
    pharmacy,
    'reportStock',
    { body: { items: [{ ...items[0], quantity: '-1' }] } },
    'malformed',
  )
  const stock = await world.ok(pharmacy, 'listStock', { query: { limit: '200' } })
  const found = stock.body.items.find((it: { drugCode: string }) => it.drugCode === drugCode)
  if (found?.quantity !== '1200.5') throw new Error(`the stock reads ${found?.quantity}`)
  await world.refused(pharmacy, 'listStock', { query: { limit: 'all' } }, 'malformed')

  const now = await world.now()
  const on = dayOf(now)
  const number = place.number()
  const row = (count: number) => `R${number}-${count},purchase,${on},${drugCode},1,324,B${count}`
  const upload = (text: string, type: string, more: object = {}) =>
    world.ok(pharmacy, 'uploadStock', { raw: Buffer.from(text), type, ...more })
  const small = `${HEADER}\r\n${row(1)}\r\n`
  await upload(small, 'text/csv')
  for (const transport of ['chunked', 'slow', 'expect'] as const) {
    const { body } = await upload(small, 'text/csv; charset=utf-8', { transport })
    if (body.repeated !== true) throw new Error(`sent ${transport}, the same file is another`)
  }
  const line = JSON.stringify({
    kind: 'purchase',
    reference: `N${number}`,
    on,
    drugCode,
    quantity: '1',
    unitPriceFen: 324,
  })
  await upload(`${line}\n`, 'application/x-ndjson')
  // Ten megabytes that nobody holds in memory as one; lines as long as they may be keep them few.
  const answer = await world.ok(pharmacy, 'uploadStock', {
    raw: streamed(longLines(LONG_LINES, { ...JSON.parse(line), reference: `L${number}` })),
    type: 'application/x-ndjson',
  })
  if (answer.body.lines !== LONG_LINES)
    throw new Error(`${LONG_LINES} lines were sent and ${answer.body.lines} read`)
  await world.refused(
    pharmacy,
    'uploadStock',
    { raw: Buffer.from('a,b\n1,2\n'), type: 'text/csv' },
    'upload-faulty',
  )
  const faulty = {
    raw: Buffer.from(`${HEADER}\r\n${row(2).replace(drugCode, '8.1E+19')}\r\n`),
    type: 'text/csv',
  }
  const { text: list } = await world.ok(pharmacy, 'listStockCorrections', faulty)
  if (!list.includes('8.1E+19')) throw new Error(`the corrections read ${list}`)
  const tried = {
    raw: Buffer.from(`${HEADER}\r\n${row(3)}\r\n`),
    type: 'text/csv',
    query: { dryRun: 'true' },
  }
  const { body: dry } = await world.ok(pharmacy, 'uploadStock', tried)
  if (dry.uploadId !== undefined || dry.lines !== 1) throw new Error('a file that was only tried is kept')
  const zip = { raw: Buffer.from(small), type: 'application/zip' }
  await world.refused(pharmacy, 'uploadStock', zip, 'unsupported-media-type')
  await world.refused(pharmacy, 'listStockCorrections', zip, 'unsupported-media-type')
  await world.ok(pharmacy, 'listStockUploads', {})
  await world.refused(pharmacy, 'listStockUploads', { query: { limit: '-1' } }, 'malformed')
  const period = { from: dayOf(now, -7), to: on }
  await world.ok(pharmacy, 'matchOwnStock', { query: period })
  await world.refused(pharmacy, 'matchOwnStock', { query: { from: on } }, 'malformed')
  const path = { institutionId: pharmacyId }
  await world.ok(agency, 'matchStock', { path, query: period })
  await world.refused(agency, 'matchStock', { path, query: { ...period, from: '2026-02-30' } }, 'malformed')
  await world.ok(agency, 'listOverdueUploads', {})
}

/** Lines of JSON with a number each, filled up with blanks to 4,000 bytes. */
function* longLines(count: number, line: { readonly reference: string }): Generator<string> {
  for (let number = 1; number <= count; number += 1) {
    const text = JSON.stringify({ ...line, reference: `${line.reference}-${number}` })
    yield `${text.slice(0, -1).padEnd(3_998)}}\n`
  }
}
