import t from 'tap'
import { pickupCode } from '../../../src/usecases/secrets.ts'
import { pharmacyTest } from './calls.ts'

const MINUTE = 60_000

/** A code as somebody types it who reads it off a phone. */
const asTyped = (code: string) =>
  ` ${code
    .toLowerCase()
    .replaceAll('0', 'O')
    .replaceAll('1', 'l')
    .replace(/(.{4})/g, '$1-')}\r`

t.test(
  'MZ-6.4 the inbox shows drugs, quantities, hospital and time left, and nothing of the person',
  async (t) => {
    const { hub, walk, get } = await pharmacyTest(t)
    const { no, content } = await walk.chosen()
    await walk.submitted({ person: hub.world.cast.resident })
    const { status, body } = await get('/pharmacy/inbox')
    t.equal(status, 200)
    t.equal(body.entries.length, 1, 'only what the patient chose it for')
    const [entry] = body.entries
    t.match(entry, {
      prescriptionNo: no,
      state: 'chosen',
      cancelPending: false,
      hospital: { institutionId: hub.world.cast.hospital.institutionId, phone: String },
      lines: [
        { drugCode: content.lines[0]?.drugCode, remaining: content.lines[0]?.quantity, genericName: String },
      ],
    })
    t.ok(entry.secondsLeft > 0)
    const said = JSON.stringify(body)
    const { name, personId, idNumber } = content.patient
    for (const secret of [name, personId, idNumber, content.diagnoses[0]!.name, content.diagnoses[0]!.code]) {
      t.notOk(said.includes(secret))
    }
    const other = await get('/pharmacy/inbox', hub.world.cast.secondPharmacy.institutionId)
    t.same(other.body.entries, [])
  },
)

t.test('the inbox goes on by cursor and keeps to a state', async (t) => {
  const { hub, walk, get } = await pharmacyTest(t)
  const people = [hub.world.cast.employee, hub.world.cast.resident, hub.world.cast.assisted]
  const numbers: string[] = []
  for (const person of people) {
    numbers.push((await walk.chosen({ person })).no)
    hub.now = new Date(hub.now.getTime() + 1000)
  }
  await walk.take(numbers[0]!)
  const first = await get('/pharmacy/inbox?limit=2')
  const rest = await get(`/pharmacy/inbox?limit=2&after=${first.body.next}`)
  const seen = [...first.body.entries, ...rest.body.entries].map((entry) => entry.prescriptionNo)
  t.same(seen, [numbers[1], numbers[2], numbers[0]], 'longest unchanged first, each once')
  t.notOk(rest.body.next)
  const held = await get('/pharmacy/inbox?state=held')
  t.same(
    held.body.entries.map((entry: { prescriptionNo: string }) => entry.prescriptionNo),
    [numbers[0]],
  )
  t.ok(held.body.entries[0].holdSecondsLeft > 0)
  hub.now = new Date(hub.now.getTime() + 31 * MINUTE)
  t.equal((await get('/pharmacy/inbox?state=held')).body.entries.length, 0, 'a hold that ran out is over')
  t.equal((await get('/pharmacy/inbox?state=chosen')).body.entries.length, 3, 'swept or not')
  t.match(await get('/pharmacy/inbox?after=x.y'), { status: 400, body: { code: 'malformed' } })
  t.match(await get('/pharmacy/inbox?state=dispensed'), { status: 400, body: { code: 'malformed' } })
  hub.now = new Date(hub.now.getTime() + 4 * 24 * 60 * MINUTE)
  t.equal((await get('/pharmacy/inbox')).body.entries.length, 0, 'MZ-6.3 nothing past its validity')
})

