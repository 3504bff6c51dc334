import type { Split } from '../../../schemas/statement.ts'
import { inForce } from '../../domain/facts.ts'
import type { Finding } from '../../domain/finding.ts'
import type { CivilDay } from '../../domain/primitives/civil-day.ts'
import { formatYuan } from '../../domain/primitives/money.ts'
import { shownPrice } from '../../domain/primitives/price.ts'
import type { Layer, Payer } from '../../domain/settlement/adjudication.ts'
import type { AdjudicationJson } from '../../domain/settlement/adjudication-json.ts'
import type { RegisterSnapshot } from '../../storage/register-cache.ts'

type FigureJson = AdjudicationJson['samples'][number]

/**
 * An adjudication as pharmacies and patients may see it: every amount with its layer, rule, figures and explanation,
 * and no confidential price (保密价格). Balances of the person's year and other inputs stay inside.
 *
 * @param snapshot says which payment standards are confidential; any confidential price of a drug on the day of
 *   settlement or today hides its standard
 */
export function splitView(
  adjudication: AdjudicationJson,
  snapshot: RegisterSnapshot,
  today: CivilDay,
): Split {
  const { input, totals, charge } = adjudication
  const hidden = new Set(
    input.lines
      .map((line) => line.drugCode)
      .filter((code) => isConfidential(snapshot, code, input.day) || isConfidential(snapshot, code, today)),
  )
  const codes = new Map(input.lines.map((line) => [line.lineNo, line.drugCode]))
  return {
    policyVersion: input.versionId,
    day: input.day,
    chargeFen: charge,
    fundFen: charge - totals.patient,
    patientFen: totals.patient,
    totals: shares(totals),
    lines: adjudication.lines.map((line) => {
      const supplied = input.lines.find(({ lineNo }) => lineNo === line.lineNo)!
      const drug = snapshot.find('drug', line.drugCode, input.day)
      const standard = hidden.has(line.drugCode) ? undefined : supplied.paymentStandardFen
      return {
        lineNo: line.lineNo,
        drugCode: line.drugCode,
        ...(drug === undefined ? {} : { genericName: drug.genericName, unit: drug.unit }),
        quantity: supplied.quantity,
        ...shownPrice(supplied.unitPriceFen),
        chargeFen: line.charge,
        ...(standard === undefined ? {} : { paymentStandardFen: shownPrice(standard).unitPriceFen }),
        payers: shares(line.payers),
      }
    }),
    entries: adjudication.entries.map((entry) => ({
      lineNo: entry.lineNo,
      layer: entry.layer,
      payer: entry.payer,
      amountFen: entry.amount,
      ruleId: entry.ruleId,
      ...(entry.article === undefined ? {} : { article: entry.article }),
      part: entry.part,
      parameters: entry.parameters.map(figureView),
      explanation:
        PRICED.has(entry.layer) && hidden.has(codes.get(entry.lineNo) ?? '')
          ? withoutPrice(entry.amount)
          : entry.explanation,
    })),
    benefit: adjudication.benefit,
    restsOnSample: adjudication.restsOnSample,
    samples: adjudication.samples.map(figureView),
  }
}

/** Layers whose sentence names a registered price. */
const PRICED: ReadonlySet<Layer> = new Set(['above-standard', 'mark-up'])

/** True when some registered price of the drug may not be published on that day. */
export function isConfidential(snapshot: RegisterSnapshot, drugCode: string, day: CivilDay): boolean {
  return inForce(snapshot.about('payment-standard', drugCode), day).some(({ confidential }) => confidential)
}

function withoutPrice(amount: number): Finding['message'] {
  const yuan = formatYuan(BigInt(amount))
  return {
    zh: `超出部分 ${yuan} 元；该药价格保密，不予列示。`,
    en: `CNY ${yuan} in excess; the price of this drug is confidential and not shown.`,
  }
}

function shares(payers: Readonly<Record<Payer, number>>): Split['totals'] {
  return Object.entries(payers)
    .filter(([, amount]) => amount !== 0)
    .map(([payer, amountFen]) => ({ payer: payer as Payer, amountFen }))
}

function figureView({ part, name, value, status, ruleId, article }: FigureJson): Split['samples'][number] {
  return { part, name, value, status, ruleId, ...(article === undefined ? {} : { article }) }
}
