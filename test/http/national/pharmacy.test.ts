import t from 'tap'
import { gatewayHeaders, messageNumber } from '../../../src/demo/national-client/gateway.ts'
import { olderUpload, query, uploadCheck } from '../../../src/demo/national-client/hospital.ts'
import {
  codeScanned,
  credentialShown,
  delivery,
  download,
  reversal,
  review,
  sale,
  settlement,
} from '../../../src/demo/national-client/pharmacy.ts'
import { sandboxCredentials } from '../../../src/embedded/sandbox-credentials.ts'
import { render } from '../../../src/http/pages/html.ts'
import { medicineCard } from '../../../src/http/patient/pages/medicine-card.ts'
import { settlementPaper } from '../../../src/usecases/clearing/papers.ts'
import type { Patient } from '../../../src/usecases/patient/find-patient.ts'
import { viewPrescription } from '../../../src/usecases/patient/view-prescription.ts'
import { SIGNED_BY_CENTRE } from '../../../src/usecases/signed-by-centre.ts'
import { pdfText, withPdfTools } from '../../papers/pdf.ts'
import { aTraceCode } from '../../support/journey.ts'
import { gatewayStage } from './gateway-stage.ts'
import type { Json } from './stage.ts'

type Stage = Awaited<ReturnType<typeof gatewayStage>>

/** One hub for all: every test brings its own prescriptions. */
const stage = await gatewayStage(t)

/** Until the pharmacist has approved. */
async function approved(stage: Stage) {
  const { ask, pharmacy, staff } = stage
  const { hiRxno, rxTraceCode, signed } = await stage.uploaded()
  const { output: code } = await ask('7201', codeScanned(rxTraceCode, pharmacy.institutionId))
  const { output: rx, message } = await ask('7203', download(code, pharmacy.region))
  if (rx.data === undefined) throw new Error(message)
  const reviewed = await ask('7204', review(hiRxno, staff, true, '合理', new Date()))
  if (reviewed.infcode !== 0) throw new Error(reviewed.message)
  const card = { type: '02', number: signed.certno as string }
  const prices = rx.rxdrugdetail.map((row: Json) => stage.priceOf(row.med_list_codg))
  return {
    hiRxno,
    signed,
    rx,
    token: code.epc_token as string,
    bill: settlement(rx, card, prices, new Date()),
  }
}

const packs = (rx: Json) =>
  rx.rxdrugdetail.map(() => ({ batchNo: 'B1', expiresOn: '2028-01-01', traceCodes: [aTraceCode()] }))

