import t from 'tap'
import { addEntries } from '../../../src/storage/registers.ts'
import { settlePrescription } from '../../../src/usecases/settle-prescription.ts'
import { aTraceCode, THE_PATIENT } from '../../support/journey.ts'
import { type PharmacyTest, pharmacyTest } from './calls.ts'

/** What the worker does with the requested settlement. */
async function work({ hub }: PharmacyTest, settlementId: string): Promise<void> {
  await settlePrescription(hub.deps, { regionCode: hub.world.regionCode, settlementId })
}

t.test('MZ-6.5 from review to hand-over, the bill being the quote', async (t) => {
  const it = await pharmacyTest(t)
  const { walk, get, post } = it
  const { no, content } = await walk.reviewed()
  const at = `/pharmacy/prescriptions/${no}`
  const lines = walk.lines(content)
  t.match(await get(`${at}/settlement`), { status: 404, body: { code: 'settlement-unknown' } })
  const quote = await post(`${at}/quote`, { lines })
  t.match(quote, { status: 200, body: { accepted: true } })
  const requested = await post(`${at}/settlement`, { lines })
  t.match(requested, { status: 202, body: { state: 'settling' } })
  t.match(await get(`${at}/settlement`), { status: 200, body: { status: 'requested', findings: [] } })

  await work(it, requested.body.settlementId)
  const { body: statement } = await get(`${at}/settlement`)
  t.equal(statement.status, 'settled')
  t.same(statement.split, quote.body.split, 'the same to the fen, with the same reasons')
  const { split } = statement
  t.equal(split.patientFen + split.fundFen, split.chargeFen)
  const sum = (amounts: { amountFen: number }[]) =>
    amounts.reduce((total, { amountFen }) => total + amountFen, 0)
  t.equal(sum(split.entries), split.chargeFen)
  t.equal(sum(split.totals), split.chargeFen)
  t.equal(split.restsOnSample, true)
  for (const entry of split.entries)
    t.match(entry, { ruleId: /^MZ-/, explanation: { zh: String, en: String } })
  t.ok(split.entries.some(({ parameters }: { parameters: unknown[] }) => parameters.length > 0))
  t.match((await get(at)).body, {
    state: 'settled',
    settlement: { chargeFen: split.chargeFen, fundFen: split.fundFen, patientFen: split.patientFen },
  })

  const handed = await post(`${at}/hand-over`, walk.handOverOf(content))
  t.match(handed, { status: 200, body: { state: 'dispensed', lines: [{ remaining: '0' }] } })
  const { body } = await get(at)
  t.match(body, {
    state: 'dispensed',
    dispense: { handedOverAt: String, lines: [{ batchNo: 'B1', expiresOn: '2028-01-01' }] },
    prescription: { patient: { name: content.patient.name } },
  })
  t.match(await post(`${at}/reverse`, { reasonCode: 'other' }), {
    status: 409,
    body: { code: 'wrong-state' },
  })
  t.match(await post(`${at}/return`, { reasonCode: 'recall' }), { status: 200, body: { state: 'returned' } })
  t.match((await get(`${at}/settlement`)).body, { status: 'reversed', reversedAt: String })
})

