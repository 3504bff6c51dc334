import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PrescriptionDocument } from '../../../schemas/prescription-document.ts'
import type { Finding } from '../../domain/finding.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { PROBLEMS, Problem, type ProblemCode } from '../../domain/problems.ts'
import type { AdjudicationJson } from '../../domain/settlement/adjudication-json.ts'
import { fenAt } from '../../national/amounts.ts'
import { type BillPerson, billOf, rowsOfBill } from '../../national/bill.ts'
import { nationalTime, nodeOf } from '../../national/document.ts'
import { fault, needed } from '../../national/fields.ts'
import { dataOf, rowsOf } from '../../national/gateway.ts'
import { prescriptionOf, pricedLines } from '../../national/sale.ts'
import { shortId, uuidOf } from '../../national/short-id.ts'
import type { NationalTables } from '../../national/tables.ts'
import type { TextObject } from '../../national/texts.ts'
import { findDossier } from '../../storage/pharmacy/dossier.ts'
import { findPrescription } from '../../storage/prescription/read.ts'
import * as settlements from '../../storage/settlement.ts'
import { checkBuyer } from '../check-buyer.ts'
import type { Deps } from '../deps.ts'
import { storedDocument } from '../parse-document.ts'
import { registeredPerson } from '../patient/registered-person.ts'
import { quoteForPharmacy } from '../pharmacy/quote.ts'
import { splitView } from '../pharmacy/split-view.ts'
import type { Supplier } from '../pharmacy/supplier.ts'
import { requestSettlement } from '../request-settlement.ts'
import { returnSupplied } from '../return-goods.ts'
import { reverseSettlement } from '../reverse-settlement.ts'
import type { WriteRequest } from '../write.ts'
import { type CounterParts, requireCredentialOf } from './counter.ts'

/** A settlement as a message asks for it. */
interface Asked {
  readonly prescriptionNo: string
  readonly document: PrescriptionDocument
  readonly druginfo: TextObject
  readonly rows: readonly TextObject[]
  readonly lines: ReturnType<typeof pricedLines>
}

/**
 * 2101 药店预结算: what a settlement would come to. Binds nobody and changes nothing.
 *
 * @throws Problem malformed, credential-of-another, prescription-unknown, rules-failed, and whatever a quote refuses
 */
export async function previewNationally(
  deps: Deps,
  supplier: Supplier,
  msgid: string,
  input: TextObject,
  parts: CounterParts,
) {
  const asked = await readAsked(deps, supplier, input)
  await requireCredentialOf(deps, supplier, asked.druginfo, asked.document.patient, parts)
  const { accepted, findings, split } = await quoteForPharmacy(deps, supplier, asked.prescriptionNo, {
    lines: asked.lines,
  })
  if (!accepted) throw new Problem('rules-failed', { findings })
  const dossier = await dossierOf(deps, supplier, asked.prescriptionNo)
  const person = await personOf(deps, supplier, asked.document)
  const mdtrtId = shortId(dossier.dispense?.dispenseId ?? '0')
  const ids = { mdtrtId, medinsSetlId: msgid, setlTime: '' }
  return {
    ...billOf(split, person, ids, asked.druginfo),
    detlcutinfo: rowsOfBill(
      split,
      asked.rows,
      asked.lines.map(({ lineNo }) => lineNo),
    ),
  }
}

/**
 * 2102 药店结算: records who buys by the credential that is shown, asks for the settlement and waits for it. The same
 * message again gets the same settlement.
 *
 * @throws Problem malformed, credential-of-another, settlement-under-way when the time is over, the refusal of a
 *   settlement that was declined, and whatever `requestSettlement` refuses
 */
export async function settleNationally(
  deps: Deps,
  supplier: Supplier,
  request: WriteRequest,
  msgid: string,
  input: TextObject,
  parts: CounterParts & Pick<NationalTables, 'settlementSeconds'>,
) {
  const asked = await readAsked(deps, supplier, input)
  const { prescriptionNo, druginfo, document } = asked
  const shown = await requireCredentialOf(deps, supplier, druginfo, document.patient, parts)
  await recordBuyer(deps, supplier, request, prescriptionNo, shown)
  const { body } = await requestSettlement(deps, supplier, request, prescriptionNo, { lines: asked.lines })
  const settlement = await decided(deps, supplier.regionCode, body.settlementId, parts.settlementSeconds)
  if (settlement === undefined) throw new Problem('settlement-under-way')
  if (settlement.status === 'declined') throw declined(settlement)
  const split = await splitOf(deps, settlement)
  const person = await personOf(deps, supplier, document)
  return {
    ...billOf(split, person, idsOf(settlement, msgid), druginfo),
    detlcutinfo: rowsOfBill(
      split,
      asked.rows,
      asked.lines.map(({ lineNo }) => lineNo),
    ),
  }
}

