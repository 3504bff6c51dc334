import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { addDays, dayOf } from '../domain/primitives/civil-day.ts'
import { shanghai } from './hospital-steps.ts'
import { yuan } from './printer.ts'
import { printRules } from './rules-of.ts'
import { expectStatus, expectThat, type OnTheWay, type Settled, type Stage } from './stage.ts'
import type { SystemClient } from './system-client.ts'

/** Events as they reach the pharmacy's system by the stream. */
export interface Inbox {
  /** Resolves when the event has come. @throws Error after half a minute */
  wait(type: string, prescriptionNo: string): Promise<void>
  close(): void
}

const WAIT_MS = 30_000

/** Opens the stream before anything happens, as a pharmacy's system would. */
export function openInbox(pharmacy: SystemClient): Inbox {
  const abort = new AbortController()
  const seen = new Set<string>()
  let broken: Error | undefined
  pharmacy
    .events(abort.signal, (type, { prescriptionNo }) => seen.add(`${type} ${prescriptionNo}`))
    .catch((error: Error) => {
      broken = error
    })
  return {
    async wait(type, prescriptionNo) {
      for (let waited = 0; !seen.has(`${type} ${prescriptionNo}`); waited += 50) {
        if (broken !== undefined) throw broken
        if (waited > WAIT_MS) throw new Error(`no event ${type} within ${WAIT_MS / 1000} s`)
        await sleep(50)
      }
    },
    close: () => abort.abort(),
  }
}

/** The pharmacy takes the prescription by the code that the patient shows; its pharmacist reviews it. */
export async function takeAndReview(
  stage: Stage,
  pharmacy: SystemClient,
  inbox: Inbox,
  { prescriptionNo }: OnTheWay,
  pickupCode: string,
): Promise<void> {
  const { print } = stage
  const name = stage.region.cast.designatedPharmacy.name
  await inbox.wait('pharmacy-chosen', prescriptionNo)
  print.step(
    name,
    '事件推送收到新处方；扫取药码接单，锁定处方',
    'The event stream told of it; the pharmacy takes it by the pick-up code and holds it',
  )
  const taken = expectStatus(await pharmacy.post('/pharmacy/takes', { pickupCode }), 200, 'the take')
  printRules(print, stage.policy, 'taking', taken.findings)
  print.fact(
    `锁定至 ${shanghai(taken.holdUntil)}；其他药店此时无法接单`,
    'No other pharmacy can take it meanwhile',
  )
  const pharmacist = stage.region.cast.pharmacist
  print.step(
    `执业药师 ${pharmacist.name} · Pharmacist`,
    '核对取药人，审方通过',
    'Checks the buyer, reviews the prescription and approves',
  )
  const review = await pharmacy.post(`/pharmacy/prescriptions/${prescriptionNo}/review`, {
    pharmacistId: pharmacist.practitionerId,
    decision: 'approve',
    buyer: {
      relation: 'patient',
      identityChecked: true,
      papers: ['identity-card', 'insurance-card', 'handbook'],
    },
  })
  const reviewed = expectStatus(review, 200, 'the review')
  printRules(print, stage.policy, 'review', reviewed.findings)
}

/** Asks for the settlement and prints the statement. @returns what it came to */
export async function settle(
  stage: Stage,
  pharmacy: SystemClient,
  inbox: Inbox,
  { prescriptionNo, document }: OnTheWay,
): Promise<Settled> {
  const { print } = stage
  const prices = await shelfPrices(pharmacy)
  const lines = document.lines.map(({ lineNo, quantity, drugCode }) => ({
    lineNo,
    quantity,
    unitPriceFen: prices.get(drugCode) ?? 0,
  }))
  print.step(
    '医保结算 · Settlement',
    '药店申请结算，平台按政策逐层核算',
    'The pharmacy asks; a worker adjudicates layer by layer by the policy',
  )
  const url = `/pharmacy/prescriptions/${prescriptionNo}/settlement`
  expectStatus(await pharmacy.post(url, { lines }), 202, 'the settlement request')
  await inbox.wait('settled', prescriptionNo)
  const statement = expectStatus(await pharmacy.get(url), 200, 'the statement')
  const { split } = statement
  expectThat(statement.status === 'settled' && split !== undefined, `the settlement is ${statement.status}`)
  printRules(print, stage.policy, 'settlement', statement.findings)
  print.fact(
    `药费 ${yuan(split.chargeFen)} 元 = 医保等支付 ${yuan(split.fundFen)} 元 + 个人支付 ${yuan(split.patientFen)} 元`,
    'Charge = paid by funds + paid by the patient',
  )
  for (const { amountFen, layer, payer, ruleId, article, explanation } of split.entries) {
    const place = [ruleId, article].filter(Boolean).join(' ')
    print.amount(amountFen, `${explanation.zh} [${place}]`, `${layer}, ${payer}: ${explanation.en}`)
  }
  const sum = split.entries.reduce(
    (total: number, entry: { amountFen: number }) => total + entry.amountFen,
    0,
  )
  expectThat(sum === split.chargeFen, `the layers make ${sum} fen of ${split.chargeFen}`)
  expectThat(split.fundFen + split.patientFen === split.chargeFen, 'the split does not make up the charge')
  if (split.restsOnSample) {
    print.fact(
      '部分比例、限额为沙箱样例参数，正式环境将拒绝使用',
      'Some figures are samples of the sandbox; production refuses them',
    )
  }
  return split
}

/** Scans the packs, hands over. */
export async function handOver(
  stage: Stage,
  pharmacy: SystemClient,
  { prescriptionNo, document }: OnTheWay,
): Promise<void> {
  const { print } = stage
  print.step(
    stage.region.cast.designatedPharmacy.name,
    '扫追溯码，参保人员签字后交付',
    'Scans the trace codes, hands over against a signed statement',
  )
  const today = dayOf(await stage.clock.now())
  const answer = await pharmacy.post(`/pharmacy/prescriptions/${prescriptionNo}/hand-over`, {
    pharmacistId: stage.region.cast.pharmacist.practitionerId,
    statementSignatureRef: `QM-${prescriptionNo}`,
    delivery: { way: 'counter', feeFen: 0, coldChain: 'ice-pack', adviceGiven: true },
    lines: document.lines.map(({ lineNo }) => ({
      lineNo,
      batchNo: 'SAMPLE-1',
      expiresOn: addDays(today, 500),
      traceCodes: [traceCode()],
    })),
  })
  const handed = expectStatus(answer, 200, 'the hand-over')
  printRules(print, stage.policy, 'hand-over', handed.findings)
  for (const { lineNo, dispensed, remaining, unit } of handed.lines) {
    print.fact(`第 ${lineNo} 行：已发 ${dispensed}${unit}，剩余 ${remaining}${unit}`)
  }
}

/** What the pharmacy itself has reported. */
async function shelfPrices(pharmacy: SystemClient): Promise<Map<string, number>> {
  const prices = new Map<string, number>()
  for (let after: string | undefined, more = true; more; ) {
    const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`
    const page = expectStatus(await pharmacy.get(`/pharmacy/stock${query}`), 200, 'the stock')
    for (const { drugCode, unitPriceFen } of page.items) prices.set(drugCode, unitPriceFen)
    after = page.next
    more = after !== undefined
  }
  return prices
}

function traceCode(): string {
  return `8${Array.from({ length: 19 }, () => randomInt(10)).join('')}`
}