t.test(
  'MZ-6.5 what a declined settlement lacks is said with its rule, its article and what to do',
  async (t) => {
    const it = await pharmacyTest(t)
    const { hub, walk, get, post } = it
    const { no, content } = await walk.reviewed()
    const at = `/pharmacy/prescriptions/${no}`
    const requested = await post(`${at}/settlement`, { lines: walk.lines(content) })
    // Entered between request and settlement: the request was right, the settlement is not.
    const sanction = {
      subject: 'institution',
      subjectId: hub.pharmacy().institutionId,
      kind: 'suspension',
      reason: '暂停协议',
    } as const
    await addEntries(
      hub.deps.pool,
      hub.world.regionCode,
      [{ register: 'sanction', key: 'S-1', validFrom: '2026-01-01', data: sanction }],
      { author: 'test', reason: 'suspended', at: hub.now },
    )
    await work(it, requested.body.settlementId)
    const { status, body } = await get(`${at}/settlement`)
    t.equal(status, 200)
    t.match(body, {
      status: 'declined',
      declined: { code: 'rules-failed', title: String, titleEn: String, detail: String, detailEn: String },
    })
    const refusing = body.findings.filter(({ effect }: { effect: string }) => effect === 'reject')
    t.ok(refusing.length > 0)
    for (const finding of refusing)
      t.match(finding, { ruleId: /^[A-Z]+-\d/, rule: String, article: String, message: { zh: /./, en: /./ } })
    t.match(refusing, [{ rule: 'not-sanctioned' }])
    const entries = (await get('/pharmacy/events?limit=200')).body.entries
    t.match((await get(at)).body, { state: 'reviewed' }, 'the pharmacy may mend it and ask again')
    t.notOk(JSON.stringify(entries).includes(content.patient.name))
  },
)

t.test('a settlement is refused for too much, a line twice, nothing, or before the review', async (t) => {
  const { hub, walk, post } = await pharmacyTest(t)
  const held = await walk.held({ person: hub.world.cast.resident })
  t.match(await post(`/pharmacy/prescriptions/${held.no}/settlement`, { lines: walk.lines(held.content) }), {
    body: { code: 'wrong-state' },
  })
  const { no, content } = await walk.reviewed()
  const [line] = walk.lines(content)
  const settle = (lines: object[]) => post(`/pharmacy/prescriptions/${no}/settlement`, { lines })
  t.match(await settle([{ ...line, quantity: '9999' }]), { status: 422 })
  t.match(await settle([line!, line!]), { status: 422 })
  t.match(await settle([]), { status: 400, body: { code: 'malformed' } })
  t.match(await settle([{ ...line, unitPriceFen: 1.0000001 }]), {
    status: 422,
    body: { code: 'price-unclear' },
  })
  t.match(await settle([{ lineNo: 1, quantity: '14' }]), { status: 422, body: { code: 'price-unclear' } })
  t.match(await settle([{ ...line, unitPriceFen: -1 }]), { status: 400 })
  t.match(await settle([{ ...line, cost: 1 }]), { status: 400 }, 'unknown members are refused')
  t.equal(await walk.stateOf(no), 'reviewed', 'and nothing has changed')
})

t.test('what the till charges is charged: a total, the price of a pack and decimals of a fen', async (t) => {
  const it = await pharmacyTest(t)
  const { walk, get, post } = it
  const { no, content } = await walk.reviewed()
  const at = `/pharmacy/prescriptions/${no}`
  const [line] = walk.lines(content)
  const { quantity, lineNo } = line!
  for (const price of [
    { amountFen: 1000 },
    { price: { fen: 1000, per: quantity } },
    { unitPriceFen: 71.428571 },
  ]) {
    const { status, body } = await post(`${at}/quote`, { lines: [{ lineNo, quantity, ...price }] })
    t.equal(status, 200)
    t.match(body.split, { chargeFen: 1000, lines: [{ unitPriceFen: 71.428571 }] }, JSON.stringify(price))
  }
  const { body } = await post(`${at}/settlement`, { lines: [{ lineNo, quantity, amountFen: 1000 }] })
  await work(it, body.settlementId)
  t.match((await get(`${at}/settlement`)).body, {
    status: 'settled',
    split: { chargeFen: 1000, lines: [{ chargeFen: 1000, price: { fen: 1000, per: quantity } }] },
  })
  t.match((await get(at)).body, {
    dispense: { lines: [{ unitPriceFen: 71.428571, price: { fen: 1000, per: quantity } }] },
  })
})

