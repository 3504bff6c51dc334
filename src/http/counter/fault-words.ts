import { CODE_LISTS, type CodeListName } from '../../domain/codes.ts'
import { PROBLEMS, type Problem } from '../../domain/problems.ts'

/** A refusal as a person at the counter reads it. */
export interface Refusal {
  readonly title: string
  readonly advice: string
  readonly faults: readonly string[]
}

const FIELDS: Readonly<Record<string, string>> = {
  quantity: '数量',
  unitPriceFen: '单价',
  batchNo: '批号',
  expiresOn: '有效期至',
  traceCodes: '追溯码',
  packs: '拆零药盒',
  traceCode: '追溯码',
  packSize: '每盒数量',
  noTraceReason: '无追溯码原因',
  reasonCode: '原因',
  opinion: '审方意见',
  relation: '购药人',
  identityChecked: '身份核对',
  papers: '证件',
  paperNoEnding: '代办人证件后四位',
  receiptSignatureRef: '签收编号',
  statementSignatureRef: '结算单签字编号',
  way: '交付方式',
  feeFen: '配送费',
  coldChain: '冷链措施',
  pickupCode: '取药码',
  prescriptionNo: '处方编号',
  reference: '退款凭证号',
  lines: '药品',
  reason: '说明',
  decision: '审方结论',
}

/** Plainer than the catalogue, which speaks to programs. */
const TITLES: Partial<Record<Problem['code'], { title: string; advice: string }>> = {
  malformed: { title: '填写的内容有误', advice: '请更正下面的内容后再提交。' },
  'rules-failed': { title: '按政策不能办理', advice: '请按下面的说明处理。' },
  'wrong-state': { title: '处方状态已变化', advice: '可能是同事已经办理，请查看本页最新状态。' },
  'hold-lost': { title: '锁定已失效', advice: '保留时间已过或已退回，请重新接单。' },
  'idempotency-key-reused': { title: '本页已提交过', advice: '请查看本页最新状态；如需再办，请重新填写。' },
}

/** What a refusal says, with the fields, the rules, and the facts that help. */
export function refusalOf({ code, fields, findings, details }: Problem): Refusal {
  const { title, remedy } = PROBLEMS[code]
  const told = TITLES[code] ?? { title: title.zh, advice: remedy.zh }
  return {
    ...told,
    faults: [
      ...fields.map(({ path, message }) => `${placeOf(path)}${message.zh}`),
      ...findings
        .filter(({ effect }) => effect === 'reject')
        .map(({ message, ruleId, article }) => `${message.zh}（${ruleId} ${article}）`),
      ...(typeof details['holderName'] === 'string'
        ? [
            `现由${details['holderName']}接单${typeof details['holderPhone'] === 'string' ? `，电话 ${details['holderPhone']}` : ''}。`,
          ]
        : []),
      ...(Array.isArray(details['lines']) ? [`涉及第 ${details['lines'].join('、')} 行。`] : []),
    ],
  }
}

/** `/body/lines/0/batchNo` as `第 1 种药品的批号：`. */
function placeOf(path: string): string {
  const [, line] = /\/lines\/(\d+)(\/|$)/.exec(path) ?? []
  const name = FIELDS[path.split('/').findLast((part) => part in FIELDS) ?? '']
  const where = line === undefined ? '' : `第 ${Number(line) + 1} 种药品${name === undefined ? '' : '的'}`
  return name === undefined && line === undefined ? '' : `${where}${name ?? ''}：`
}

/** The codes of a list, to choose from. */
export function optionsOf(list: CodeListName): { value: string; name: string }[] {
  return CODE_LISTS[list].codes.map(({ code, zh }) => ({ value: code, name: zh }))
}

/** A code in words; the code itself when the list doesn't have it. */
export function codeWords(list: CodeListName, code: string): string {
  return CODE_LISTS[list].codes.find((each) => each.code === code)?.zh ?? code
}
