import { hash, randomInt } from 'node:crypto'
import { addDays, dayOf } from '../domain/primitives/civil-day.ts'
import type { DemoClock } from './demo-clock.ts'
import {
  type Credentials,
  dataKey,
  opened,
  sealed,
  sm4,
  textToSign,
  unSm4,
} from './national-client/envelope.ts'
import { around, type GatewayCaller, readAnswer, sealedInput } from './national-client/gateway.ts'
import { query, signatureRequest, signedMembers, upload, uploadCheck } from './national-client/hospital.ts'
import {
  codeScanned,
  credentialShown,
  delivery,
  download,
  reversal,
  review,
  sale,
  settlement,
} from './national-client/pharmacy.ts'
import { digestOf, sign, verifies } from './national-client/sm2.ts'
import { DEMO, VECTORS } from './national-client/vectors.ts'
import type { Printer } from './printer.ts'
import { expectThat, type SandboxRegion } from './stage.ts'
import { UnexpectedAnswer } from './system-client.ts'

// biome-ignore lint/suspicious/noExplicitAny: an outside client knows the interface only
type Json = any

/** What the walk over the national interface needs. */
export interface NationalJourneyOptions {
  readonly hubUrl: string
  readonly regionCode: string
  readonly print: Printer
  readonly clock: DemoClock
}

/** What is done by whom. */
interface Walk extends NationalJourneyOptions {
  readonly region: SandboxRegion & { readonly samplePrescription: Json; readonly stock: readonly Json[] }
  readonly hospital: Credentials
  readonly pharmacy: GatewayCaller
}

/**
 * One prescription over the national interface, by clients that share no code with the hub: D001 to D007, 7201 to 7206,
 * 2101 to 2103, with SM2 signatures and SM4 bodies, after the clients have reproduced the known answers.
 *
 * @returns the number of the prescription
 * @throws UnexpectedAnswer at the first step that does not go as it should
 */
export async function runNationalJourney(options: NationalJourneyOptions): Promise<string> {
  const { hubUrl, regionCode, print } = options
  print.title(
    '一张处方走国家医保接口：D001 至 D007，7201 至 7206，2101 至 2103',
    'One prescription over the national interface, by clients of other code than the hub',
  )
  knownAnswers(print)
  const sandbox = (await (await fetch(`${hubUrl}/sandbox?region=${regionCode}`)).json()) as Json
  const region = sandbox.regions[0]
  const credentialsOf = (institutionId: string): Credentials =>
    region.callers.find((each: Json) => each.institutionId === institutionId).national
  const { hospital, designatedPharmacy } = region.cast
  const walk: Walk = {
    ...options,
    region,
    hospital: credentialsOf(hospital.institutionId),
    pharmacy: {
      ...credentialsOf(designatedPharmacy.institutionId),
      institutionId: designatedPharmacy.institutionId,
      institutionName: designatedPharmacy.name,
      region: regionCode,
    },
  }
  const prescription = await uploaded(walk)
  await shownByCard(walk, prescription.signed)
  await sold(walk, prescription)
  return prescription.signed.hiRxno
}

/** @throws UnexpectedAnswer when one is not reproduced */
function knownAnswers(print: Printer): void {
  print.step('两个客户端 · Both clients', '先复现公开的已知答案', 'First reproduce the known answers')
  expectThat(dataKey(DEMO.appId, DEMO.appSecret) === DEMO.dataKey, 'the data key is another')
  for (const { name, around, business, encData, text, digest, signData } of VECTORS) {
    const message = JSON.parse(around) as Json
    const isRight =
      textToSign(message, JSON.parse(business), DEMO.appSecret) === text &&
      hash('sm3', text).length === 64 &&
      digestOf(DEMO.publicKey, text).toString('hex') === digest &&
      sm4(DEMO.dataKey, unSm4(DEMO.dataKey, encData)) === encData &&
      verifies(DEMO.publicKey, text, signData) &&
      verifies(DEMO.publicKey, text, sign(DEMO.privateKey, text))
    expectThat(isRight, `the known answer is not reproduced: ${name}`)
    print.fact(`待签名串、SM3、SM4、SM2 一致：${name}`)
  }
}