t.test('a settlement is reversed before the hand-over and asked for again', async (t) => {
  const it = await pharmacyTest(t)
  const { walk, post } = it
  const { no, content } = await walk.settled()
  const at = `/pharmacy/prescriptions/${no}`
  t.match(await post(`${at}/reverse`, { reasonCode: 'wrong-price' }), {
    status: 200,
    body: { state: 'reviewed' },
  })
  const again = await post(`${at}/settlement`, { lines: walk.lines(content) })
  t.equal(again.status, 202)
  await work(it, again.body.settlementId)
  t.equal(await walk.stateOf(no), 'settled')
})

t.test('MZ-6.7 a settlement is deferred once it is overdue, not before', async (t) => {
  const { hub, walk, get, post } = await pharmacyTest(t)
  const { no, content } = await walk.settling()
  const at = `/pharmacy/prescriptions/${no}`
  const defer = () => post(`${at}/defer`, { reasonCode: 'settlement-overdue' })
  hub.now = new Date(hub.now.getTime() + 59_999)
  t.match(await defer(), { status: 409, body: { code: 'settlement-not-overdue' } })
  hub.now = new Date(hub.now.getTime() + 1)
  t.match(await defer(), { status: 200, body: { state: 'deferred', manualFileId: String } })
  t.match((await get(`${at}/settlement`)).body, { status: 'deferred' })
  t.match(await post(`${at}/hand-over`, walk.handOverOf(content)), {
    status: 200,
    body: { state: 'dispensed' },
  })
})

t.test('MZ-4.3a a trace code sells once in the whole hub, and again after a return', async (t) => {
  const { hub, walk, post } = await pharmacyTest(t)
  const first = await walk.settled()
  const second = await walk.settled({ person: hub.world.cast.resident })
  const code = aTraceCode()
  const hand = (it: typeof first, traceCodes: string[]) => {
    const body = walk.handOverOf(it.content)
    return post(`/pharmacy/prescriptions/${it.no}/hand-over`, {
      ...body,
      lines: body.lines.map((line) => ({ ...line, traceCodes })),
    })
  }
  t.match(await hand(first, []), { status: 422, body: { code: 'rules-failed' } }, 'no sale without one')
  t.match(await hand(first, [code]), { status: 200 })
  t.match(await hand(second, [code]), { status: 409, body: { code: 'trace-code-used' } })
  t.equal(await walk.stateOf(second.no), 'settled')
  t.match(await post(`/pharmacy/prescriptions/${first.no}/return`, { reasonCode: 'dispensing-error' }), {
    status: 200,
  })
  t.match(await hand(second, [code]), { status: 200 })
})

t.test('MZ-4.3a the same pack in another spelling is found, and a code that is none is named', async (t) => {
  const { hub, walk, post } = await pharmacyTest(t)
  const first = await walk.settled()
  const second = await walk.settled({ person: hub.world.cast.resident })
  const serial = `ab${aTraceCode()}`
  const hand = (it: typeof first, traceCodes: string[]) => {
    const body = walk.handOverOf(it.content)
    return post(`/pharmacy/prescriptions/${it.no}/hand-over`, {
      ...body,
      lines: body.lines.map((line) => ({ ...line, traceCodes })),
    })
  }
  t.match(await hand(first, ['6901234567892']), {
    status: 422,
    body: {
      code: 'trace-code-unreadable',
      fields: [{ path: '/body/lines/0/traceCodes/0', keyword: 'product-barcode' }],
    },
  })
  t.match(await hand(first, [serial, serial.toUpperCase()]), {
    status: 422,
    body: { code: 'trace-code-twice', fields: [{ path: '/body/lines/0/traceCodes/1' }] },
  })
  t.match(await hand(first, [`(01)06901234567892(21)${serial}`]), { status: 200 })
  for (const spelling of [serial.toUpperCase(), `]C1${serial}\r`, `010690123456789221${serial}`]) {
    t.match(await hand(second, [spelling]), { status: 409, body: { code: 'trace-code-used' } }, spelling)
  }
})

