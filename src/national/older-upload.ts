import { dataOf, rowsOf } from './gateway.ts'
import type { TextObject, Texts } from './texts.ts'

/** What the older edition (7101) calls otherwise than the pre-check of the newer one (D001). */
const RENAMED: Readonly<Record<string, string>> = {
  rx_drug_nums: 'rxDrugCnt',
  rx_way_codg: 'rxUsedWayCodg',
  rx_way_name: 'rxUsedWayName',
  rx_freq_codg: 'rxFrquCodg',
  rx_freq_name: 'rxFrquName',
  valid_days: 'valiDays',
  valid_end_time: 'valiEndTime',
  medc_starttime: 'medcBegntime',
  drug_cnt_unit: 'drugDosunt',
  ipt_op_no: 'iptOtpNo',
  age: 'patnAge',
  patn_ht: 'patnHgt',
  patn_wt: 'patnWt',
  fstdiag: 'fstdiagFlag',
  diag_code: 'maindiagCode',
  diag_name: 'maindiagName',
  dise_dor_no: 'diagDrNo',
  dise_dor_name: 'diagDrName',
}
/** Of a diagnosis these are its own, and not those of the visit. */
const OF_DIAGNOSIS: Readonly<Record<string, string>> = {
  ...RENAMED,
  diag_code: 'diagCode',
  diag_name: 'diagName',
}

/**
 * The pre-check (D001) that an upload of the older edition (7101) is: the same members under the names of the newer one.
 * Nodes may be a list or one object.
 */
export function preCheckOf(input: TextObject): TextObject {
  const [visit] = rowsOf(input['mdtrtinfo'])
  return {
    ...renamed(dataOf(input), RENAMED),
    rxdrugdetail: rowsOf(input['rxdrugdetail']).map((row) => renamed(row, RENAMED)),
    mdtrtinfo: renamed(visit ?? {}, RENAMED),
    diseinfo: rowsOf(input['diseinfo']).map((row) => renamed(row, OF_DIAGNOSIS)),
  }
}

function renamed(node: TextObject, names: Readonly<Record<string, string>>): TextObject {
  const members = Object.entries(node).filter(([, value]) => typeof value === 'string')
  return Object.fromEntries(
    members.map(([name, value]): [string, Texts] => [names[name] ?? camel(name), value]),
  )
}

/** `drug_genname` as `drugGenname`. */
function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