t.test('MZ-6.4 taking gives the document, by number or by pick-up code', async (t) => {
  const { hub, walk, get, post } = await pharmacyTest(t)
  const { no, content } = await walk.chosen()
  const before = await get(`/pharmacy/prescriptions/${no}`)
  t.equal(before.status, 200)
  t.notOk(before.body.prescription, 'not before')
  const taken = await post('/pharmacy/takes', { prescriptionNo: no })
  t.match(taken, {
    status: 200,
    body: { state: 'held', prescription: { patient: { name: content.patient.name } } },
  })
  const after = await get(`/pharmacy/prescriptions/${no}`)
  t.match(after.body, {
    state: 'held',
    holdUntil: taken.body.holdUntil,
    prescription: { patient: { name: content.patient.name } },
    dispense: { dispenseId: taken.body.dispenseId, takenBy: 'inbox' },
  })
  const [line] = after.body.lines
  t.equal(Number(line.prescribed), Number(line.dispensed) + Number(line.cancelled) + Number(line.remaining))

  const second = await walk.chosen({ person: hub.world.cast.resident })
  const code = pickupCode(hub.deps.linkKey, second.no, 2)
  const at = hub.world.cast.secondPharmacy.institutionId
  t.match(await post('/pharmacy/takes', { pickupCode: 'WRONGWRONG' }, at), {
    body: { code: 'pickup-code-wrong' },
  })
  t.match(
    await post('/pharmacy/takes', { pickupCode: asTyped(code) }, at),
    { status: 200 },
    'MZ-5 wherever the patient goes',
  )
  t.match(await post('/pharmacy/takes', { prescriptionNo: no, pickupCode: code }), {
    body: { code: 'malformed' },
  })
  t.match(await post('/pharmacy/takes', {}), { body: { code: 'malformed' } })
})

t.test('MZ-6.4 what another pharmacy holds is refused with its name, telephone and times', async (t) => {
  const { hub, walk, post } = await pharmacyTest(t)
  const { no, taken } = await walk.held()
  const holder = hub.world.cast.designatedPharmacy
  const said = await post(
    '/pharmacy/takes',
    { pickupCode: pickupCode(hub.deps.linkKey, no, 2) },
    hub.world.cast.secondPharmacy.institutionId,
  )
  t.match(said, {
    status: 409,
    body: {
      code: 'held-by-another',
      details: {
        holderName: holder.name,
        holderPhone: holder.phone,
        heldSince: hub.now.toISOString(),
        heldUntil: taken.holdUntil,
      },
    },
  })
})

t.test(
  'MZ-6.4 of twenty simultaneous takes of one pharmacy one begins the hold, and all are told it',
  async (t) => {
    const { hub, walk, post } = await pharmacyTest(t)
    const { no } = await walk.chosen()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post('/pharmacy/takes', { prescriptionNo: no })),
    )
    for (const answer of answers) t.same(answer, answers[0])
    t.match(answers[0], { status: 200, body: { state: 'held', prescriptionNo: no } })
    const { rows } = await hub.deps.pool.query(
      `select (select count(*)::int from dispense where prescription_no = $1) as dispenses,
            (select count(*)::int from prescription_event where prescription_no = $1 and type = 'taken') as taken`,
      [no],
    )
    t.same(rows, [{ dispenses: 1, taken: 1 }])
  },
)

t.test('MZ-6.4 whoever lost the answer of a take gets its own hold again under a new key', async (t) => {
  const { hub, walk, post } = await pharmacyTest(t)
  const { no } = await walk.chosen()
  const first = await post('/pharmacy/takes', { prescriptionNo: no })
  t.equal(first.status, 200)
  const revision = async () =>
    (await hub.deps.pool.query('select revision from prescription_state where prescription_no = $1', [no]))
      .rows
  const before = await revision()
  hub.now = new Date(hub.now.getTime() + 60_000)
  t.same(await post('/pharmacy/takes', { prescriptionNo: no }), first, 'not a minute longer')
  const code = { pickupCode: pickupCode(hub.deps.linkKey, no, 2) }
  t.same(await post('/pharmacy/takes', code), first, 'by code as by number')
  t.same(await revision(), before)
  const other = hub.world.cast.secondPharmacy.institutionId
  t.match(await post('/pharmacy/takes', code, other), { status: 409, body: { code: 'held-by-another' } })

  const settling = await walk.settling()
  const again = await post('/pharmacy/takes', { prescriptionNo: settling.no })
  t.match(again, { status: 409, body: { code: 'wrong-state', retry: 'later' } })
})

t.test('the same take sent again gets the first answer', async (t) => {
  const { walk, post } = await pharmacyTest(t)
  const { no } = await walk.chosen()
  const key = 'the-same-key-twice'
  const first = await post('/pharmacy/takes', { prescriptionNo: no }, undefined, key)
  t.same(await post('/pharmacy/takes', { prescriptionNo: no }, undefined, key), first)
  t.match(await post('/pharmacy/takes', { pickupCode: 'ANOTHERCODE' }, undefined, key), {
    body: { code: 'idempotency-key-reused' },
  })
})
