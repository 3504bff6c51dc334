import type { Split } from '../../schemas/statement.ts'
import { yuan } from './document.ts'
import type { TextObject } from './texts.ts'
import { textOf } from './texts.ts'

type Payer = Split['totals'][number]['payer']
type Layer = Split['entries'][number]['layer']

/** Of whom a bill is, as the interface tells it. */
export interface BillPerson {
  readonly personId: string
  readonly name: string
  readonly idType: string
  readonly idNumber: string
  readonly sex: string
  readonly birthDate: string
  readonly scheme: 'employee' | 'resident'
}

/** Which bill it is; ids in the interface's length. */
export interface BillIds {
  /** Absent in a preview. */
  readonly setlId?: string
  readonly mdtrtId: string
  /** The message that asked for the settlement. */
  readonly medinsSetlId: string
  /** `yyyy-MM-dd HH:mm:ss`; empty in a preview. */
  readonly setlTime: string
}

/** Which way the amounts of a reversal are told: the interface does not say. */
export type ReversalSign = 'negative' | 'positive'

/** 基金支付类型 by payer and scheme. */
const FUND_TYPES: Readonly<Record<BillPerson['scheme'], Partial<Record<Payer, readonly [string, string]>>>> =
  {
    employee: {
      'basic-fund': ['310100', '城镇职工基本医疗保险统筹基金'],
      capitation: ['310100', '城镇职工基本医疗保险统筹基金'],
      'large-amount': ['330100', '大额医疗费用补助基金'],
      'serious-illness': ['330100', '大额医疗费用补助基金'],
      'medical-assistance': ['610100', '医疗救助基金'],
    },
    resident: {
      'basic-fund': ['390100', '城乡居民基本医疗保险基金'],
      capitation: ['390100', '城乡居民基本医疗保险基金'],
      'large-amount': ['390200', '城乡居民大病医疗保险基金'],
      'serious-illness': ['390200', '城乡居民大病医疗保险基金'],
      'medical-assistance': ['610100', '医疗救助基金'],
    },
  }
const OTHER = ['999997', '其他基金'] as const

/**
 * A bill as 2101, 2102 and 2103 tell it. What holds between the figures: total = funds + patient, patient = account +
 * cash, and the details of the funds sum up to the funds.
 *
 * @param asked the druginfo of the request, of which some members are told again
 * @param sign -1 for a reversal whose amounts are told negative
 */
export function billOf(split: Split, person: BillPerson, ids: BillIds, asked: TextObject, sign: 1 | -1 = 1) {
  const money = (fen: number) => amount(sign * fen)
  const paid = (...payers: Payer[]) => sumOf(split.totals.filter(({ payer }) => payers.includes(payer)))
  const carried = (...layers: Layer[]) =>
    sumOf(split.entries.filter(({ layer, payer }) => payer === 'patient' && layers.includes(layer)))
  const [own, over, first] = [carried('not-covered'), carried('above-standard'), carried('class-b')]
  const inScope = split.chargeFen - own - over - first
  const pool = paid('basic-fund', 'capitation')
  const { employee, resident } = {
    employee: person.scheme === 'employee' ? paid('large-amount', 'serious-illness') : 0,
    resident: person.scheme === 'resident' ? paid('large-amount', 'serious-illness') : 0,
  }
  return {
    setlinfo: {
      ...(ids.setlId === undefined ? {} : { setl_id: ids.setlId }),
      mdtrt_id: ids.mdtrtId,
      psn_no: person.personId,
      psn_name: person.name,
      psn_cert_type: person.idType,
      certno: person.idNumber,
      gend: person.sex,
      brdy: person.birthDate,
      insutype: person.scheme === 'employee' ? '310' : '390',
      setl_time: ids.setlTime,
      mdtrt_cert_type: textOf(asked, 'mdtrt_cert_type') ?? '',
      med_type: textOf(asked, 'med_type') ?? '',
      medfee_sumamt: money(split.chargeFen),
      fulamt_ownpay_amt: money(own),
      overlmt_selfpay: money(over),
      preselfpay_amt: money(first),
      inscp_scp_amt: money(inScope),
      act_pay_dedc: money(carried('deductible')),
      hifp_pay: money(pool),
      // The fund's share, whatever the name says: so it stands in real answers.
      pool_prop_selfpay: inScope > 0 ? Math.floor((pool * 10_000) / inScope) / 10_000 : 0,
      cvlserv_pay: 0,
      hifes_pay: 0,
      hifmi_pay: money(resident),
      hifob_pay: money(employee),
      maf_pay: money(paid('medical-assistance')),
      oth_pay: money(paid('charity', 'institution')),
      fund_pay_sumamt: money(split.fundFen),
      psn_part_amt: money(split.patientFen),
      acct_pay: 0,
      psn_cash_pay: money(split.patientFen),
      acct_mulaid_pay: 0,
      balc: 0,
      medins_setl_id: ids.medinsSetlId,
    },
    setldetail: fundsOf(split, person.scheme).map(({ type, name, fen }) => ({
      fund_pay_type: type,
      fund_pay_type_name: name,
      fund_payamt: money(fen),
      setl_proc_info: '[]',
    })),
  }
}

function fundsOf({ totals }: Split, scheme: BillPerson['scheme']) {
  const funds = new Map<string, { type: string; name: string; fen: number }>()
  for (const { payer, amountFen } of totals) {
    if (payer === 'patient') continue
    const [type, name] = FUND_TYPES[scheme][payer] ?? OTHER
    funds.set(type, { type, name, fen: amountFen + (funds.get(type)?.fen ?? 0) })
  }
  return [...funds.values()]
}

/** How each row of a request was paid; what is told of a line in several rows stands in its first. */
export function rowsOfBill(split: Split, rows: readonly (TextObject & object)[], lineNos: readonly number[]) {
  return rows.map((row, index) => {
    const lineNo = lineNos[index]!
    const isFirst = lineNos.indexOf(lineNo) === index
    const carried = (...layers: Layer[]) =>
      isFirst
        ? amount(
            sumOf(
              split.entries.filter(
                (entry) =>
                  entry.lineNo === lineNo && entry.payer === 'patient' && layers.includes(entry.layer),
              ),
            ),
          )
        : 0
    const line = split.lines.find((each) => each.lineNo === lineNo)
    return {
      feedetl_sn: textOf(row, 'feedetl_sn') ?? '',
      det_item_fee_sumamt: Number(textOf(row, 'det_item_fee_sumamt') ?? amount(line?.chargeFen ?? 0)),
      cnt: Number(textOf(row, 'cnt') ?? 0),
      pric: Number(textOf(row, 'pric') ?? amount(Math.round(line?.unitPriceFen ?? 0))),
      fulamt_ownpay_amt: carried('not-covered'),
      overlmt_amt: carried('above-standard'),
      preselfpay_amt: carried('class-b'),
    }
  })
}

function sumOf(amounts: readonly { readonly amountFen: number }[]): number {
  return amounts.reduce((sum, { amountFen }) => sum + amountFen, 0)
}

/** Fen as a number of yuan with two decimals, as it is printed. */
function amount(fen: number): number {
  return fen === 0 ? 0 : Number(yuan(fen))
}