t.test(
  '7201 to 7206 and 2101 to 2103: what a hospital of the centre uploads, a pharmacy of the centre sells and takes back',
  async (t) => {
    const { ask, pharmacy, staff, hub, as, call, working } = stage
    const { hiRxno, rxTraceCode, signed } = await stage.uploaded()

    const { output: code, ...scanned } = await ask('7201', codeScanned(rxTraceCode, pharmacy.institutionId))
    t.same([scanned.infcode, scanned.message], [0, ''])
    t.match(code, {
      epc_token: /^[0-9A-F]{64}$/,
      name: signed.patnName,
      certno: signed.certno,
      cert_type: '01',
    })
    const { data: inNode, ...members } = code
    t.same(inNode, members, 'with and without a node')

    const { output: rx } = await ask('7203', download(code, pharmacy.region))
    t.match(rx, {
      data: { hi_rxno: hiRxno, fixmedins_name: signed.fixmedinsName, valid_days: '3', rx_drug_nums: '1' },
      rxdrugdetail: [{ drug_cnt: '14', drug_cnt_unit: String, medc_days: '14' }],
      mdtrtinfo: {
        psn_no: /./,
        patn_name: signed.patnName,
        phar_name: '样例审方药师',
        diag_code: /./,
        insutype: /^3[19]0$/,
      },
      diseinfo: [{ maindiag_flag: '1' }],
    })
    t.match(Buffer.from(rx.data.rx_file, 'base64').toString('latin1'), /^%PDF/)
    const own = hub.pharmacy()
    const seen = () => as(own, 'GET', `/pharmacy/prescriptions/${hiRxno}`).then(({ body }) => body)
    t.match(
      await seen(),
      {
        state: 'held',
        dispense: { takenBy: 'counter' },
        signedByCentre: { zh: /代医院签名.*医师本人未电子签名/ },
      },
      'the own door sees it held at once, and who has signed it',
    )
    t.match(
      (await ask('7203', download(code, pharmacy.region))).message,
      '[token-void]',
      'a token is good once',
    )

    const reviewed = await ask('7204', review(hiRxno, staff, true, '用法用量适宜', new Date()))
    t.match(reviewed, { infcode: 0, output: { msg_code: '0', rx_chk_biz_sn: /^[0-9A-Z]{25}$/ } })
    t.match((await call('rxChkInfoQuery', query(signed))).data, {
      rxChkStasName: '通过',
      pharName: staff.name,
      rxChkOpnn: '用法用量适宜',
    })

    const card = { type: '02', number: signed.certno }
    const prices = rx.rxdrugdetail.map((row: Json) => stage.priceOf(row.med_list_codg))
    const bill = settlement(rx, card, prices, new Date())
    const preview = await ask('2101', bill)
    t.equal(preview.infcode, 0, preview.message)
    const settled = await working(ask('2102', bill))
    t.equal(settled.infcode, 0, settled.message)
    const { setlinfo, setldetail, detlcutinfo } = settled.output
    t.equal(setlinfo.medfee_sumamt, Number(bill.druginfo.medfee_sumamt))
    const fen = (...yuan: number[]) => yuan.reduce((sum, each) => sum + Math.round(each * 100), 0)
    t.equal(fen(setlinfo.fund_pay_sumamt, setlinfo.psn_part_amt), fen(setlinfo.medfee_sumamt))
    t.equal(fen(setlinfo.acct_pay, setlinfo.psn_cash_pay), fen(setlinfo.psn_part_amt))
    t.equal(fen(...setldetail.map((each: Json) => each.fund_payamt)), fen(setlinfo.fund_pay_sumamt))
    t.equal(detlcutinfo[0].feedetl_sn, '1')
    t.match(preview.output.setlinfo, {
      fund_pay_sumamt: setlinfo.fund_pay_sumamt,
      mdtrt_id: setlinfo.mdtrt_id,
    })
    t.equal(setlinfo.setl_id.length, 25)
    const { body: statement } = await as(own, 'GET', `/pharmacy/prescriptions/${hiRxno}/settlement`)
    t.same(
      [statement.status, statement.split.fundFen],
      ['settled', fen(setlinfo.fund_pay_sumamt)],
      'the same bill at the own door',
    )

    const sold = sale(rx, code.epc_token, settled.output, staff, packs(rx), new Date())
    const wrong = (change: Json) => ({ ...sold, data: { ...sold.data, ...change } })
    t.match((await ask('7206', wrong({ fund_pay_sumamt: 0.01 }))).message, '[not-as-settled]')
    t.match((await ask('7206', wrong({ setl_id: setlinfo.mdtrt_id }))).message, '[not-as-settled]')
    t.match((await ask('7206', wrong({ download_ide_code: 'F'.repeat(64) }))).message, '[token-void]')
    const sale1 = await ask('7206', sold)
    t.equal(sale1.infcode, 0, sale1.message)
    t.match(await seen(), { state: 'dispensed', lines: [{ remaining: '0' }] })
    t.match((await call('rxSetlInfoQuery', query(signed))).data, {
      rxUsedStasName: '已使用',
      setlTime: /^2026/,
      seltdelts: [{ cnt: '14', takeDrugFlag: '1' }],
    })
    const { rows } = await hub.deps.pool.query(
      'select settlement_id as id from settlement where prescription_no = $1',
      [hiRxno],
    )
    const paper = await settlementPaper(hub.deps, own, rows[0].id, 'settlement')
    if (!('skip' in withPdfTools))
      t.match(await pdfText(t, paper, 'settlement'), SIGNED_BY_CENTRE.zh, 'on the papers too')
    const link = { regionCode: pharmacy.region, prescriptionNo: hiRxno } as Patient['link']
    const view = await viewPrescription(hub.deps, { link } as Patient)
    t.match(render(medicineCard(view)), SIGNED_BY_CENTRE.zh, 'and on the page of the patient')

    const back = await ask('2103', reversal(settled.output))
    t.equal(back.infcode, 0, back.message)
    t.match(back.output.setlinfo, { medfee_sumamt: -setlinfo.medfee_sumamt, mdtrt_id: setlinfo.mdtrt_id })
    t.not(back.output.setlinfo.setl_id, setlinfo.setl_id, 'a number of its own')
    const again = await ask('2103', reversal(settled.output))
    t.equal(again.output.setlinfo.setl_id, back.output.setlinfo.setl_id, 'asked again the same')
    t.match(await seen(), { state: 'returned' })
    t.match((await call('rxSetlInfoQuery', query(signed))).data, { rxUsedStasName: '已退药' })
  },
)

