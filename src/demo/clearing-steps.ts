import type { Month } from '../domain/clearing/month.ts'
import { dayOf } from '../domain/primitives/civil-day.ts'
import { ITEM_LABELS } from '../papers/labels.ts'
import { accountName } from './account-names.ts'
import { closeMonths } from './close-months.ts'
import { shanghai } from './hospital-steps.ts'
import { yuan } from './printer.ts'
import { expectStatus, expectThat, type OnTheWay, type Settled, type Stage } from './stage.ts'
import type { SystemClient } from './system-client.ts'

/** A row of a statement. */
interface Item {
  readonly item: keyof typeof ITEM_LABELS
  readonly amountFen: number
  readonly entries: number
}

/** The forms in which a statement can be had. */
const FORMS = ['pdf', 'xlsx', 'csv'] as const

/** The month ends; the agency closes it. @returns the month in which the settlement counts */
export async function closeBooks(stage: Stage, agency: SystemClient): Promise<Month> {
  const { print, clock } = stage
  const today = dayOf(await clock.now())
  const { month, before, overview } = await closeMonths(agency, clock, today.slice(0, 7))
  print.step(
    agency.name,
    `月末关账：${month}`,
    'The month ends; the agency closes it, and a worker adds it up',
  )
  print.fact(
    `沙箱时钟拨到 ${shanghai((await clock.now()).toISOString())}，演示结束时拨回`,
    'The clock of the sandbox is set on for this; the demo sets it back at its end',
  )
  if (month > today.slice(0, 7)) {
    print.fact(
      `${today.slice(0, 7)} 此前已关账且不再变动，本次结算计入 ${month}`,
      'That month was closed before and never changes: what comes later counts in the first open one',
    )
  }
  if (before.length > 0) {
    print.fact(
      `此前未关账的月份一并关账：${before.join('、')}`,
      'Earlier months left open are closed before it',
    )
  }
  const statements = overview.statements.reduce(
    (sum: number, each: { statements: number }) => sum + each.statements,
    0,
  )
  print.fact(
    `汇总记账 ${overview.postings} 笔，生成清算单 ${statements} 份`,
    `Entries added up: ${overview.postings}; statements drafted: ${statements}`,
  )
  const report = expectStatus(await agency.get(`/agency/reports/${month}/fund-trend`), 200, 'the report')
  print.fact(
    `统计报表：${month} 各基金支付`,
    'What each fund paid in the month, by the report of the whole region',
  )
  const funds = report.rows.filter((each: { month: string }) => each.month === month)
  if (funds.length === 0) print.plain('     （无） · (none)\n')
  for (const row of funds) {
    const { zh, en } = accountName(row.account)
    print.amount(row.paidFen, `${zh} · ${en}`)
  }
  return month
}

/** The agency sends the statement; the pharmacy checks it and agrees. */
export async function agree(
  stage: Stage,
  agency: SystemClient,
  pharmacy: SystemClient,
  month: Month,
  { prescriptionNo }: OnTheWay,
  settled: Settled,
): Promise<void> {
  const { print } = stage
  const { institutionId, name } = stage.region.cast.designatedPharmacy
  const sent = await agency.post(`/agency/clearing/${month}/statements/${institutionId}/send`)
  expectStatus(sent, 200, 'sending the statement')
  print.step(
    name,
    '收到清算单，与本店结算单核对后确认',
    'Gets the statement from the agency, checks it against its own settlement, agrees',
  )
  const own = clearingOf(stage, month)
  const statement = expectStatus(await pharmacy.get(own), 200, 'the statement')
  print.amount(statement.openingFen, '期初未拨付 · Unpaid when the month began')
  for (const item of statement.items) printItem(stage, item)
  print.amount(statement.closingFen, '期末未拨付 · Unpaid when the month ended')
  print.fact(
    `其中本月应拨付 ${yuan(statement.dueFen)} 元`,
    'What the month itself made payable: this is what is paid now',
  )
  if (statement.memos.length > 0)
    print.fact('备查，不经清算拨付', 'For information, not paid through clearing')
  for (const item of statement.memos) printItem(stage, item)
  // What no fund pays does not go through clearing, nor what a hospital takes out of its own capitation account.
  const isPharmacy = stage.region.cast.designatedPharmacy.kind === 'pharmacy'
  if (settled.fundFen > 0 && isPharmacy) {
    const line = await findLine(pharmacy, `${own}/lines`, prescriptionNo)
    expectThat(
      line.chargeFen === settled.chargeFen && line.patientFen === settled.patientFen,
      `the statement says otherwise than the settlement: ${JSON.stringify(line)}`,
    )
    print.fact(
      `明细有本处方：药费 ${yuan(line.chargeFen)} 元，个人支付 ${yuan(line.patientFen)} 元，清算 ${yuan(line.amountFen)} 元`,
      'Its lines have this prescription: charge, paid by the patient, cleared',
    )
  }
  const confirmed = expectStatus(await pharmacy.post(`${own}/confirm`), 200, 'the confirmation')
  print.fact(`清算单状态：${confirmed.status}`, 'The state of the statement')
}

