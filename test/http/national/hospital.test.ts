import t from 'tap'
import { sealed } from '../../../src/demo/national-client/envelope.ts'
import {
  query,
  signatureRequest,
  signedMembers,
  undo,
  upload,
  uploadCheck,
} from '../../../src/demo/national-client/hospital.ts'
import { type Json, nationalStage } from './stage.ts'

const PHARMACIST = { code: 'HY441400000001', name: '样例审方药师' }
const NAMES = ['字段甲', '字段乙']

type Stage = Awaited<ReturnType<typeof nationalStage>>

/** D001 and D002 of a new prescription. */
async function signedUpload({ call, sample }: Stage, change: (check: Json) => Json = (check) => check) {
  const check = change(uploadCheck(sample()))
  const checked = await call('uploadChk', check)
  if (checked.code !== 0) throw new Error(checked.message)
  const signed = signedMembers(check, checked.data as Json, PHARMACIST)
  const { data } = await call('rxFixmedinsSign', signatureRequest(signed))
  return { check, signed, upload: upload(signed, data) }
}

t.test('D001 to D008: a prescription goes in by the centre, and both doors show it at once', async (t) => {
  const stage = await nationalStage(t)
  const { call, hub, as, sample } = stage
  const check = uploadCheck(sample())
  const { code, message, data: numbers } = await call('uploadChk', check)
  t.equal(code, 0, message)
  t.match(numbers, { rxTraceCode: /^\d{20}$/, hiRxno: /^441400\d{16}$/ })
  t.same((await call('uploadChk', check)).data, numbers, 'the same content gets the same numbers')

  const signed = signedMembers(check, numbers as Json, PHARMACIST)
  const { data: signature } = await call('rxFixmedinsSign', signatureRequest(signed))
  t.match(signature, { signCertSn: /^[0-9A-F]+$/, signCertDn: /H441402/ })
  t.ok(String(signature['signDigest']).length <= 4000, 'as long as the interface has room for')
  t.same((await call('rxFixmedinsSign', signatureRequest(signed))).data, signature, 'signed once')

  const sent = upload(signed, signature)
  const uploaded = await call('rxFileUpld', sent)
  t.same(
    [uploaded.code, uploaded.data],
    [0, { hiRxno: signed.hiRxno, rxStasCodg: '1', rxStasName: '有效' }],
    uploaded.message,
  )
  t.same((await call('rxFileUpld', sent)).data, uploaded.data, 'a repeat gets the same answer')
  const again = await call('rxFileUpld', {
    ...sent,
    rxFile: Buffer.from('%PDF-1.5 other').toString('base64'),
  })
  t.equal(again.code, 409, 'one upload per number')

  const own = await as(hub.hospital(), 'GET', `/hospital/prescriptions/${signed.hiRxno}`)
  t.match(own.body, {
    state: 'open',
    hospitalPrescriptionNo: check.hospRxno,
    national: { prescription: 'valid' },
  })
  t.equal(own.body.events[0].data.origin, 'national')

  const read = await call('hospRxDetlQuery', query(signed))
  t.equal(read.code, 0, read.message)
  t.match(read.data, {
    hiRxno: signed.hiRxno,
    rxStasCodg: '1',
    rxUsedStasName: '未使用',
    prscTime: check.prscTime,
    rxOtpinfo: {
      patnName: signed.patnName,
      pharName: PHARMACIST.name,
      maindiagCode: check.mdtrtinfo.maindiagCode,
    },
    rxDiseList: [{ diagCode: check.diseinfo[0].diagCode, maindiagFlag: '1' }],
  })
  const [row] = read.data['rxDetlList'] as Json[]
  t.match(row, {
    medListCodg: check.rxdrugdetail[0].medListCodg,
    medcDays: '14',
    drugCnt: '14',
    hospApprFlag: '1',
  })
  t.match((await call('rxChkInfoQuery', query(signed))).data, { rxChkStasName: '待审核', pharName: '' })
  t.match((await call('rxSetlInfoQuery', query(signed))).data, { seltdelts: [], setlTime: '' })
  const drugs = await call('circDrugQuery', {
    fixmedinsCode: signed.fixmedinsCode,
    pageSize: '2',
    pageNum: '1',
  })
  t.equal((drugs.data['list'] as Json[]).length, 2)

  const undone = await call('rxUndo', undo(signed, '患者放弃', new Date()))
  t.same([undone.code, undone.data], [0, { hiRxno: signed.hiRxno, rxStasCodg: '3', rxStasName: '已撤销' }])
  t.equal(
    (await as(hub.hospital(), 'GET', `/hospital/prescriptions/${signed.hiRxno}`)).body.state,
    'cancelled',
  )
})

