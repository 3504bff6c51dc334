import { civilDay, fen, instant, pageLimit, prescriptionNo, uuid } from './common.ts'

const refundState = {
  type: 'string',
  enum: ['owed', 'paid-back', 'nothing-taken'],
  description: '`nothing-taken`: the supplier said that nothing was paid at the till',
} as const

/** The refund that a reversal or a return opened, in the answer to it. */
export const openedRefund = {
  type: 'object',
  additionalProperties: false,
  required: ['refundId', 'amountFen', 'dueOn'],
  description: 'What the supplier owes the patient; absent when nothing is owed',
  properties: {
    refundId: uuid,
    amountFen: { ...fen, description: 'The part of the patient that was paid at the till' },
    dueOn: { ...civilDay, description: 'Last day to pay it back' },
  },
} as const

export const refundParams = {
  type: 'object',
  additionalProperties: false,
  required: ['refundId'],
  properties: { refundId: uuid },
} as const

/** How it was paid back. */
export const paidBackBody = {
  type: 'object',
  additionalProperties: false,
  required: ['reference'],
  properties: {
    reference: {
      type: 'string',
      pattern: '^[A-Za-z0-9._:/-]{1,100}$',
      description: 'Of the payment: a number at the till or the bank',
      examples: ['TILL-20261122-0031'],
    },
  },
} as const

export const refund = {
  type: 'object',
  additionalProperties: false,
  required: [
    'refundId',
    'prescriptionNo',
    'dispenseId',
    'settlementId',
    'pharmacyId',
    'cause',
    'amountFen',
    'openedAt',
    'dueOn',
    'state',
  ],
  properties: {
    refundId: uuid,
    prescriptionNo,
    dispenseId: uuid,
    settlementId: { ...uuid, description: 'The settlement that was taken back' },
    pharmacyId: { type: 'string', description: 'Who owes it' },
    cause: {
      type: 'string',
      enum: ['goods-returned', 'settlement-reversed', 'settlement-lapsed', 'payer-withdrew'],
    },
    amountFen: fen,
    openedAt: instant,
    dueOn: { ...civilDay, description: 'Last day to pay it back' },
    state: refundState,
    closedAt: instant,
    reference: { type: 'string', description: 'Of the payment' },
  },
} as const

export const refundQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    state: refundState,
    after: { ...uuid, description: 'The `next` of the page before' },
    limit: pageLimit,
  },
} as const

export const refundPage = {
  type: 'object',
  additionalProperties: false,
  required: ['items', 'owedFen'],
  properties: {
    items: { type: 'array', items: refund, description: 'Oldest first' },
    owedFen: { ...fen, description: 'What is owed in all, on this page or not' },
    next: { ...uuid, description: 'Cursor of the next page; absent on the last one' },
  },
} as const