/**
 * 2103 药店结算撤销: before the sale (7206) the settlement is reversed; after it the goods come back with it, all that the
 * patient has of them. Asked again, it tells the same.
 *
 * @throws Problem malformed, settlement-unknown for another's or none, and whatever reversal and return refuse
 */
export async function reverseNationally(
  deps: Deps,
  supplier: Supplier,
  request: WriteRequest,
  msgid: string,
  given: TextObject,
  { reversalAmounts }: NationalTables,
) {
  const input = dataOf(given)
  const { setl_id, psn_no } = needed(input, ['setl_id', 'psn_no'])
  const settlementId = uuidOf(setl_id)
  const settlement =
    settlementId === undefined
      ? undefined
      : await settlements.find(deps.pool, supplier.regionCode, settlementId)
  if (settlement?.pharmacyId !== supplier.institutionId || settlement?.personId !== psn_no)
    throw new Problem('settlement-unknown')
  const { prescriptionNo, dispenseId } = settlement!
  if (settlement!.status === 'settled' || settlement!.status === 'deferred') {
    const { dispense } = await dossierOf(deps, supplier, prescriptionNo)
    const isHandedOver = dispense?.dispenseId !== dispenseId || dispense.handedOverAt !== undefined
    if (isHandedOver) {
      await returnSupplied(deps, supplier, request, { dispenseId, reasonCode: 'other', patientPaid: true })
    } else await reverseSettlement(deps, supplier, request, prescriptionNo, 'other')
  }
  const after = await settlements.find(deps.pool, supplier.regionCode, settlementId!)
  if (after?.reversedAt === undefined) throw new Problem('wrong-state')
  const document = await documentOf(deps, supplier.regionCode, prescriptionNo)
  const person = await personOf(deps, supplier, document)
  const sign = reversalAmounts === 'negative' ? -1 : 1
  const ids = {
    ...idsOf(after, msgid),
    setlId: reversalId(settlementId!),
    setlTime: nationalTime(after.reversedAt),
  }
  const bill = billOf(await splitOf(deps, after), person, ids, input, sign)
  const { psn_part_amt, psn_cash_pay } = bill.setlinfo
  return {
    ...bill,
    setlinfo: {
      ...bill.setlinfo,
      clr_optins: supplier.regionCode,
      psn_pay: psn_part_amt,
      cash_payamt: psn_cash_pay,
    },
  }
}

/** A reversal has a number of its own, which follows from that of the settlement: asked again it is the same. */
function reversalId(settlementId: string): string {
  return shortId(createHash('sha256').update(`reversal/${settlementId}`).digest('hex').slice(0, 32))
}

function idsOf({ settlementId, dispenseId, decidedAt }: settlements.SettlementRow, msgid: string) {
  return {
    setlId: shortId(settlementId),
    mdtrtId: shortId(dispenseId),
    medinsSetlId: msgid,
    setlTime: decidedAt === undefined ? '' : nationalTime(decidedAt),
  }
}

/** @throws Problem malformed, prescription-unknown, line-unknown */
async function readAsked(deps: Deps, supplier: Supplier, input: TextObject): Promise<Asked> {
  const druginfo = dataOf(input, 'druginfo')
  const rows = rowsOf(input['drugdetail'] ?? druginfo['drugdetail'])
  const prescriptionNo = prescriptionOf(rows)
  await dossierOf(deps, supplier, prescriptionNo)
  const stored = await findPrescription(deps.pool, supplier.regionCode, prescriptionNo)
  if (stored === undefined) throw new Problem('prescription-unknown')
  const document = storedDocument(stored.document)
  const lines = pricedLines(rows, stored.lines)
  requireSum(druginfo, lines)
  return { prescriptionNo, document, druginfo, rows, lines }
}