t.test('what comes by the own interface is read and withdrawn over the national one', async (t) => {
  const { call, hub, as } = await nationalStage(t)
  const { document, signature, content } = hub.envelope()
  const pushed = await as(hub.hospital(), 'POST', '/hospital/prescriptions', {
    body: { document: document.toString('base64'), signature: signature.toString('base64') },
  })
  const asked = {
    hiRxno: pushed.body.prescriptionNo,
    fixmedinsCode: content.hospital.institutionId,
    mdtrtId: content.visit.visitId,
    psnName: content.patient.name,
    psnCertType: '01',
    certno: content.patient.idNumber,
  }
  t.match((await call('hospRxDetlQuery', asked)).data, {
    rxStasCodg: '1',
    rxDetlList: [{ takeDrugFlag: '0' }],
  })
  for (const wrong of [{ mdtrtId: 'X' }, { psnName: '别人' }, { certno: '1' }, { hiRxno: '1'.repeat(22) }])
    t.equal(
      (await call('hospRxDetlQuery', { ...asked, ...wrong })).code,
      404,
      'who does not know it learns nothing',
    )
})

t.test('habits of real clients are understood', async (t) => {
  const stage = await nationalStage(t)
  const habits: Record<string, (check: Json) => Json> = {
    'numbers as numbers, zeros and empties left out': (check) => ({
      ...check,
      cardSn: undefined,
      initRxno: undefined,
      valiDays: 3.0,
      rxDrugCnt: check.rxdrugdetail.length,
      rxdrugdetail: check.rxdrugdetail.map((row: Json) => ({
        ...row,
        medcDays: Number(row.medcDays),
        drugCnt: Number(row.drugCnt),
      })),
    }),
    'the credential without its leading zero': (check) => ({ ...check, mdtrtCertType: '2' }),
    'diseinfo as one object': (check) => ({ ...check, diseinfo: check.diseinfo[0] }),
    'minInvDays, and members that nobody knows': (check) => ({
      ...check,
      minInvDays: '0',
      prescriptionNo: 'OWN-1',
      mdtrtinfo: { ...check.mdtrtinfo, hosp_dept_codg: 'A03', extras: { [NAMES[0]!]: NAMES[1] } },
    }),
    'an in-house frequency and route': (check) => ({
      ...check,
      rxdrugdetail: check.rxdrugdetail.map((row: Json) => ({
        ...row,
        usedFrquCodg: 'YB01',
        usedFrquName: '每日一次',
        medcWayCodg: 'PO',
      })),
    }),
    '99 for other circulation': (check) => ({ ...check, rxExraAttrCode: '99' }),
  }
  for (const [name, habit] of Object.entries(habits)) {
    const check = habit(uploadCheck(stage.sample()))
    const { code, message } = await stage.call('uploadChk', check)
    t.equal(code, 0, `${name}: ${message}`)
  }
  const data = uploadCheck(stage.sample())
  const twice = JSON.stringify(JSON.stringify(sealed(stage.hospital, data)))
  for (const base of ['/fixmedins', '/fixmedins/fixmedins', '/epc/api/fixmedins']) {
    const { body } = await stage.send(`${base}/uploadChk`, twice)
    t.equal(body.code, 0, `a body encoded twice, at ${base}: ${body.message}`)
  }
  const small = {
    encType: 'sm4',
    signType: 'sm2',
    version: undefined,
    timestamp: `${Date.now()}.4567`,
    transType: '',
  }
  t.equal((await stage.call('uploadChk', data, stage.hospital, small)).code, 0)
})