t.test('MZ-6.5 the buyer is identified and the statement signed; an agent may come', async (t) => {
  const { walk, post } = await pharmacyTest(t)
  const { no, content } = await walk.settled()
  const good = walk.handOverOf(content)
  const hand = (body: object) => post(`/pharmacy/prescriptions/${no}/hand-over`, body)
  const { statementSignatureRef: _, ...unsigned } = good
  t.match(await hand(unsigned), { status: 422, body: { findings: [{ rule: 'statement-signed' }] } })
  const stranger = { ...good, buyer: { relation: 'agent', identityChecked: false } }
  t.match(await hand(stranger), { status: 422, body: { findings: [{ rule: 'buyer-identified' }] } })
  const named = { ...good, buyer: { ...THE_PATIENT, name: '张三' } }
  t.match(await hand(named), { status: 400, body: { code: 'malformed' } }, 'no name is taken')
  const agent = {
    ...good,
    buyer: {
      relation: 'agent',
      identityChecked: true,
      papers: ['identity-card', 'agent-identity-card', 'insurance-card'],
      paperNoEnding: '021X',
    },
  }
  t.match(await hand(agent), { status: 200, body: { state: 'dispensed' } })
})

t.test('MZ-6.5 receipt, fee list and seal go out before the medicine', async (t) => {
  const it = await pharmacyTest(t)
  const { walk, post } = it
  const { no, content } = await walk.settled()
  const at = `/pharmacy/prescriptions/${no}`
  const { papersIssued: all, ...given } = walk.handOverOf(content)
  for (const left of ['receipt', 'fee-list', 'fee-seal']) {
    const body = { ...given, papersIssued: all!.filter((paper) => paper !== left) }
    t.match(
      await post(`${at}/hand-over`, body),
      {
        status: 422,
        body: { code: 'rules-failed', findings: [{ rule: 'papers-issued', ruleId: 'MZ-6.5' }] },
      },
      left,
    )
  }
  t.equal(await walk.stateOf(no), 'settled', 'and nothing has changed')
  t.match(await post(`${at}/hand-over`, given), {
    status: 200,
    body: { findings: [{ rule: 'papers-issued', ruleId: 'MZ-6.5', effect: 'warn' }] },
  })
})

t.test(
  'MZ-6.5 the buyer is checked before the settlement: with the review, or when somebody comes',
  async (t) => {
    const { walk, get, post, hub } = await pharmacyTest(t)
    const { no, content } = await walk.held()
    const at = `/pharmacy/prescriptions/${no}`
    const lines = walk.lines(content)
    const { pharmacistId } = walk.handOverOf(content)
    t.equal((await post(`${at}/review`, { pharmacistId, decision: 'approve' })).status, 200)
    const unchecked = {
      status: 422,
      body: {
        code: 'rules-failed',
        findings: [{ rule: 'buyer-identified', ruleId: 'MZ-6.5', article: '六' }],
      },
    }
    t.match(await post(`${at}/settlement`, { lines }), unchecked, 'nobody was checked')
    t.match((await post(`${at}/quote`, { lines })).body, { accepted: true }, 'a quote asks for nobody')
    const check = (buyer: object, by = pharmacistId) => post(`${at}/buyer`, { pharmacistId: by, buyer })
    t.match(await check(THE_PATIENT, hub.world.cast.secondPharmacist.practitionerId), {
      status: 422,
      body: { findings: [{ rule: 'practitioner-filed' }] },
    })
    t.match(await check({ ...THE_PATIENT, name: '张三' }), { status: 400 })
    t.match(await check({ ...THE_PATIENT, identityChecked: false }), {
      status: 200,
      body: { state: 'reviewed' },
    })
    t.match(await post(`${at}/settlement`, { lines }), unchecked, 'who came was not identified')
    t.equal(await walk.stateOf(no), 'reviewed')
    t.equal((await check({ ...THE_PATIENT, relation: 'agent', paperNoEnding: '021X' })).status, 200)
    t.equal((await post(`${at}/settlement`, { lines })).status, 202)
    t.match(await check(THE_PATIENT), { status: 409, body: { code: 'wrong-state' } }, 'once money moves')
    const events = JSON.stringify((await get('/pharmacy/events')).body)
    t.notMatch(events, '021X', 'no part of a number is in an event')
  },
)