t.test('2103 before the sale gives the prescription back as reviewed, and 2102 goes again', async (t) => {
  const { ask, working, hub, as, pharmacy } = stage
  const { hiRxno, bill } = await approved(stage)
  const msgid = messageNumber(pharmacy, new Date())
  const settled = await working(ask('2102', bill, pharmacy, { msgid }))
  t.equal(settled.infcode, 0, settled.message)
  t.same(
    (await ask('2102', bill, pharmacy, { msgid })).output,
    settled.output,
    'the same message is the same settlement',
  )
  t.match((await ask('2102', bill)).message, '[wrong-state]', 'another message is another settlement')
  const changed = { ...bill, druginfo: { ...bill.druginfo, med_type: '11' } }
  t.match((await ask('2102', changed, pharmacy, { msgid })).message, '[idempotency-key-reused]')
  const stranger = stage.callerOf(hub.world.cast.secondPharmacy.institutionId)
  t.match((await ask('2103', reversal(settled.output), stranger)).message, '[settlement-unknown]')
  const back = await ask('2103', reversal(settled.output))
  t.equal(back.infcode, 0, back.message)
  const { body } = await as(hub.pharmacy(), 'GET', `/pharmacy/prescriptions/${hiRxno}`)
  t.equal(body.state, 'reviewed')
  const again = await working(ask('2102', bill))
  t.equal(again.infcode, 0, again.message)
  t.not(again.output.setlinfo.setl_id, settled.output.setlinfo.setl_id)
})

t.test(
  '2102 that nobody decides in time says so, and its message sent again gets the settlement',
  async (t) => {
    const stage = await gatewayStage(t, { settlementSeconds: 0 })
    const { ask, working, pharmacy } = stage
    const { bill } = await approved(stage)
    const msgid = messageNumber(pharmacy, new Date())
    t.match((await ask('2102', bill, pharmacy, { msgid })).message, '[settlement-under-way]')
    await working(Promise.resolve())
    t.equal((await ask('2102', bill, pharmacy, { msgid })).infcode, 0)
  },
)

