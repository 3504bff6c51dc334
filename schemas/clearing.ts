import { MOST_FEN } from './bounds.ts'
import { civilDay, cursor, fen, instant, pageLimit, prescriptionNo, regionCode, uuid } from './common.ts'

const month = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$', examples: ['2026-11'] } as const
const institutionId = { type: 'string', pattern: '^[A-Z0-9]{1,32}$' } as const
export const count = { type: 'integer', minimum: 0 } as const
const status = { type: 'string', enum: ['draft', 'sent', 'confirmed', 'disputed', 'paid'] } as const
const text = { type: 'string', minLength: 1, maxLength: 500 } as const

export const monthParams = {
  type: 'object',
  additionalProperties: false,
  required: ['month'],
  properties: { month },
} as const

export const statementParams = {
  type: 'object',
  additionalProperties: false,
  required: ['month', 'institutionId'],
  properties: { month, institutionId },
} as const

export const disputeParams = {
  type: 'object',
  additionalProperties: false,
  required: ['month', 'institutionId', 'disputeNo'],
  properties: {
    month,
    institutionId,
    disputeNo: { type: 'string', pattern: '^[1-9]\\d{0,5}$' },
  },
} as const

const form = { type: 'string', enum: ['csv', 'xlsx', 'pdf'] } as const

export const exportParams = {
  type: 'object',
  additionalProperties: false,
  required: ['month', 'form'],
  properties: { month, form },
} as const

export const statementExportParams = {
  type: 'object',
  additionalProperties: false,
  required: ['month', 'institutionId', 'form'],
  properties: { month, institutionId, form },
} as const

export const paperParams = {
  type: 'object',
  additionalProperties: false,
  required: ['settlementId', 'paper'],
  properties: {
    settlementId: uuid,
    paper: {
      type: 'string',
      enum: ['settlement', 'fee-list', 'receipt', 'refund'],
      description: '结算单、费用清单、收据、退费单',
    },
  },
} as const

export const pageQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { after: cursor, limit: pageLimit },
} as const

export const linesQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { after: uuid, limit: pageLimit },
} as const

export const monthClosed = {
  type: 'object',
  additionalProperties: false,
  required: ['regionCode', 'month', 'state'],
  properties: { regionCode, month, state: { type: 'string', const: 'computing' } },
} as const

/** How a closed month stands. */
export const monthOverview = {
  type: 'object',
  additionalProperties: false,
  required: [
    'regionCode',
    'month',
    'state',
    'closedAt',
    'nextDay',
    'postings',
    'statements',
    'trialBalance',
    'pending',
  ],
  properties: {
    regionCode,
    month,
    state: { type: 'string', enum: ['computing', 'finished'] },
    closedAt: instant,
    finishedAt: instant,
    nextDay: { ...civilDay, description: 'The next day to add up' },
    postings: { ...count, description: 'Entries added up so far' },
    statements: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['status', 'statements', 'dueFen', 'closingFen'],
        properties: { status, statements: count, dueFen: fen, closingFen: fen },
      },
    },
    trialBalance: {
      type: 'object',
      additionalProperties: false,
      required: ['totalFen', 'accounts'],
      description: 'Over all accounts of the region as of now; the total is zero',
      properties: {
        totalFen: fen,
        accounts: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['account', 'amountFen', 'entries'],
            properties: { account: { type: 'string' }, amountFen: fen, entries: count },
          },
        },
      },
    },
    pending: {
      type: 'object',
      additionalProperties: false,
      required: ['settlements', 'chargeFen', 'uncollected'],
      description:
        'As of now in no account of an institution: asked for and not decided, at the prices asked',
      properties: {
        settlements: count,
        chargeFen: fen,
        uncollected: {
          type: 'object',
          additionalProperties: false,
          required: ['settlements', 'chargeFen', 'fundFen'],
          description: 'Settled and not handed over: payable to nobody until then',
          properties: { settlements: count, chargeFen: fen, fundFen: fen },
        },
      },
    },
  },
} as const

const summaryProperties = {
  month,
  institutionId,
  status,
  openingFen: { ...fen, description: 'Unpaid when the month began' },
  dueFen: { ...fen, description: 'What the month made payable; negative: the institution owes it' },
  paidFen: { ...fen, description: 'Payments made in the month, for this or earlier ones' },
  closingFen: { ...fen, description: 'Unpaid when the month ended: opening + due - paid' },
  sentAt: instant,
  confirmedAt: instant,
  paidAt: instant,
} as const