t.test('MZ-6.5 what is delivered: whoever hands over checks the receiver, who signs', async (t) => {
  const it = await pharmacyTest(t)
  const { walk, post } = it
  const { no, content } = await walk.held()
  const at = `/pharmacy/prescriptions/${no}`
  const { pharmacistId } = walk.handOverOf(content)
  const buyer = { relation: 'patient', identityChecked: false, checkedAt: 'delivery' }
  t.equal((await post(`${at}/review`, { pharmacistId, decision: 'approve', buyer })).status, 200)
  const requested = await post(`${at}/settlement`, { lines: walk.lines(content) })
  t.equal(requested.status, 202, 'nobody need be at the counter')
  await work(it, requested.body.settlementId)
  const give = (way: 'home' | 'counter', receiver?: object) =>
    post(`${at}/hand-over`, {
      ...walk.handOverOf(content),
      delivery: { way, feeFen: 0 },
      ...(receiver === undefined ? {} : { buyer: receiver }),
    })
  const refusal = { status: 422, body: { findings: [{ rule: 'buyer-identified' }] } }
  t.match(await give('home'), refusal, 'nobody was checked at the door')
  t.match(await give('counter'), refusal, 'nor at the counter')
  const receiver = { relation: 'agent', identityChecked: true, papers: ['identity-card'] }
  t.match(await give('home', receiver), refusal, 'nothing was signed')
  const signed = { ...receiver, receiptSignatureRef: 'QS-1' }
  t.match(await give('home', { ...signed, papers: [] }), refusal, 'no paper was shown')
  t.match(await give('home', signed), { status: 200, body: { state: 'dispensed' } })
})

t.test('MZ-9.4b a drug with special storage is brought to the hospital, and free of charge', async (t) => {
  const { hub, walk, post } = await pharmacyTest(t)
  const { coldChainDrug, chief, hospital } = hub.world.cast
  const filing = {
    practitionerId: chief.practitionerId,
    institutionId: hospital.institutionId,
    role: 'responsible-physician',
  } as const
  await addEntries(
    hub.deps.pool,
    hub.world.regionCode,
    [
      {
        register: 'filing',
        key: `${filing.practitionerId}:${filing.institutionId}:diabetes`,
        validFrom: '2026-01-01',
        data: { ...filing, diseases: coldChainDrug.restrictedIcd ?? [], publishedOn: '2026-01-01' },
      },
    ],
    { author: 'test', reason: 'diabetes', at: hub.now },
  )
  const { no, content } = await walk.settled({ physician: chief, drugs: [coldChainDrug] })
  const nurse = {
    relation: 'agent',
    identityChecked: true,
    papers: ['identity-card'],
    receiptSignatureRef: 'QS-1',
  }
  const good = { ...walk.handOverOf(content), buyer: nurse }
  const hand = (delivery: object) => post(`/pharmacy/prescriptions/${no}/hand-over`, { ...good, delivery })
  const refusal = { status: 422, body: { code: 'rules-failed', findings: [{ ruleId: 'MZ-9.4b' }] } }
  t.match(await hand({ way: 'counter', feeFen: 0, coldChain: 'ice-pack' }), refusal)
  t.match(await hand({ way: 'hospital', feeFen: 1, coldChain: 'cold-delivery' }), refusal)
  t.match(await hand({ way: 'hospital', feeFen: 0, coldChain: 'cold-delivery' }), { status: 200 })
})