/** Where the supplier, a pharmacy or a hospital, finds its statement. */
function clearingOf({ region }: Stage, month: Month): string {
  const kind = region.cast.designatedPharmacy.kind === 'pharmacy' ? 'pharmacy' : 'hospital'
  return `/${kind}/clearing/${month}`
}

/** The agency pays the statement; the books still add up to zero. */
export async function pay(stage: Stage, agency: SystemClient, pharmacy: SystemClient, month: Month) {
  const { print } = stage
  const { institutionId, name } = stage.region.cast.designatedPharmacy
  const answer = await agency.post(`/agency/clearing/${month}/statements/${institutionId}/pay`)
  const paid = expectStatus(answer, 200, 'the payment')
  print.step(agency.name, `向${name}拨付`, 'The agency pays the statement')
  const statement = expectStatus(await pharmacy.get(clearingOf(stage, month)), 200, 'the statement')
  expectThat(statement.status === 'paid', `the statement is ${statement.status} at the end`)
  print.fact(
    `${shanghai(statement.paidAt)} 拨付 ${yuan(paid.paidFen)} 元，清算单状态：${statement.status}`,
    'The payment stands in the books of the month that is open now',
  )
  const { trialBalance } = expectStatus(await agency.get(`/agency/clearing/${month}`), 200, 'the month')
  print.fact('全区试算平衡', 'The trial balance of the region, as the hub states it')
  for (const { account, amountFen } of trialBalance.accounts) {
    const { zh, en } = accountName(account)
    print.amount(amountFen, `${zh} · ${en}`)
  }
  print.amount(trialBalance.totalFen, '全部账户合计 · Total of all accounts')
  expectThat(trialBalance.totalFen === 0, `the total of all accounts is ${trialBalance.totalFen} fen`)
  const sizes: string[] = []
  for (const form of FORMS) {
    const file = await pharmacy.download(`${clearingOf(stage, month)}/export/${form}`)
    expectThat(file.status === 200 && file.bytes > 0, `the ${form} of the statement: ${file.status}`)
    sizes.push(`${form.toUpperCase()} ${file.bytes} B`)
  }
  print.fact(`清算单文件已下载：${sizes.join('，')}`, 'The statement as files, fetched by the pharmacy')
}

function printItem({ print }: Stage, { item, amountFen, entries }: Item): void {
  const { zh, en } = ITEM_LABELS[item] ?? { zh: item, en: item }
  print.amount(amountFen, `${zh} ${entries} 笔 · ${en}: ${entries}`)
}

/** The line of a prescription's settlement, page after page. @throws UnexpectedAnswer when there is none */
async function findLine(pharmacy: SystemClient, path: string, prescriptionNo: string) {
  for (let after = ''; ; ) {
    const page = expectStatus(await pharmacy.get(path + after), 200, 'the lines of the statement')
    const found = page.lines.find(
      (line: { kind: string; prescriptionNo?: string }) =>
        line.kind === 'settlement' && line.prescriptionNo === prescriptionNo,
    )
    if (found !== undefined) return found
    expectThat(page.next !== undefined, `the statement has no line for ${prescriptionNo}`)
    after = `?after=${page.next}`
  }
}