/** @throws Problem malformed when the total is not that of the rows */
function requireSum(druginfo: TextObject, lines: Asked['lines']): void {
  const total = fenAt(druginfo, 'medfee_sumamt', 'druginfo/')
  const amounts = lines.flatMap(({ amountFen }) => (amountFen === undefined ? [] : [amountFen]))
  const sum = amounts.reduce((sum, amount) => sum + amount, 0)
  if (total === undefined || amounts.length < lines.length || total === sum) return
  const message = { zh: '与各行金额之和不符。', en: 'Is not the sum of the rows.' }
  throw new Problem('malformed', { fields: [fault('druginfo/medfee_sumamt', message, 'sum')] })
}

async function dossierOf(deps: Deps, { regionCode, institutionId }: Supplier, prescriptionNo: string) {
  const found = await findDossier(deps.pool, regionCode, prescriptionNo, deps.clock(), institutionId)
  if (found === undefined) throw new Problem('prescription-unknown')
  return found
}

async function documentOf(
  deps: Deps,
  regionCode: string,
  prescriptionNo: string,
): Promise<PrescriptionDocument> {
  const found = await findPrescription(deps.pool, regionCode, prescriptionNo)
  if (found === undefined) throw new Problem('prescription-unknown')
  return storedDocument(found.document)
}

/** The papers that a credential is, in the words of the core. */
const PAPERS: Readonly<Record<string, readonly string[]>> = {
  'identity-card': ['identity-card'],
  'insurance-card': ['insurance-card'],
  'e-certificate': ['insurance-card'],
}

/**
 * The interface tells who buys by the credential of the settlement alone: checked by the pharmacist who reviewed, as far
 * as nobody was recorded by the hub's own interface. Whether that is enough is the policy's question.
 */
async function recordBuyer(
  deps: Deps,
  supplier: Supplier,
  request: WriteRequest,
  prescriptionNo: string,
  shown: string,
): Promise<void> {
  const { dispense, state } = await dossierOf(deps, supplier, prescriptionNo)
  const pharmacistId =
    dispense?.review === undefined
      ? undefined
      : (JSON.parse(dispense.review) as { pharmacistId?: string }).pharmacistId
  // Another state is refused, or answered again, by the settlement itself.
  if (state !== 'reviewed' || pharmacistId === undefined) return
  await checkBuyer(deps, supplier, { ...request, key: `${request.key}/buyer` }, prescriptionNo, {
    pharmacistId,
    buyer: { relation: 'patient', identityChecked: true, papers: PAPERS[shown] ?? [] },
  })
}

const LOOK_MS = 100

/** A requested settlement once a worker, or a payer outside, has decided it; undefined when the time is over. */
async function decided(
  deps: Pick<Deps, 'pool'>,
  regionCode: string,
  settlementId: string,
  seconds: number,
): Promise<settlements.SettlementRow | undefined> {
  for (let looks = 0; looks * LOOK_MS <= seconds * 1000; looks += 1) {
    if (looks > 0) await sleep(LOOK_MS)
    const found = await settlements.find(deps.pool, regionCode, settlementId)
    if (found !== undefined && found.status !== 'requested') return found
  }
  return undefined
}

function declined({ declineCode = '', findings = '[]' }: settlements.SettlementRow): Problem {
  const code = declineCode in PROBLEMS ? (declineCode as ProblemCode) : 'rules-failed'
  return new Problem(code, { findings: JSON.parse(findings) as Finding[] })
}

/** @throws Problem left-to-reimbursement for one that has no bill */
async function splitOf(deps: Deps, settlement: settlements.SettlementRow) {
  if (settlement.adjudication === undefined) throw new Problem('left-to-reimbursement')
  const snapshot = await deps.registers.latest(deps.pool, settlement.regionCode)
  return splitView(JSON.parse(settlement.adjudication) as AdjudicationJson, snapshot, dayOf(deps.clock()))
}

async function personOf(
  deps: Deps,
  { regionCode }: Supplier,
  document: PrescriptionDocument,
): Promise<BillPerson> {
  const { patient } = document
  const registered = await registeredPerson(deps, regionCode, patient.personId)
  const told = nodeOf(document, 'mdtrtinfo')
  return {
    personId: patient.personId,
    name: registered?.name ?? patient.name,
    idType: told['psnCertType'] ?? '',
    idNumber: registered?.idNumber ?? patient.idNumber,
    sex: told['gend'] ?? '',
    birthDate: registered?.birthDate ?? patient.birthDate ?? '',
    scheme: registered?.scheme ?? 'employee',
  }
}
