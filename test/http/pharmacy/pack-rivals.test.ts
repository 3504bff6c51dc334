import t from 'tap'
import { brokenInvariants } from '../../support/invariants.ts'
import { aTraceCode } from '../../support/journey.ts'
import { pharmacyTest } from './calls.ts'

t.test('MZ-4.3a ten rivals of two pharmacies share a pack, and no unit of it twice', async (t) => {
  const { hub, walk, post } = await pharmacyTest(t, { max: 12 })
  const { cast } = hub.world
  const rivals = []
  for (let place = 0; place < 10; place += 1) {
    const isSecond = place % 2 === 1
    const pharmacy = hub.pharmacy(isSecond ? cast.secondPharmacy.institutionId : undefined)
    const pharmacist = isSecond ? cast.secondPharmacist : cast.pharmacist
    const { no, content } = await walk.submitted(place % 3 === 0 ? { person: cast.resident } : {})
    await walk.choose(no, pharmacy.institutionId)
    await walk.take(no, pharmacy)
    await walk.review(no, pharmacy, pharmacist.practitionerId)
    rivals.push({ no, pharmacy, lines: walk.lines(content) })
  }
  const code = aTraceCode()
  const spellings = [code, `${code}\r`, `]C1${code}`]
  const answers = await Promise.all(
    rivals.map(({ no, pharmacy, lines }, place) =>
      post(
        `/pharmacy/prescriptions/${no}/settlement`,
        {
          lines: lines.map((line) => ({
            ...line,
            packs: [
              {
                traceCode: spellings[place % spellings.length],
                split: true,
                quantity: '4.5',
                packSize: '28',
              },
            ],
          })),
        },
        pharmacy.institutionId,
      ),
    ),
  )
  const said = answers.map(({ status, body }) => `${status} ${body.code ?? body.state}`).sort()
  t.same(said, [...Array(6).fill('202 settling'), ...Array(4).fill('409 pack-overdrawn')])
  const { rows } = await hub.deps.pool.query(
    `select p.taken::float8, p.whole, sum(c.quantity)::float8 as promised
       from pack p join trace_code c on c.trace_code = p.serial and c.gtin = p.gtin
      where p.serial = $1 and c.released_at is null and c.returned_at is null group by p.serial, p.gtin`,
    [code],
  )
  t.same(rows, [{ taken: 27, whole: 0, promised: 27 }], 'six times 4.5 of 28')
  const states = await Promise.all(rivals.map(({ no }) => walk.stateOf(no)))
  t.equal(
    states.filter((state) => state === 'reviewed').length,
    4,
    'the losers may ask again without the pack',
  )
  t.same(await brokenInvariants(hub.deps.pool), [])
})