t.test('signDIgest, as one client spells it, and members in any order', async (t) => {
  const stage = await nationalStage(t)
  const it = await signedUpload(stage)
  const { signDigest, ...rest } = it.upload
  t.equal((await stage.call('rxFileUpld', { ...rest, signDIgest: signDigest })).code, 0)
})

t.test('what was not signed so, or not checked so, is not taken in', async (t) => {
  const stage = await nationalStage(t)
  const { call } = stage
  const it = await signedUpload(stage)
  const other = await signedUpload(stage, (check) => ({
    ...check,
    hospRxno: `${check.hospRxno}-2`,
    prscTime: check.prscTime,
  })).catch(() => undefined)
  for (const [change, code] of [
    [{ pharName: '另一药师' }, 'document-altered'],
    [{ patnName: '另一患者' }, 'document-altered'],
    [{ rxTraceCode: '0'.repeat(20) }, 'document-altered'],
    [{ signDigest: 'AAAA' }, 'signature-trailing-data'],
    [{ rxFile: Buffer.from('text').toString('base64') }, 'malformed'],
    [{ pharCode: '' }, 'malformed'],
    [{ hiRxno: '9'.repeat(22) }, 'prescription-unknown'],
    [{ fixmedinsCode: 'H00000000000' }, 'document-of-another'],
  ] as const) {
    const { message, code: told } = await call('rxFileUpld', { ...it.upload, ...change })
    t.match(message, `[${code}]`)
    t.not(told, 0)
  }
  if (other !== undefined) {
    const { message } = await call('rxFileUpld', { ...it.upload, signDigest: other.upload.signDigest })
    t.match(message, '[document-altered]', 'a signature over another value')
  }
  const { rows } = await stage.hub.deps.pool.query('select count(*)::int as n from prescription')
  t.equal(rows[0].n, 0, 'nothing is stored')
  t.equal((await call('rxFileUpld', it.upload)).code, 0, 'the right one still is')
})

t.test('refusals come with a code, our reason, and data that can be opened', async (t) => {
  const stage = await nationalStage(t)
  const { call, send, hub, hospital, credentialsOf, sample } = stage
  const check = uploadCheck(sample())
  const wrongDrug = {
    ...check,
    rxdrugdetail: [{ ...check.rxdrugdetail[0], drugGenname: '别的药' }],
  }
  const refused = await call('uploadChk', wrongDrug)
  t.match([refused.code, refused.message, refused.data], [422, /\[rules-failed\].*MZ-4.3a/, {}])
  const malformed = await call('uploadChk', {
    ...check,
    rxdrugdetail: [{ ...check.rxdrugdetail[0], drugDosunt: '' }],
  })
  t.match([malformed.code, malformed.message], [400, /rxdrugdetail\[0\]/])
  t.notMatch(malformed.message, check.mdtrtinfo.patnName)
  const pharmacy = credentialsOf(hub.world.cast.designatedPharmacy.institutionId)
  t.match((await call('uploadChk', check, pharmacy)).code, 403)
  t.match((await call('uploadChk', check, hospital, { timestamp: '1700000000000' })).code, 401)
  t.match((await call('uploadChk', check, hospital, { encType: 'AES' })).code, 400)
  const stranger = await send(
    '/fixmedins/uploadChk',
    JSON.stringify(sealed({ ...hospital, appId: 'F'.repeat(32) }, check)),
  )
  t.match([stranger.status, stranger.body.code], [200, 401])
  t.equal((await send('/fixmedins/uploadChk', '{}')).status, 400)
  t.equal((await send('/fixmedins/uploadChk', '[')).status, 400)
  const client = hub.world.clients.find(
    (each) => each.institutionId === hub.world.cast.hospital.institutionId,
  )!
  await hub.deps.pool.query('update client set disabled_at = now() where client_id = $1', [client.clientId])
  await t.rejects(call('uploadChk', check), 'an ended client gets nothing that could be opened')
})
