import { dayOf } from '../../domain/primitives/civil-day.ts'
import { isSameName } from '../../domain/primitives/folded-name.ts'
import { Problem } from '../../domain/problems.ts'
import { fenAt } from '../../national/amounts.ts'
import { nationalTime } from '../../national/document.ts'
import { downloadOf } from '../../national/download.ts'
import { fault, needed } from '../../national/fields.ts'
import { dataOf, snakeCased } from '../../national/gateway.ts'
import { soldLines } from '../../national/sale.ts'
import { shortId } from '../../national/short-id.ts'
import type { NationalTables } from '../../national/tables.ts'
import { type TextObject, textOf } from '../../national/texts.ts'
import { bytesOfPaper, prescriptionPdf } from '../../papers/prescription-paper.ts'
import * as counter from '../../storage/national/counter.ts'
import { findUpload } from '../../storage/national/prescriptions.ts'
import { type DossierRow, findDossier } from '../../storage/pharmacy/dossier.ts'
import { findPrescription } from '../../storage/prescription/read.ts'
import * as settlements from '../../storage/settlement.ts'
import type { Deps } from '../deps.ts'
import { handOver } from '../hand-over.ts'
import { lockPrescription, note } from '../lifecycle.ts'
import { registeredPerson } from '../patient/registered-person.ts'
import type { Supplier } from '../pharmacy/supplier.ts'
import type { Review } from '../review-prescription.ts'
import { reviewPrescription } from '../review-prescription.ts'
import { hashOf } from '../secrets.ts'
import { takePrescription } from '../take-prescription.ts'
import { type WriteRequest, write } from '../write.ts'

/**
 * 7203 电子处方下载: takes the prescription for the pharmacy with the token, and tells all of it.
 *
 * @throws Problem malformed, token-void, and whatever `takePrescription` refuses
 */
export async function downloadPrescription(
  deps: Deps,
  supplier: Supplier,
  request: WriteRequest,
  input: TextObject,
) {
  const token = textOf(input, 'epc_token') ?? needed(input, ['auth_rxno']).auth_rxno
  const { body } = await takePrescription(deps, supplier, request, { counterToken: hashOf(token) })
  const { prescriptionNo, prescription: document } = body
  const { regionCode } = supplier
  const upload = await findUpload(deps.pool, regionCode, prescriptionNo)
  const person = await registeredPerson(deps, regionCode, document.patient.personId)
  const named = upload === undefined ? {} : (JSON.parse(upload.upload) as Record<string, string>)
  return downloadOf(document, {
    prescriptionNo,
    expiresAt: new Date(body.expiresAt),
    rxFile: upload?.rxFile ?? (await bytesOfPaper(prescriptionPdf(document, prescriptionNo, deps.clock()))),
    pharmacist: { name: named['pharName'] ?? '', checkedAt: named['pharChkTime'] ?? '' },
    insuredRegion: person?.insuredRegion ?? document.patient.insuredRegion ?? regionCode,
    scheme: person?.scheme,
    remaining: new Map(body.lines.map(({ lineNo, remaining }) => [lineNo, remaining])),
  })
}

/**
 * 7204 药店审方上传, in the older edition and in the newer one with its names in either case.
 *
 * @throws Problem malformed, prescription-unknown, and whatever `reviewPrescription` refuses
 */
export async function reviewNationally(
  deps: Deps,
  supplier: Supplier,
  request: WriteRequest,
  given: TextObject,
  tables: NationalTables,
) {
  const input = snakeCased(dataOf(given, 'rx_chk_up_info', 'rxChkUpInfo'))
  const asked = needed(input, ['hi_rxno', 'phar_name', 'rx_chk_stas_codg', 'rx_chk_opnn'])
  const review = reviewOf(asked.rx_chk_stas_codg, tables)
  await dossierOf(deps, supplier, asked.hi_rxno)
  const pharmacistId = await pharmacistOf(deps, supplier, input)
  const { body } = await reviewPrescription(deps, supplier, request, asked.hi_rxno, {
    pharmacistId,
    ...review,
    opinion: asked.rx_chk_opnn.slice(0, 1000),
  })
  const dispense = (await dossierOf(deps, supplier, asked.hi_rxno, true)).dispense
  return {
    hi_rxno: body.prescriptionNo,
    msg_code: '0',
    flag: '1',
    rx_chk_biz_sn: dispense === undefined ? '' : shortId(dispense.dispenseId),
  }
}