t.test('a confidential price is in no answer that a pharmacy gets about money', async (t) => {
  const it = await pharmacyTest(t, { regions: ['510600'] })
  const { hub, walk, get, post } = it
  const { no, content } = await walk.reviewed()
  const at = `/pharmacy/prescriptions/${no}`
  const [own] = walk.lines(content)
  const { rows } = await hub.deps.pool.query(
    `select data->>'fen' as fen from register_entry
      where register = 'payment-standard' and key = $1 and data->>'confidential' = 'true'`,
    [content.lines[0]?.drugCode],
  )
  const standard = Number(rows[0]?.fen)
  t.ok(standard > 0)
  const lines = [{ ...own, unitPriceFen: standard + 12_345 }]
  const probe = await post(`${at}/quote`, { lines })
  t.match(probe, { status: 422, body: { code: 'price-not-reported' } }, 'MZ-10 no quote for invented prices')
  const shelf = { drugCode: content.lines[0]!.drugCode, quantity: '100', unitPriceFen: standard + 12_345 }
  t.equal((await it.put('/pharmacy/stock', { items: [shelf] })).status, 200)
  const quote = await post(`${at}/quote`, { lines })
  t.equal(quote.status, 200)
  const requested = await post(`${at}/settlement`, { lines })
  t.equal(requested.status, 202)
  await work(it, requested.body.settlementId)
  const statement = await get(`${at}/settlement`)
  t.equal(statement.body.status, 'settled')
  for (const { body } of [quote, statement, await get(at), await get('/pharmacy/inbox')]) {
    const said = JSON.stringify(body)
    t.notOk(said.includes(String(standard)) || said.includes((standard / 100).toFixed(2)))
  }
})

t.test('SX-7 what the fund does not pay is named on the statement with its rule', async (t) => {
  const it = await pharmacyTest(t, { regions: ['140000'] })
  const { hub, walk, get } = it
  const done = await walk.settled({ person: hub.world.cast.progressedPerson })
  const { body } = await get(`/pharmacy/prescriptions/${done.no}/settlement`)
  t.ok(body.findings.some(({ effect }: { effect: string }) => effect === 'not-covered'))
  t.equal(body.split.fundFen, 0)
  t.ok(body.split.entries.every(({ layer }: { layer: string }) => layer === 'not-covered'))
})

t.test('MZ-4.3a what a settlement request says of packs is judged before the money moves', async (t) => {
  const { walk, get, post } = await pharmacyTest(t)
  const { no, content } = await walk.held()
  const at = `/pharmacy/prescriptions/${no}`
  const { pharmacistId } = walk.handOverOf(content)
  const review = await post(`${at}/review`, { pharmacistId, decision: 'approve', buyer: THE_PATIENT })
  const needed = [{ lineNo: 1, traceCodes: 'needed' }]
  t.match(review, { status: 200, body: { packs: needed } })
  t.same((await get(at)).body.packs, review.body.packs)
  const [line] = walk.lines(content)
  const ask = (told: object) => post(`${at}/settlement`, { lines: [{ ...line, ...told }] })
  const refusal = { status: 422, body: { code: 'rules-failed', findings: [{ rule: 'traceable-supply' }] } }
  t.match(await ask({ noTraceReason: 'herbal-pieces' }), refusal, 'capsules are no herbal pieces')
  t.match(await ask({ traceCodes: [aTraceCode()], expiresOn: '2026-11-21' }), refusal, 'past its date')
  t.match(await ask({ noTraceReason: 'no-such' }), { status: 400 })
  t.equal(await walk.stateOf(no), 'reviewed')
  t.match(await ask({ noTraceReason: 'unreadable', batchNo: 'B1' }), {
    status: 202,
    body: { state: 'settling', findings: [{ rule: 'every-pack-traced', effect: 'warn' }] },
  })
})
