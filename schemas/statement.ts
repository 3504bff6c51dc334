import type { FromSchema } from 'json-schema-to-ts'
import {
  bilingual,
  civilDay,
  decimal,
  fen,
  instant,
  prescriptionNo,
  prescriptionState,
  uuid,
} from './common.ts'
import { price, shownUnitPriceFen } from './price.ts'
import { findings } from './problem.ts'
import { openedRefund } from './refund.ts'

const payer = {
  type: 'string',
  enum: [
    'patient',
    'basic-fund',
    'large-amount',
    'serious-illness',
    'medical-assistance',
    'charity',
    'capitation',
    'institution',
  ],
} as const

const layer = {
  type: 'string',
  enum: [
    'not-covered',
    'paid-elsewhere',
    'above-standard',
    'class-b',
    'deductible',
    'coinsurance',
    'above-maximum',
    'basic-fund',
    'other-benefit',
    'large-amount',
    'serious-illness',
    'medical-assistance',
    'charity',
    'mark-up',
    'payer-decided',
  ],
} as const

/** A figure of the policy that an amount rests on. */
const figure = {
  type: 'object',
  additionalProperties: false,
  required: ['part', 'name', 'value', 'status', 'ruleId'],
  properties: {
    part: { type: 'string', examples: ['ratio'] },
    name: { type: 'string', examples: ['ratioBp'] },
    value: { description: 'A number, a word, or a list or table of them', examples: [7000] },
    status: { type: 'string', enum: ['cited', 'decided', 'sample', 'unset'] },
    ruleId: { type: 'string', examples: ['MZ-7.1'] },
    article: { type: 'string', examples: ['七'] },
    decision: {
      type: 'object',
      description: 'The act of the agency that set it, where no document does',
      additionalProperties: false,
      required: ['by', 'on', 'number', 'why'],
      properties: {
        by: { type: 'string', examples: ['梅州市医疗保障局'] },
        on: { type: 'string', format: 'date' },
        number: { type: 'string', examples: ['梅医保〔2026〕12号'] },
        why: { type: 'string' },
      },
    },
  },
} as const

const payerAmount = {
  type: 'object',
  additionalProperties: false,
  required: ['payer', 'amountFen'],
  properties: { payer, amountFen: fen },
} as const

const statementLine = {
  type: 'object',
  additionalProperties: false,
  required: ['lineNo', 'drugCode', 'quantity', 'unitPriceFen', 'chargeFen', 'payers'],
  properties: {
    lineNo: { type: 'integer' },
    drugCode: { type: 'string' },
    genericName: { type: 'string' },
    unit: { type: 'string' },
    quantity: decimal,
    unitPriceFen: shownUnitPriceFen,
    price,
    chargeFen: fen,
    paymentStandardFen: {
      ...shownUnitPriceFen,
      description: 'For one unit, rounded to six decimals; left out where the price is confidential',
    },
    payers: { type: 'array', items: payerAmount, description: 'Payers that bear something of the line' },
  },
} as const

const statementEntry = {
  type: 'object',
  additionalProperties: false,
  required: ['lineNo', 'layer', 'payer', 'amountFen', 'ruleId', 'part', 'parameters', 'explanation'],
  properties: {
    lineNo: { type: 'integer' },
    layer,
    payer,
    amountFen: {
      ...fen,
      description: 'Fen; negative where a core system decided less than the hub worked out (payer-decided)',
    },
    ruleId: { type: 'string', description: 'The duty in the policy file', examples: ['MZ-7.1'] },
    article: { type: 'string', examples: ['七'] },
    part: { type: 'string', examples: ['deductible'] },
    parameters: { type: 'array', items: figure },
    explanation: bilingual,
  },
} as const

/** How a charge is divided: each amount with its layer, rule, figures and reason. */
export const split = {
  type: 'object',
  additionalProperties: false,
  required: [
    'policyVersion',
    'day',
    'chargeFen',
    'fundFen',
    'patientFen',
    'totals',
    'lines',
    'entries',
    'benefit',
    'restsOnSample',
    'samples',
  ],
  properties: {
    policyVersion: { type: 'string', examples: ['441400/2023-12'] },
    day: { ...civilDay, description: 'The day whose policy and prices count' },
    chargeFen: fen,
    fundFen: { ...fen, description: 'All that the patient does not pay' },
    patientFen: fen,
    totals: { type: 'array', items: payerAmount, description: 'Payers that bear something' },
    lines: { type: 'array', items: statementLine },
    entries: { type: 'array', items: statementEntry },
    benefit: { type: 'string', enum: ['own', 'other'], description: '`other`: another benefit was better' },
    restsOnSample: { type: 'boolean', description: 'True when a figure behind it is a sandbox sample' },
    samples: { type: 'array', items: figure },
  },
} as const
export type Split = FromSchema<typeof split>