t.test('7202: whoever comes with a card alone is served, told, and finds who asked', async (t) => {
  const { ask, pharmacy, hub, as } = stage
  const { document, signature, content } = hub.envelope()
  const pushed = await as(hub.hospital(), 'POST', '/hospital/prescriptions', {
    body: { document: document.toString('base64'), signature: signature.toString('base64') },
  })
  const no = pushed.body.prescriptionNo as string
  const { personId, idNumber } = content.patient
  const { ecToken, cardNo } = sandboxCredentials(personId)
  const { institutionId, region } = pharmacy
  const shown = (type: string, number: string, to = pharmacy) =>
    ask('7202', credentialShown(type, number, region, institutionId), to)
  for (const [type, number] of [
    ['02', idNumber.toLowerCase()],
    ['2', idNumber],
    ['03', idNumber],
    ['03', cardNo],
    ['01', ecToken],
  ] as const) {
    const { output, infcode, message } = await shown(type, number)
    t.equal(infcode, 0, `${type}: ${message}`)
    t.match(output.data, [{ auth_rxno: /^[0-9A-F]{30}$/, fixmedins_code: content.hospital.institutionId }])
    t.notMatch(JSON.stringify(output), no, 'the number is told with the download')
  }
  t.same((await shown('02', '44140019000101001X')).output.data, [], 'of nobody there is nothing')
  t.match((await shown('01', 'ECT-nobody')).message, '[credential-unreadable]')
  for (const type of ['09', 'constructor', 'toString'])
    t.match((await shown(type, idNumber)).message, /\[malformed\].*mdtrt_cert_type/, type)

  const [{ auth_rxno: late }] = (await shown('02', idNumber)).output.data
  const [{ auth_rxno }] = (await shown('02', idNumber)).output.data
  const second = stage.callerOf(hub.world.cast.secondPharmacy.institutionId)
  t.match(
    (await ask('7203', download({ auth_rxno }, region), second)).message,
    '[token-void]',
    'not another’s',
  )
  const rx = await ask('7203', download({ auth_rxno }, region))
  t.equal(rx.infcode, 0, rx.message)
  t.equal(rx.output.data.hi_rxno, no)
  t.match(Buffer.from(rx.output.data.rx_file, 'base64').toString('latin1'), /^%PDF/, 'printed by the hub')
  hub.now = new Date(hub.now.getTime() + 60_000)
  t.match(
    (await ask('7203', download({ auth_rxno: late }, region))).message,
    '[token-void]',
    'a minute is over',
  )

  const { body } = await as(hub.hospital(), 'GET', `/hospital/prescriptions/${no}`)
  t.match(
    body.events.find(({ type }: Json) => type === 'pharmacy-chosen'),
    { actorKind: 'patient', data: { at: 'counter', shown: 'identity-card', pharmacyId: institutionId } },
  )
  const { rows } = await hub.deps.pool.query(
    `select body from outbox where queue = 'notification' and body ->> 'kind' = 'prescription-changed'
        and body ->> 'prescriptionNo' = $1`,
    [no],
  )
  t.equal(rows.length, 1, 'the patient is told')
  const inquiries = await hub.deps.pool.query(
    'select count(*)::int as n from national_inquiry where person_id = $1',
    [personId],
  )
  t.equal(inquiries.rows[0].n, 7, 'and every question is on the log')
})

t.test('of one token used many times at once, and of two pharmacies at once, one wins', async (t) => {
  const { ask, pharmacy, hub } = stage
  const { hiRxno, rxTraceCode } = await stage.uploaded()
  const second = stage.callerOf(hub.world.cast.secondPharmacy.institutionId)
  const tokenOf = async (to = pharmacy) =>
    (await ask('7201', codeScanned(rxTraceCode, to.institutionId), to)).output.epc_token as string
  const [own, theirs] = [await tokenOf(), await tokenOf(second)]
  const all = await Promise.all([
    ...[1, 2, 3].map(() => ask('7203', download({ epc_token: own }, pharmacy.region))),
    ask('7203', download({ epc_token: theirs }, pharmacy.region), second),
  ])
  const won = all.filter(({ infcode }) => infcode === 0)
  t.equal(won.length, 1, all.map(({ message }) => message).join('; '))
  for (const { message } of all.filter(({ infcode }) => infcode !== 0))
    t.match(message, /\[(token-void|held-by-another|wrong-state)\]/)
  const { rows } = await hub.deps.pool.query(
    'select count(*)::int as n from dispense where prescription_no = $1',
    [hiRxno],
  )
  t.equal(rows[0].n, 1)
})

t.test('a client that tries numbers is told nothing more', async (t) => {
  const { ask, hub } = stage
  const pharmacy = stage.callerOf(hub.world.cast.secondPharmacy.institutionId)
  await hub.deps.pool.query(
    `insert into national_inquiry (inquiry_id, region_code, client_id, institution_id, shown, found, at)
     select gen_random_uuid(), $1, $2, $3, 'identity-card', 0, $4 from generate_series(1, 200)`,
    [hub.world.regionCode, hub.pharmacy(pharmacy.institutionId).id, pharmacy.institutionId, hub.now],
  )
  const asked = credentialShown('02', '44140019000101001X', pharmacy.region, pharmacy.institutionId)
  t.match((await ask('7202', asked, pharmacy)).message, '[identity-guessed-too-often]')
})

