import t from 'tap'
import { admissionApp } from '../http/admissions/apply.ts'
import { type Way, wayOverHttp } from '../support/http-way.ts'
import { walker } from '../support/journey.ts'
import { endToday, register } from '../support/region.ts'

const it = await admissionApp(t, { regions: ['140000'] })
const { hub } = it
const { cast } = hub.world

interface Entry {
  readonly layer: string
  readonly payer: string
  readonly amountFen: number
  readonly ruleId: string
}
const entriesOf = ({ statement }: Way, layer: string): Entry[] =>
  statement.body.split.entries.filter((entry: Entry) => entry.layer === layer)

/** Handed over all the same; the statement over HTTP bills the patient for everything, by one duty. */
function atOwnCost(t: Pick<typeof import('tap').t, 'equal' | 'match' | 'same'>, way: Way, duty: string) {
  const { split, findings, status } = way.statement.body
  t.equal(status, 'settled')
  t.same([split.patientFen, split.fundFen], [split.chargeFen, 0])
  t.match(entriesOf(way, 'not-covered'), [{ ruleId: duty, payer: 'patient', amountFen: split.chargeFen }])
  t.match(
    findings.find(({ ruleId }: { ruleId: string }) => ruleId === duty),
    {
      effect: 'not-covered',
      message: { zh: /./, en: /./ },
    },
  )
  t.match(way.handed, { status: 200, body: { state: 'dispensed' } })
}

t.test(
  'SX-17.1 SX-17.2 SX-17.3 SX-17.6 SX-7 covered: none of the duties stands on the statement',
  async (t) => {
    const way = await wayOverHttp(it, {})
    t.same(entriesOf(way, 'not-covered'), [])
    t.ok(way.statement.body.split.chargeFen > 0)
  },
)

t.test('SX-7 after a failed re-assessment the statement bills the patient, and says so', async (t) => {
  atOwnCost(t, await wayOverHttp(it, { person: cast.progressedPerson }), 'SX-7')
})

t.test('SX-17.6 SX-17.1 off the list, and before the first day on it', async (t) => {
  const drug = cast.unlistedDrug
  atOwnCost(t, await wayOverHttp(it, { drugs: [drug], person: cast.employee }), 'SX-17.6')
  const listing = { listId: 'negotiated', drugCode: drug.drugCode }
  await register(hub, 'drug-list', `negotiated:${drug.drugCode}`, listing, '2027-01-01')
  atOwnCost(t, await wayOverHttp(it, { drugs: [drug], person: cast.progressedPerson }), 'SX-17.1')
})

t.test('SX-17.3 outside the restricted scope', async (t) => {
  const diagnoses = [{ code: 'J06.900', name: '急性上呼吸道感染' }]
  atOwnCost(t, await wayOverHttp(it, { diagnoses, person: cast.specialDiseasePerson }), 'SX-17.3')
})

t.test('SX-17.4 the part above the payment standard alone', async (t) => {
  const above = 100
  const way = await wayOverHttp(
    it,
    { person: cast.employee, quantity: 30 },
    { lines: (lines) => lines.map((line) => ({ ...line, unitPriceFen: line.unitPriceFen! + above })) },
  )
  t.match(entriesOf(way, 'above-standard'), [{ ruleId: 'SX-17.4', payer: 'patient', amountFen: above * 30 }])
  t.same(entriesOf(way, 'not-covered'), [])
  t.match(way.handed, { status: 200 })
})

t.test('SX-17.5 beyond the course that the restriction allows', async (t) => {
  const drug = cast.publicPriceDrug
  const person = cast.specialDiseasePerson
  const { personId } = person
  await register(hub, 'qualification', `drug:${personId}:9`, {
    personId,
    kind: 'drug',
    drugCodes: [drug.drugCode],
    diagnoses: drug.restrictedIcd ?? [],
    hospitalId: cast.hospital.institutionId,
    physicianIds: [cast.physician.practitionerId],
    regimen: '按说明书',
    documentNo: 'SC-9',
  })
  const way = await wayOverHttp(it, { person, drugs: [drug], days: drug.maxDays! + 1 })
  const { split, findings } = way.statement.body
  const [line] = findings.filter(({ ruleId }: { ruleId: string }) => ruleId === 'SX-17.5')
  // One a day: of the quantity that is one day too long, that of one day.
  const share = split.chargeFen / (drug.maxDays! + 1)
  t.match(line, { effect: 'not-covered', coveredQuantity: String(drug.maxDays) })
  t.match(entriesOf(way, 'not-covered'), [{ ruleId: 'SX-17.5', payer: 'patient', amountFen: share }])
  t.ok(entriesOf(way, 'deductible').length > 0, 'what lies within the course goes by the rules of the money')
})

t.test('SX-17.5 more than prescribed is not supplied at all, so nobody pays for it', async (t) => {
  const person = cast.charityPerson
  const walk = walker(hub)
  const pharmacy = hub.pharmacy()
  const { no, content } = await walk.reviewed({ person, days: 10 })
  const [line] = walk.lines(content)
  const request = (quantity: string) =>
    it.as(pharmacy, 'POST', `/pharmacy/prescriptions/${no}/settlement`, {
      body: { lines: [{ ...line!, quantity }] },
    })
  t.match((await request('11')).body, { code: 'quantity-exceeded', details: { remaining: '10' } })
  t.equal((await request('10')).status, 202)
})

t.test('SX-17.2 a physician who is on file no more', async (t) => {
  const key = `${cast.physician.practitionerId}:${cast.hospital.institutionId}:responsible-physician`
  const before = () => endToday(hub, 'filing', key)
  atOwnCost(t, await wayOverHttp(it, { person: cast.employee }, { before }), 'SX-17.2')
})
