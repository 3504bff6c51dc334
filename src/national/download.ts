import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import { nationalTime, nodeOf } from './document.ts'
import { snake } from './gateway.ts'

/** What the pharmacy's side calls otherwise than the hospital's. */
const RENAMED: Readonly<Record<string, string>> = {
  rxDrugCnt: 'rx_drug_nums',
  rxUsedWayCodg: 'rx_way_codg',
  rxUsedWayName: 'rx_way_name',
  rxFrquCodg: 'rx_freq_codg',
  rxFrquName: 'rx_freq_name',
  valiDays: 'valid_days',
  valiEndTime: 'valid_end_time',
  medcBegntime: 'medc_starttime',
  drugDosunt: 'drug_cnt_unit',
  iptOtpNo: 'ipt_op_no',
  patnAge: 'age',
  patnHgt: 'patn_ht',
  patnWt: 'patn_wt',
  fstdiagFlag: 'fstdiag',
  diagDrNo: 'dise_dor_no',
  diagDrName: 'dise_dor_name',
}

/** 险种类型. */
const SCHEMES: Readonly<Record<string, string>> = { employee: '310', resident: '390' }

/** What a download tells besides the document. */
export interface DownloadFacts {
  readonly prescriptionNo: string
  /** Exclusive. */
  readonly expiresAt: Date
  /** The file as uploaded, or as the hub prints it. */
  readonly rxFile: Buffer
  /** The hospital's own pharmacist, where the upload named one. */
  readonly pharmacist: { readonly name: string; readonly checkedAt: string }
  readonly insuredRegion: string
  readonly scheme: string | undefined
  /** What is left of each line, by its number; decimal text. */
  readonly remaining: ReadonlyMap<number, string>
}

/** 7203 电子处方下载: the prescription with its lines, visit and diagnoses. */
export function downloadOf(document: PrescriptionDocument, facts: DownloadFacts) {
  const { prescriptionNo, expiresAt, rxFile, pharmacist } = facts
  const primary = document.diagnoses.find(({ primary }) => primary === true) ?? document.diagnoses[0]!
  const days = Math.ceil((expiresAt.getTime() - Date.parse(document.issuedAt)) / 86_400_000)
  return {
    data: {
      ...renamed(nodeOf(document, 'header')),
      hi_rxno: prescriptionNo,
      fixmedins_code: document.hospital.institutionId,
      fixmedins_name: document.hospital.name,
      rx_drug_nums: String(document.herbal?.doses ?? document.lines.length),
      valid_days: String(days),
      valid_end_time: nationalTime(new Date(expiresAt.getTime() - 1000)),
      rept_flag: document.reuse?.isReusable === true ? '1' : '0',
      rx_file: rxFile.toString('base64'),
    },
    rxdrugdetail: document.lines.map((line, index) => {
      const told = renamed(nodeOf(document, 'rxdrugdetail', index))
      return {
        ...told,
        drug_prodname: line.tradeName ?? line.genericName,
        drug_totlnt: told['drug_cnt'] ?? '',
        drug_totlnt_emp: line.unit,
        // What may still be supplied: of a line that was supplied in part before, the rest.
        drug_cnt: facts.remaining.get(line.lineNo) ?? told['drug_cnt'] ?? '',
      }
    }),
    mdtrtinfo: {
      ...renamed(nodeOf(document, 'mdtrtinfo')),
      insuplc_admdvs: facts.insuredRegion,
      insutype: SCHEMES[facts.scheme ?? ''] ?? '',
      diag_code: primary.code,
      diag_name: primary.name,
      phar_name: pharmacist.name,
      phar_chk_time: pharmacist.checkedAt,
    },
    diseinfo: document.diagnoses.map((_, index) => renamed(nodeOf(document, 'diseinfo', index))),
  }
}

function renamed(node: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [RENAMED[name] ?? snake(name), value]),
  )
}