t.test('7204 refuses with words, and 7205 tells how far a delivery is', async (t) => {
  const { ask, pharmacy, staff, hub, as, call, working } = stage
  const { hiRxno, rxTraceCode, signed } = await stage.uploaded()
  const { output: code } = await ask('7201', codeScanned(rxTraceCode, pharmacy.institutionId))
  t.match(
    (await ask('7204', review(hiRxno, staff, false, '疑似禁忌', new Date()))).message,
    '[prescription-unknown]',
    'not before the download',
  )
  await ask('7203', download(code, pharmacy.region))
  const stranger = { ...staff, name: '别人', licenceNo: 'NONE' }
  t.match((await ask('7204', review(hiRxno, stranger, true, '合理', new Date()))).message, '[rules-failed]')
  const misnamed = { ...staff, name: '别人' }
  t.match(
    (await ask('7204', review(hiRxno, misnamed, true, '合理', new Date()))).message,
    /\[malformed\].*phar_name/,
  )
  const odd = { ...review(hiRxno, staff, true, '合理', new Date()), rx_chk_stas_codg: '7' }
  t.match((await ask('7204', odd)).message, /\[malformed\].*rx_chk_stas_codg/)
  t.equal((await ask('7204', review(hiRxno, staff, false, '疑似禁忌', new Date()))).infcode, 0)
  t.match((await call('rxChkInfoQuery', query(signed))).data, {
    rxChkStasName: '不通过',
    rxChkOpnn: '疑似禁忌',
    rxStasName: '有效',
  })

  const { hiRxno: delivered, bill, rx, token } = await approved(stage)
  const settled = await working(ask('2102', bill))
  const onTheWay = await ask('7205', delivery(delivered, { code: '1', name: '配送中' }, new Date()))
  t.equal(onTheWay.infcode, 0, onTheWay.message)
  const sold = sale(rx, token, settled.output, staff, packs(rx), new Date())
  t.match((await ask('7206', sold)).message, /\[rules-failed\].*MZ-6\.5/, 'nobody has received it yet')
  await ask('7205', delivery(delivered, { code: '3', name: '已签收' }, new Date()))
  const handed = await ask('7206', sold)
  t.equal(handed.infcode, 0, handed.message)
  const { body } = await as(hub.hospital(), 'GET', `/hospital/prescriptions/${delivered}`)
  t.same(
    body.events.filter(({ type }: Json) => type === 'delivery-told').map(({ data }: Json) => data.code),
    ['1', '3'],
  )
})

t.test('habits of real pharmacy systems and gateways are understood', async (t) => {
  const { ask, askPlain, sendRaw, pharmacy, staff, working } = stage
  const { hiRxno, rxTraceCode } = await stage.uploaded()
  const scan = codeScanned(rxTraceCode, pharmacy.institutionId)
  t.equal((await askPlain('7201', { data: scan })).infcode, 0, 'in plain, signed by headers, in a node')
  t.equal((await askPlain('7201', JSON.stringify(scan))).infcode, 0, 'input as JSON in a string')
  const { output: code } = await askPlain('7201', scan)
  const headers = gatewayHeaders(pharmacy, new Date())
  t.equal((await askPlain('7201', scan, headers)).infcode, 0)
  t.match((await askPlain('7201', scan, headers)).message, '[nonce-used]')
  t.match((await askPlain('7201', scan, { ...headers, 'x-tif-nonce': 'other' })).message, '[signature-wrong]')
  t.match(
    (await askPlain('7201', scan, gatewayHeaders(pharmacy, new Date(Date.now() - 700_000)))).message,
    '[outside-the-window]',
  )
  t.match((await askPlain('7201', scan, { 'x-tif-paasid': pharmacy.appId })).message, '[unauthenticated]')

  const twice = JSON.stringify(
    JSON.stringify({
      infno: '7201',
      msgid: 'M1',
      inf_time: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
      fixmedins_code: pharmacy.institutionId,
      input: scan,
    }),
  )
  for (const path of ['/mbs/fmi/fsi/api/callFsiService/callService', '/ebus/gdyb_inf/poc/hsa/hgs/7201'])
    t.equal(
      (await sendRaw(twice, gatewayHeaders(pharmacy, new Date()), path)).body.infcode,
      0,
      `encoded twice, at ${path}`,
    )

  const rx = (await askPlain('7203', { data: download(code, pharmacy.region) })).output
  const newer = {
    rx_chk_up_info: {
      hiRxno,
      epcToken: code.epc_token,
      fixmedinsCode: pharmacy.institutionId,
      pharCode: staff.code,
      pharName: staff.name,
      rxChkOpnn: '合理',
      rxChkStasCodg: '01',
      rxChkTime: '2026-11-22 10:00:00',
      rxSignVerifySn: 'V1',
    },
  }
  t.equal((await ask('7204', newer)).infcode, 0, 'the newer review, in camel case')
  const card = { type: '02', number: rx.mdtrtinfo.certno }
  const bill = settlement(rx, card, [stage.priceOf(rx.rxdrugdetail[0].med_list_codg)], new Date())
  const asNumbers = {
    ...bill,
    drugdetail: { ...bill.drugdetail[0], cnt: 14.0, pric: Number(bill.drugdetail[0].pric) },
  }
  const settled = await working(ask('2102', asNumbers))
  t.equal(settled.infcode, 0, settled.message)
  const sold = sale(rx, code.epc_token, settled.output, staff, packs(rx), new Date())
  const [row] = sold.selinfo
  const flat = {
    ...sold.data,
    selinfo: {
      ...row,
      drugtracinfo: { drug_trac_codg: aTraceCode() },
      expy_end: '20280101',
      sel_retn_cnt: '14.0000',
    },
  }
  const handed = await ask('7206', flat)
  t.equal(handed.infcode, 0, `one object for rows and codes, a day without dashes: ${handed.message}`)
})

