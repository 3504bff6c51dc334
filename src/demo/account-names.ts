import type { Bilingual } from '../domain/finding.ts'

/** What the agency calls the accounts of its trial balance. */
const NAMES: Readonly<Record<string, Bilingual>> = {
  'fund:basic:employee': { zh: '职工医保统筹基金支出', en: 'Basic fund of employees' },
  'fund:basic:resident': { zh: '居民医保统筹基金支出', en: 'Basic fund of residents' },
  'fund:large-amount': { zh: '大额医疗费用补助支出', en: 'Large-amount insurance' },
  'fund:serious-illness': { zh: '大病保险支出', en: 'Serious-illness insurance' },
  'fund:medical-assistance': { zh: '医疗救助支出', en: 'Medical assistance' },
  capitation: { zh: '包干账户支出', en: 'Capitation accounts' },
  'charity:supply': { zh: '慈善赠药', en: 'Charity supply' },
  'patient:paid': { zh: '患者支付', en: 'Paid by patients' },
  'institution:receivable': { zh: '应拨定点机构', en: 'Owed to institutions' },
  'institution:deduction': { zh: '住院外购药品扣减', en: 'Taken off hospitals' },
  'institution:paid': { zh: '已拨定点机构', en: 'Paid to institutions' },
  'institution:counter': { zh: '药店收取患者支付', en: 'Taken at the counter' },
  'institution:patient-receivable': { zh: '医院应向患者收取', en: 'To be collected from patients' },
  'institution:prepaid': { zh: '包干已预付', en: 'Prepaid by capitation' },
  'institution:charity': { zh: '药店收到慈善赠药', en: 'Charity supply received' },
}

/** The name of an account; one that has none is called as the hub calls it. */
export function accountName(account: string): Bilingual {
  const kind = account.replace(/^institution:[^:]+/, 'institution').replace(/^capitation:.*/, 'capitation')
  return NAMES[kind] ?? { zh: account, en: account }
}