/** Calls a function of the centre's direct envelope. */
async function askCentre({ hubUrl, hospital }: Walk, path: string, data: Json): Promise<Json> {
  const answer = await post(`${hubUrl}/fixmedins/${path}`, sealed(hospital, data))
  const { code, message, data: output } = opened(hospital, answer)
  if (code !== 0) throw new UnexpectedAnswer(`${path}: ${code} ${message}`)
  return output
}

/** Calls a function behind the gateway. */
async function askGateway({ hubUrl, pharmacy }: Walk, infno: string, data: Json): Promise<Json> {
  const message = around(pharmacy, infno, new Date(), sealedInput(pharmacy, data))
  const answer = await post(`${hubUrl}/fsi/api/callFsiService/callService`, message)
  const { infcode, message: reason, output } = readAnswer(pharmacy, answer)
  if (infcode !== 0) throw new UnexpectedAnswer(`${infno}: ${reason}`)
  return output
}

async function post(url: string, body: Json): Promise<Json> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return await answer.json()
}

/** D001 to D003, and D005. */
async function uploaded(walk: Walk): Promise<{ readonly signed: Json; readonly check: Json }> {
  const { print, region } = walk
  const sample = structuredClone(region.samplePrescription)
  sample.hospitalPrescriptionNo = `NAT-${Date.now()}`
  const check = uploadCheck(sample)
  print.step(
    region.cast.hospital.name,
    'D001 预核验，D002 由平台签名服务器签名，D003 上传',
    'Pre-check, signature by the region’s signature server, upload',
  )
  const numbers = await askCentre(walk, 'uploadChk', check)
  print.fact(`医保处方编号 ${numbers.hiRxno}，追溯码 ${numbers.rxTraceCode}`)
  const signed = signedMembers(check, numbers, { code: 'HY000000000001', name: '样例审方药师' })
  const signature = await askCentre(walk, 'rxFixmedinsSign', signatureRequest(signed))
  print.fact(`签名证书 ${signature.signCertDn}`)
  const { rxStasName } = await askCentre(walk, 'rxFileUpld', upload(signed, signature))
  print.fact(`处方状态：${rxStasName}`)
  const read = await askCentre(walk, 'hospRxDetlQuery', query(signed))
  expectThat(read.rxUsedStasName === '未使用', `D005 says ${read.rxUsedStasName}`)
  print.fact(`D005：${read.rxStasName}、${read.rxUsedStasName}，有效至 ${read.valiEndTime}`)
  return { signed, check }
}

/** 7202: the same, for whoever has left the paper at home. */
async function shownByCard(walk: Walk, signed: Json): Promise<void> {
  const { print, pharmacy } = walk
  print.step(
    pharmacy.institutionName,
    '7202：患者只带身份证，查询其未取药的处方，各给一次性令牌',
    'The patient has the identity card only: what is open, each under a token of one use and a minute',
  )
  const asked = credentialShown('02', signed.certno, pharmacy.region, pharmacy.institutionId)
  const { data: open } = await askGateway(walk, '7202', asked)
  expectThat(open.length > 0, 'nothing is open for the person')
  for (const each of open.slice(0, 3))
    print.fact(`${each.fixmedins_name}，${each.prsc_time} 开具，令牌 ${each.auth_rxno.slice(0, 6)}…`)
}