t.test(
  'refusals of the gateway have our code and reason in 200 characters, and change nothing',
  async (t) => {
    const { ask, sendRaw, pharmacy, hub, hospital } = stage
    const { hiRxno, bill, signed } = await approved(stage)
    t.match((await ask('9999', {})).message, '[function-unknown]')
    t.match(
      (await ask('7201', codeScanned('0'.repeat(20), pharmacy.institutionId))).message,
      '[pickup-code-wrong]',
    )
    t.match((await ask('7203', {})).message, /\[malformed\].*auth_rxno/)
    t.match(
      (await ask('7201', {}, pharmacy, { fixmedins_code: 'P00000000000' })).message,
      '[document-of-another]',
    )
    t.match((await ask('7201', {}, pharmacy, { inf_time: 'today' })).message, /\[malformed\].*inf_time/)
    t.match(
      (await ask('7201', {}, pharmacy, { inf_time: '2020-01-01 00:00:00' })).message,
      '[outside-the-window]',
    )
    const asHospital = {
      ...hospital,
      institutionId: signed.fixmedinsCode,
      institutionName: '医院',
      region: '441400',
    }
    t.match(
      (await ask('2102', bill, asHospital)).message,
      '[prescription-unknown]',
      'a hospital that has not taken it',
    )
    const other = (change: Json) => ({ ...bill, druginfo: { ...bill.druginfo, ...change } })
    t.match((await ask('2102', other({ psn_no: 'SOMEBODY' }))).message, '[credential-of-another]')
    t.match(
      (await ask('2102', other({ mdtrt_cert_no: '44140019000101001X' }))).message,
      '[credential-of-another]',
    )
    t.match((await ask('2101', other({ medfee_sumamt: '1.00' }))).message, /\[malformed\].*medfee_sumamt/)
    const row = (change: Json) => ({ ...bill, drugdetail: [{ ...bill.drugdetail[0], ...change }] })
    t.match((await ask('2101', row({ med_list_codg: 'X' }))).message, '[line-unknown]')
    t.match((await ask('2101', row({ cnt: '1e3' }))).message, /\[malformed\].*cnt/)
    t.match((await ask('2101', row({ rxno: '' }))).message, /\[malformed\].*rxno/)
    t.match(
      (await ask('2103', { data: { setl_id: 'X', psn_no: signed.psnNo ?? 'P' } })).message,
      '[settlement-unknown]',
    )
    const long = await ask('7204', { hi_rxno: hiRxno })
    t.match(long.message, '[malformed]')
    t.ok(long.message.length <= 200)
    t.notMatch(long.message, signed.patnName)
    t.equal((await sendRaw('{}')).status, 400)
    t.equal((await sendRaw('{"infno":"7201","msgid":"1","fixmedins_code":"P","input":[]}')).status, 400)
    const { rows } = await hub.deps.pool.query(
      'select state from prescription_state where prescription_no = $1',
      [hiRxno],
    )
    t.equal(rows[0].state, 'reviewed')
  },
)