const summaryRequired = [
  'month',
  'institutionId',
  'status',
  'openingFen',
  'dueFen',
  'paidFen',
  'closingFen',
] as const

export const statementList = {
  type: 'object',
  additionalProperties: false,
  required: ['statements'],
  properties: {
    statements: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: summaryRequired,
        properties: summaryProperties,
      },
    },
    next: cursor,
  },
} as const

const items = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['item', 'amountFen', 'entries'],
    properties: { item: { type: 'string' }, amountFen: fen, entries: count },
  },
} as const

/** A clearing statement (清算单). */
export const clearingStatement = {
  type: 'object',
  additionalProperties: false,
  required: [...summaryRequired, 'items', 'memos', 'refunds', 'disputes'],
  properties: {
    ...summaryProperties,
    items,
    memos: { ...items, description: 'For information: not paid through clearing' },
    refunds: {
      type: 'object',
      additionalProperties: false,
      required: ['opened', 'openedFen', 'paidBack', 'paidBackFen', 'owed', 'owedFen'],
      description: 'What the institution owes patients: not netted with what is cleared',
      properties: {
        opened: { ...count, description: 'Refunds of the month' },
        openedFen: fen,
        paidBack: { ...count, description: 'Paid back in the month' },
        paidBackFen: fen,
        owed: { ...count, description: 'Owed when the month ended' },
        owedFen: fen,
      },
    },
    disputes: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['disputeNo', 'postingId', 'reasonCode', 'reason', 'raisedAt'],
        properties: {
          disputeNo: count,
          postingId: uuid,
          reasonCode: { type: 'string' },
          reason: { type: 'string' },
          raisedAt: instant,
          resolution: { type: 'string', enum: ['upheld', 'rejected'] },
          answer: { type: 'string' },
          resolvedAt: instant,
          adjustmentId: uuid,
        },
      },
    },
  },
} as const

export const statementLinesAnswer = {
  type: 'object',
  additionalProperties: false,
  required: ['lines'],
  properties: {
    lines: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['postingId', 'day', 'kind', 'amountFen'],
        properties: {
          postingId: uuid,
          day: civilDay,
          kind: { type: 'string' },
          settlementId: uuid,
          prescriptionNo,
          counterpartId: institutionId,
          stayNo: { type: 'string' },
          chargeFen: fen,
          patientFen: fen,
          amountFen: fen,
        },
      },
    },
    next: uuid,
  },
} as const

export const disputeBody = {
  type: 'object',
  additionalProperties: false,
  required: ['postingId', 'reasonCode', 'reason'],
  properties: {
    postingId: uuid,
    reasonCode: {
      type: 'string',
      enum: ['not-ours', 'amount', 'quantity', 'price', 'missing-return', 'other'],
    },
    reason: text,
  },
} as const

export const resolutionBody = {
  type: 'object',
  additionalProperties: false,
  required: ['resolution', 'answer'],
  properties: {
    resolution: { type: 'string', enum: ['upheld', 'rejected'] },
    answer: text,
    correctionFen: {
      ...fen,
      minimum: -MOST_FEN,
      maximum: MOST_FEN,
      description:
        'By which the institution is owed more; negative: less. With earlier corrections of the line no more than the ' +
        'line itself. Booked in the open month.',
    },
  },
} as const

/** What a statement is after a command. */
export const statementMoved = {
  type: 'object',
  additionalProperties: false,
  required: ['month', 'institutionId', 'status'],
  properties: {
    month,
    institutionId,
    status,
    paidFen: fen,
    disputeNo: count,
    adjustmentId: uuid,
  },
} as const

/** What a command on all statements of a month did. */
export const monthMoved = {
  type: 'object',
  additionalProperties: false,
  required: ['month', 'moved', 'left'],
  properties: {
    month,
    moved: { ...count, description: 'Statements that moved' },
    paidFen: { ...fen, description: 'In all, what institutions pay taken off' },
    left: {
      type: 'array',
      description: 'Statements that were in another state and stayed there',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['institutionId', 'status'],
        properties: { institutionId, status },
      },
    },
  },
} as const