const quoteDifference = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'path', 'reason'],
  properties: {
    kind: {
      type: 'string',
      enum: ['input', 'figure', 'amount'],
      description: 'A fact that changed, a figure of the policy, or what follows for a payer in fen',
    },
    path: { type: 'string', examples: ['totals.patient'] },
    before: { description: 'Not of facts: balances and confidential prices stay inside', examples: [65_000] },
    after: { examples: [30_000] },
    reason: bilingual,
  },
} as const

/** The settlement statement (结算单). */
export const statement = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'settlementId', 'status', 'requestedAt', 'findings'],
  properties: {
    prescriptionNo,
    settlementId: uuid,
    status: {
      type: 'string',
      enum: ['requested', 'settled', 'declined', 'deferred', 'reversed'],
      description: '`requested`: not decided yet',
    },
    requestedAt: instant,
    decidedAt: instant,
    reversedAt: instant,
    findings: { ...findings, description: 'Why it was declined, and what the fund does not pay' },
    declined: {
      type: 'object',
      additionalProperties: false,
      description:
        'What a declined settlement lacks and what to do; `findings` has each rule with its article',
      required: ['code', 'title', 'titleEn', 'detail', 'detailEn'],
      properties: {
        code: { type: 'string', description: 'A problem code', examples: ['rules-failed'] },
        title: { type: 'string' },
        titleEn: { type: 'string' },
        detail: { type: 'string', description: 'What to do' },
        detailEn: { type: 'string', description: 'What to do' },
      },
    },
    split: { ...split, description: 'Once settled' },
    quotes: {
      type: 'array',
      description: 'How the bill differs from what was told before, and why; to be read before anybody signs',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['told', 'quotedAt', 'differences'],
        properties: {
          told: { type: 'string', enum: ['pharmacy', 'patient'] },
          quotedAt: instant,
          differences: { type: 'array', items: quoteDifference, description: 'Empty: the bill is the quote' },
        },
      },
    },
  },
} as const

/** A settlement that was left to manual reimbursement. */
export const deferred = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'settlementId', 'state', 'manualFileId'],
  properties: {
    prescriptionNo,
    settlementId: uuid,
    state: { type: 'string', const: 'deferred' },
    manualFileId: { ...uuid, description: 'The file for manual reimbursement' },
  },
} as const

/** A settlement that was reversed before the hand-over. */
export const reversed = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'settlementId', 'state'],
  properties: {
    prescriptionNo,
    settlementId: uuid,
    state: { type: 'string', enum: ['reviewed'] },
    refund: openedRefund,
  },
} as const

/** Goods that were taken back. */
export const goodsReturned = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'dispenseId', 'returnId', 'settlementId', 'state', 'lines'],
  properties: {
    prescriptionNo,
    dispenseId: uuid,
    returnId: uuid,
    settlementId: { ...uuid, description: 'The settlement that was reversed' },
    resettlementId: { ...uuid, description: 'The settlement of what the patient keeps, in its place' },
    state: {
      ...prescriptionState,
      description:
        '`returned` once the patient keeps nothing of a dispensed prescription; otherwise as before',
    },
    refund: openedRefund,
    lines: {
      type: 'array',
      description: 'The lines of the supply',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['lineNo', 'returned', 'kept'],
        properties: {
          lineNo: { type: 'integer' },
          returned: { ...decimal, description: 'What came back of it, now and before' },
          kept: { ...decimal, description: 'What the patient has of it' },
        },
      },
    },
  },
} as const

/** A supplier's own settlements of one prescription. */
export const ownSettlements = {
  type: 'object',
  additionalProperties: false,
  required: ['prescriptionNo', 'settlements'],
  properties: {
    prescriptionNo,
    settlements: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['settlementId', 'settledAt', 'isReversed', 'papers'],
        properties: {
          settlementId: uuid,
          settledAt: instant,
          isReversed: { type: 'boolean' },
          papers: {
            type: 'array',
            items: { type: 'string' },
            description: 'To be had at `/papers/settlements/{settlementId}/{paper}`',
          },
        },
      },
    },
  },
} as const