/** 7201, 7203 to 7206, 2101 to 2103, D006 and D007. */
async function sold(walk: Walk, { signed }: { readonly signed: Json }): Promise<void> {
  const { print, pharmacy, region, clock } = walk
  const name = pharmacy.institutionName
  const now = await clock.now()
  print.step(name, '7201 扫处方追溯码，7203 下载', 'Scans the trace code on the prescription, downloads it')
  const code = await askGateway(walk, '7201', codeScanned(signed.rxTraceCode, pharmacy.institutionId))
  const rx = await askGateway(walk, '7203', download(code, pharmacy.region))
  print.fact(
    `处方原件 ${Buffer.from(rx.data.rx_file, 'base64').length} 字节，药品 ${rx.rxdrugdetail.length} 行`,
  )

  const { practitionerId, name: pharmacist, licenceNo } = region.cast.pharmacist
  const staff = { code: practitionerId, name: pharmacist, licenceNo }
  print.step(`执业药师 ${pharmacist}`, '7204 审方通过', 'The pharmacist approves')
  await askGateway(walk, '7204', review(signed.hiRxno, staff, true, '用法用量适宜', now))
  const checked = await askCentre(walk, 'rxChkInfoQuery', query(signed))
  print.fact(`D006 医院随即查得：${checked.rxChkStasName}，${checked.rxChkOpnn}`)

  print.step(name, '2101 预结算，2102 结算', 'Preview, then settlement')
  const prices = rx.rxdrugdetail.map(({ med_list_codg }: Json) => priceOf(walk, med_list_codg))
  const bill = settlement(rx, { type: '02', number: signed.certno }, prices, now)
  const preview = await askGateway(walk, '2101', bill)
  const first = await askGateway(walk, '2102', bill)
  expectThat(
    first.setlinfo.fund_pay_sumamt === preview.setlinfo.fund_pay_sumamt,
    'the bill is not what the preview said',
  )
  tellBill(print, first.setlinfo)
  print.step(name, '2103 撤销结算，更正后再次 2102', 'Takes it back, settles again')
  const back = await askGateway(walk, '2103', reversal(first))
  print.fact(`撤销 ${back.setlinfo.medfee_sumamt} 元，结算ID ${back.setlinfo.setl_id}`)
  const settled = await askGateway(walk, '2102', bill)
  tellBill(print, settled.setlinfo)

  print.step(
    name,
    '7205 配送，7206 售药核销（批号、效期、追溯码）',
    'Delivery, then the sale with trace codes',
  )
  for (const state of [
    { code: '1', name: '配送中' },
    { code: '3', name: '已签收' },
  ])
    await askGateway(walk, '7205', delivery(signed.hiRxno, state, now))
  const packs = rx.rxdrugdetail.map(() => ({
    batchNo: 'SAMPLE-1',
    expiresOn: addDays(dayOf(now), 500),
    traceCodes: [`8${Array.from({ length: 19 }, () => randomInt(10)).join('')}`],
  }))
  await askGateway(walk, '7206', sale(rx, code.epc_token, settled, staff, packs, now))
  const taken = await askCentre(walk, 'rxSetlInfoQuery', query(signed))
  expectThat(taken.rxUsedStasName === '已使用', `D007 says ${taken.rxUsedStasName}`)
  print.fact(`D007：${taken.rxUsedStasName}，${taken.setlTime} 结算，${taken.seltdelts.length} 行`)
}

function tellBill(print: Printer, { medfee_sumamt, fund_pay_sumamt, psn_part_amt, setl_id }: Json): void {
  const fen = (yuan: number) => Math.round(yuan * 100)
  expectThat(
    fen(medfee_sumamt) === fen(fund_pay_sumamt) + fen(psn_part_amt),
    'funds and patient do not make up the total',
  )
  print.fact(`${medfee_sumamt} 元 = 基金 ${fund_pay_sumamt} + 个人 ${psn_part_amt}；结算ID ${setl_id}`)
}

function priceOf({ region, pharmacy }: Walk, drugCode: string): string {
  const found = region.stock.find(
    (each) => each.drugCode === drugCode && each.pharmacyId === pharmacy.institutionId,
  )
  return String((found?.unitPriceFen ?? 0) / 100)
}
