import { wallTime } from './hospital.ts'

// biome-ignore lint/suspicious/noExplicitAny: a pharmacy's own record, which the hub's types say nothing of
type Json = any

/** Who works at the pharmacy. */
export interface PharmacyStaff {
  readonly code: string
  readonly name: string
  readonly licenceNo: string
}

/** A pack on the shelf. */
export interface Pack {
  readonly batchNo: string
  readonly expiresOn: string
  readonly traceCodes: readonly string[]
}

const OPERATOR = { ip_info: '10.0.0.8', opter: '001', opter_name: '收费员' }

/** 7201: the code that the patient shows. */
export function codeScanned(code: string, institutionId: string): Json {
  return {
    app_chnl_id: 'POS',
    app_chnl_user_id: '001',
    auth_code: '',
    dev_info: 'scanner-1',
    epc_qrcd: code,
    optins: institutionId,
    ...OPERATOR,
  }
}

/** 7202: what the patient shows instead. `type` 01 e-certificate, 02 identity card, 03 insurance card. */
export function credentialShown(type: string, number: string, region: string, institutionId: string): Json {
  return {
    mdtrt_cert_type: type,
    mdtrt_cert_no: number,
    card_sn: type === '03' ? 'C0123456789' : '',
    insuplc_admdvs: region,
    optins: institutionId,
    ...OPERATOR,
  }
}

/** 7203. */
export function download(
  token: { readonly epc_token?: string; readonly auth_rxno?: string },
  region: string,
): Json {
  return { epc_token: token.epc_token ?? '', auth_rxno: token.auth_rxno ?? '', insuplc_admdvs: region }
}

/** 7204: the pharmacist's yes or no. */
export function review(
  hiRxno: string,
  staff: PharmacyStaff,
  isPassed: boolean,
  opinion: string,
  at: Date,
): Json {
  return {
    hi_rxno: hiRxno,
    phar_cert_type: '01',
    phar_certno: '000000000000000000',
    phar_name: staff.name,
    phar_prac_cert_no: staff.licenceNo,
    phar_sign_info: '',
    rchk_phar_cert_type: '01',
    rchk_phar_certno: '000000000000000000',
    rchk_phar_name: staff.name,
    rx_chk_opnn: opinion,
    rx_chk_stas_codg: isPassed ? '1' : '2',
    rx_chk_time: wallTime(at),
    rx_chk_file: '',
  }
}

/** 2101 and 2102: the goods with their prices in yuan for one unit. */
export function settlement(
  rx: Json,
  credential: { readonly type: string; readonly number: string },
  prices: readonly string[],
  at: Date,
): Json {
  const rows = rx.rxdrugdetail.map((row: Json, index: number) => {
    const pric = prices[index] ?? '0'
    return {
      feedetl_sn: String(index + 1),
      rxno: rx.data.hi_rxno,
      rx_circ_flag: '1',
      fee_ocur_time: wallTime(at),
      med_list_codg: row.med_list_codg,
      medins_list_codg: `SHELF-${index + 1}`,
      det_item_fee_sumamt: times(pric, row.drug_cnt),
      cnt: row.drug_cnt,
      pric,
    }
  })
  const total = rows.reduce(
    (sum: number, row: Json) => sum + Math.round(Number(row.det_item_fee_sumamt) * 100),
    0,
  )
  return {
    druginfo: {
      psn_no: rx.mdtrtinfo.psn_no,
      mdtrt_cert_type: credential.type,
      mdtrt_cert_no: credential.number,
      card_sn: credential.type === '03' ? 'C0123456789' : '',
      begntime: wallTime(at),
      medfee_sumamt: (total / 100).toFixed(2),
      invono: '',
      insutype: rx.mdtrtinfo.insutype,
      dise_codg: rx.mdtrtinfo.dise_codg ?? '',
      dise_name: rx.mdtrtinfo.dise_name ?? '',
      acct_used_flag: '0',
      med_type: '41',
    },
    drugdetail: rows,
  }
}

/** Yuan for one unit times a quantity, to a fen. */
function times(price: string, count: string): string {
  return (Math.round(Number(price) * Number(count) * 100) / 100).toFixed(2)
}

/** 7206: the sale, against a settlement and the token of the download. */
export function sale(
  rx: Json,
  token: string,
  settled: Json,
  staff: PharmacyStaff,
  packs: readonly Pack[],
  at: Date,
): Json {
  const { setlinfo } = settled
  return {
    data: {
      hi_rxno: rx.data.hi_rxno,
      phar_cert_type: '01',
      phar_certno: '000000000000000000',
      phar_name: staff.name,
      phar_prac_cert_no: staff.licenceNo,
      dspeer_cert_type: '01',
      dspeer_certno: '000000000000000000',
      dspeer_name: staff.name,
      // So it is spelt in the interface.
      pro__cert_type: '01',
      pro_certno: '000000000000000000',
      pro_name: staff.name,
      hi_feesetl_type: '1',
      setl_id: setlinfo.setl_id,
      sel_retn_time: wallTime(at),
      memo: '',
      download_ide_code: token,
      payMode: '3',
      fund_pay_sumamt: setlinfo.fund_pay_sumamt,
      psn_part_amt: setlinfo.psn_part_amt,
      acct_pay: setlinfo.acct_pay,
      psn_cash_pay: setlinfo.psn_cash_pay,
      setl_time: setlinfo.setl_time,
    },
    selinfo: rx.rxdrugdetail.map((row: Json, index: number) => ({
      med_list_codg: row.med_list_codg,
      fixmedins_hilist_id: `SHELF-${index + 1}`,
      fixmedins_hilist_name: row.drug_genname,
      drug_dosform: row.drug_dosform,
      drug_spec: row.drug_spec,
      manu_lotnum: packs[index]?.batchNo,
      prdr_name: row.prdr_name ?? '',
      manu_date: '2026-01-01',
      expy_end: packs[index]?.expiresOn,
      rx_flag: '1',
      trdn_flag: '0',
      finl_trns_pric: '0',
      drugtracinfo: packs[index]?.traceCodes.map((code) => ({ drug_trac_codg: code })),
      sel_retn_cnt: row.drug_cnt,
      drug_cnt_unit: row.drug_cnt_unit,
      sumamt: '0',
    })),
  }
}

/** 7205: how far a delivery is. */
export function delivery(
  hiRxno: string,
  state: { readonly code: string; readonly name: string },
  at: Date,
): Json {
  return {
    hi_rxno: hiRxno,
    delv_no: 'PS-0001',
    delv_addr: '样例小区 1 号',
    delv_dist: 2.5,
    delv_entp_name: '样例配送',
    delver_name: '配送员',
    delver_tel: '13800000000',
    delv_stas_codg: state.code,
    delv_stas_name: state.name,
    delv_stas_time: wallTime(at),
  }
}

/** 2103: take a settlement back. */
export function reversal(settled: Json): Json {
  const { setl_id, mdtrt_id, psn_no } = settled.setlinfo
  return { data: { setl_id, mdtrt_id, psn_no, expContent: '' } }
}