/** The interface has words for why, and no code. */
function reviewOf(
  code: string,
  { reviewPassed, reviewFailed }: NationalTables,
): Pick<Review, 'decision' | 'reasonCode'> {
  const plain = code.replace(/^0+(?=.)/, '')
  const isOf = (codes: readonly string[]) => codes.some((each) => each.replace(/^0+(?=.)/, '') === plain)
  if (isOf(reviewPassed)) return { decision: 'approve' }
  if (isOf(reviewFailed)) return { decision: 'refuse', reasonCode: 'other' }
  const message = {
    zh: `应为 ${[...reviewPassed, ...reviewFailed].join('、')}。`,
    en: `Must be one of ${[...reviewPassed, ...reviewFailed].join(', ')}.`,
  }
  throw new Problem('malformed', { fields: [fault('rx_chk_stas_codg', message, 'enum')] })
}

/**
 * The pharmacist whom a message names by the insurance's code, by the number of the licence, or by name alone. Of
 * several, the one who is filed for this pharmacy.
 *
 * @returns what the message says, for the rules to refuse, when the register has nobody such
 * @throws Problem malformed when the register has another name for the code
 */
async function pharmacistOf(deps: Deps, supplier: Supplier, input: TextObject): Promise<string> {
  const { phar_name } = needed(input, ['phar_name'])
  const today = dayOf(deps.clock())
  const snapshot = await deps.registers.latest(deps.pool, supplier.regionCode)
  const code = textOf(input, 'phar_code')
  const licenceNo = textOf(input, 'phar_prac_cert_no')
  const filed = new Set(
    snapshot
      .all('filing', today)
      .filter(({ role, institutionId }) => role === 'pharmacist' && institutionId === supplier.institutionId)
      .map(({ practitionerId }) => practitionerId),
  )
  const pharmacists = snapshot.all('practitioner', today).filter(({ kind }) => kind === 'pharmacist')
  const found =
    pharmacists.find(({ practitionerId }) => practitionerId === code) ??
    pharmacists.find((each) => each.licenceNo === licenceNo || each.practitionerId === licenceNo) ??
    only(
      pharmacists.filter(
        ({ name, practitionerId }) => filed.has(practitionerId) && isSameName(name, phar_name),
      ),
    )
  if (found === undefined) return (code ?? licenceNo ?? '-').slice(0, 40)
  if (isSameName(found.name, phar_name)) return found.practitionerId
  const message = {
    zh: '与名录中该药师的姓名不符。',
    en: 'Is not the name that the register has for the code.',
  }
  throw new Problem('malformed', { fields: [fault('phar_name', message, 'const')] })
}

function only<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined
}

/** The pharmacy's own part in a prescription. @throws Problem prescription-unknown */
async function dossierOf(
  deps: Deps,
  { regionCode, institutionId }: Supplier,
  prescriptionNo: string,
  mayBeOver = false,
): Promise<Pick<DossierRow, 'dispense'>> {
  const found = await findDossier(deps.pool, regionCode, prescriptionNo, deps.clock(), institutionId)
  if (found !== undefined) return found
  if (mayBeOver) return {}
  throw new Problem('prescription-unknown')
}

/**
 * 7205 配送状态: kept with the supply, and told to hospital and pharmacy by its code. The same message again is one.
 *
 * @throws Problem malformed, prescription-unknown for whoever does not hold or has not supplied it
 */