t.test('7101 to 7105: the older edition of the hospital is the same prescription', async (t) => {
  const { ask, hub, as, pharmacy, staff, working } = stage
  const { hospital: cast } = hub.world.cast
  const hospital = { ...stage.callerOf(cast.institutionId), institutionName: cast.name }
  const old = (infno: string, data: Json) => ask(infno, data, hospital)
  const message = olderUpload(uploadCheck(stage.sample()), { name: '样例审方药师' })
  const { infcode, message: reason, output } = await old('7101', message)
  t.equal(infcode, 0, reason)
  const { hi_rxno } = output
  t.match(hi_rxno, /^441400\d{16}$/)
  t.equal((await old('7101', message)).output.hi_rxno, hi_rxno, 'sent again it is the same')
  const lists = { ...message, mdtrtinfo: [message.mdtrtinfo], diseinfo: message.diseinfo[0] }
  t.equal((await old('7101', lists)).output.hi_rxno, hi_rxno, 'nodes as list or object')
  const own = await as(hub.hospital(), 'GET', `/hospital/prescriptions/${hi_rxno}`)
  t.match(own.body, { state: 'open', national: { prescription: 'valid' } })
  t.match((await old('7102', { data: { hi_rxno } })).output, { rx_chk_stas_codg: '0', phar_name: '' })
  t.match((await old('7105', { data: { hi_rxno } })).output, { rx_pay_status_name: '未支付', pay_time: '' })

  const { institutionId, region } = pharmacy
  const shown = await ask('7202', credentialShown('02', message.mdtrtinfo.certno, region, institutionId))
  let rx: Json
  let token = ''
  for (const { auth_rxno } of shown.output.data) {
    const found = await ask('7203', download({ auth_rxno }, region))
    if (found.output.data?.hi_rxno !== hi_rxno) continue
    rx = found.output
    token = auth_rxno
  }
  t.equal(rx.data.rx_file, message.data.rx_file, 'the file that the hospital sent')
  await ask('7204', review(hi_rxno, staff, true, '合理', new Date()))
  const prices = rx.rxdrugdetail.map((row: Json) => stage.priceOf(row.med_list_codg))
  const bill = settlement(rx, { type: '02', number: message.mdtrtinfo.certno }, prices, new Date())
  const settled = await working(ask('2102', bill))
  t.match((await old('7102', { data: { hi_rxno } })).output, { rx_chk_stas_codg: '1', phar_name: staff.name })
  const sold = await ask('7206', sale(rx, token, settled.output, staff, packs(rx), new Date()))
  t.equal(sold.infcode, 0, sold.message)
  const taken = (await old('7103', { data: { hi_rxno } })).output
  t.equal(Number(taken.data.fund_pay_sumamt), settled.output.setlinfo.fund_pay_sumamt)
  t.match(taken.seltdelts, [
    { drug_totlcnt: '14', fixmedins_code: institutionId, sumamt: bill.druginfo.medfee_sumamt },
  ])
  t.match((await old('7105', { data: { hi_rxno } })).output, {
    rx_pay_status_name: '支付成功',
    pay_time: /^2026/,
  })
  const undo = {
    hi_rxno,
    prsc_dr_name: '医师',
    undo_dr_cert_type: '01',
    undo_dr_certno: '0',
    undo_rea: '患者放弃',
    undo_time: '',
  }
  t.match((await old('7104', { data: undo })).message, /处方已使用.*\[wrong-state\]/)

  const second = (await old('7101', olderUpload(uploadCheck(stage.sample()), { name: '样例审方药师' })))
    .output.hi_rxno
  t.match((await old('7104', { data: { ...undo, hi_rxno: second } })).output, { rx_stas_name: '已撤销' })
  t.match((await ask('7101', message)).message, '[scope-missing]', 'a pharmacy uploads nothing')
  const noFile = { ...message, data: { ...message.data, hosp_rxno: 'OLD-X', rx_file: '' } }
  t.match((await old('7101', noFile)).message, /\[malformed\].*rxFile/)
  t.match((await old('7103', { data: { hi_rxno: '1'.repeat(22) } })).message, '[prescription-unknown]')
})