export async function reportDelivery(
  deps: Deps,
  supplier: Supplier,
  request: WriteRequest,
  input: TextObject,
) {
  const asked = needed(input, ['hi_rxno', 'delv_entp_name', 'delv_stas_codg', 'delv_stas_name'])
  const { dispense } = await dossierOf(deps, supplier, asked.hi_rxno)
  if (dispense === undefined || (!dispense.isCurrent && dispense.handedOverAt === undefined))
    throw new Problem('prescription-unknown')
  const { dispenseId } = dispense
  const deliveryNo = textOf(input, 'delv_no')
  const { body } = await write(deps, request, async (tx, now) => {
    const row = await lockPrescription(tx, supplier.regionCode, asked.hi_rxno, now)
    await counter.addDelivery(tx, supplier.regionCode, asked.hi_rxno, dispenseId, {
      stateCode: asked.delv_stas_codg,
      stateName: asked.delv_stas_name,
      company: asked.delv_entp_name,
      ...(deliveryNo === undefined ? {} : { deliveryNo }),
      message: JSON.stringify(input),
      toldAt: now,
    })
    const data = { dispenseId, code: asked.delv_stas_codg.slice(0, 6) }
    await note(tx, row, 'delivery-told', { caller: supplier, now, data })
    return { status: 200, body: { hi_rxno: asked.hi_rxno, delv_stas_codg: asked.delv_stas_codg } }
  })
  return body
}

/**
 * 7206 售药/核销: hands over what was settled, with batches and trace codes. The money that the pharmacy says must be that
 * of the settlement.
 *
 * @throws Problem malformed, prescription-unknown, token-void, not-as-settled, and whatever `handOver` refuses
 */
export async function sellNationally(
  deps: Deps,
  supplier: Supplier,
  request: WriteRequest,
  given: TextObject,
  tables: NationalTables,
) {
  const input = dataOf(given)
  const { hi_rxno, download_ide_code } = needed(input, ['hi_rxno', 'download_ide_code', 'sel_retn_time'])
  const { regionCode, institutionId } = supplier
  const { dispense } = await dossierOf(deps, supplier, hi_rxno)
  const token = await counter.findSpent(deps.pool, hashOf(download_ide_code), regionCode, institutionId)
  if (token?.prescriptionNo !== hi_rxno) throw new Problem('token-void')
  if (dispense === undefined) throw new Problem('prescription-unknown')
  await requireMoney(deps, supplier, dispense.dispenseId, input)
  const stored = await findPrescription(deps.pool, regionCode, hi_rxno)
  if (stored === undefined) throw new Problem('prescription-unknown')
  const delivery = await counter.newestDelivery(deps.pool, regionCode, dispense.dispenseId)
  const isReceived =
    delivery !== undefined &&
    [delivery.stateCode, delivery.stateName].some((word) => tables.deliveryReceived.includes(word))
  const { body } = await handOver(deps, supplier, request, hi_rxno, {
    pharmacistId: await pharmacistOf(deps, supplier, input),
    door: 'national',
    ...(delivery === undefined || !isReceived
      ? {}
      : {
          buyer: {
            relation: 'patient',
            identityChecked: true,
            papers: ['identity-card'],
            receiptSignatureRef: (delivery.deliveryNo ?? shortId(dispense.dispenseId)).replace(
              /[^A-Za-z0-9._:/-]/g,
              '-',
            ),
          },
        }),
    delivery: { way: delivery === undefined ? 'counter' : 'home', feeFen: 0 },
    lines: soldLines(given['selinfo'] ?? input['selinfo'], stored.lines),
  })
  return { hi_rxno: body.prescriptionNo, sel_retn_time: nationalTime(deps.clock()) }
}

/** @throws Problem not-as-settled when the sale names another settlement, or other amounts than it came to */
async function requireMoney(
  deps: Deps,
  { regionCode }: Supplier,
  dispenseId: string,
  input: TextObject,
): Promise<void> {
  const settlement = await settlements.findOfDispense(deps.pool, regionCode, dispenseId)
  if (settlement === undefined) return
  const { settlementId, fundFen, patientFen } = settlement
  const said = textOf(input, 'setl_id')
  const differing = [
    said === undefined || said.toUpperCase() === shortId(settlementId) ? [] : ['setl_id'],
    isAmount(input, 'fund_pay_sumamt', fundFen) ? [] : ['fund_pay_sumamt'],
    isAmount(input, 'psn_part_amt', patientFen) ? [] : ['psn_part_amt'],
  ].flat()
  if (differing.length > 0) throw new Problem('not-as-settled', { details: { members: differing } })
}

function isAmount(input: TextObject, name: string, fen: number | undefined): boolean {
  const said = fenAt(input, name, '')
  return said === undefined || fen === undefined || said === fen
}
