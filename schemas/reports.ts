import { fen } from './common.ts'

const code = { type: 'string' } as const
const quantity = { type: 'string', description: 'Decimal text in the unit of the drug' } as const
const number = { type: 'integer' } as const

/** `2026-11` */
const month = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$', examples: ['2026-11'] } as const

export const monthParams = {
  type: 'object',
  additionalProperties: false,
  required: ['month'],
  properties: { month },
} as const

export const reportFileParams = {
  type: 'object',
  additionalProperties: false,
  required: ['month', 'report'],
  properties: {
    month,
    report: {
      type: 'string',
      enum: ['drugs', 'costly-drugs', 'outliers', 'fund-trend', 'lapsed-holds', 'never-prescribed'],
    },
  },
} as const

const drugRow = {
  type: 'object',
  additionalProperties: false,
  required: [
    'institutionId',
    'drugCode',
    'genericName',
    'bought',
    'dispensed',
    'prescribed',
    'chargeFen',
    'fundFen',
    'patientFen',
  ],
  properties: {
    institutionId: code,
    drugCode: code,
    genericName: code,
    stocked: quantity,
    bought: quantity,
    dispensed: { ...quantity, description: 'Handed over by it, less what came back' },
    prescribed: {
      ...quantity,
      description: 'Handed over anywhere on its prescriptions, less what came back (SC-N4)',
    },
    chargeFen: fen,
    fundFen: fen,
    patientFen: fen,
  },
} as const

const costlyRow = {
  type: 'object',
  additionalProperties: false,
  required: ['list', 'rank', 'drugCode', 'genericName', 'dispensed', 'chargeFen', 'fundFen', 'institutions'],
  properties: {
    list: { type: 'string', enum: ['costly', 'high-volume'] },
    rank: number,
    drugCode: code,
    genericName: code,
    dispensed: quantity,
    chargeFen: fen,
    fundFen: fen,
    institutions: number,
  },
} as const

const outlierRow = {
  type: 'object',
  additionalProperties: false,
  required: ['subjectKind', 'subjectId', 'drugCode', 'quantity', 'median', 'scoreHundredths'],
  properties: {
    subjectKind: { type: 'string', enum: ['physician', 'pharmacy'] },
    subjectId: code,
    drugCode: code,
    quantity,
    median: quantity,
    scoreHundredths: { type: 'integer', description: 'Modified z-score × 100; listed above 350' },
  },
} as const

const trendRow = {
  type: 'object',
  additionalProperties: false,
  required: ['month', 'account', 'settledFen', 'reversedFen', 'reimbursedFen', 'paidFen'],
  properties: {
    month,
    account: code,
    settledFen: fen,
    reversedFen: fen,
    reimbursedFen: fen,
    paidFen: fen,
  },
} as const

const lapsedRow = {
  type: 'object',
  additionalProperties: false,
  required: ['institutionId', 'taken', 'lapsed'],
  properties: { institutionId: code, taken: number, lapsed: number },
} as const

const neverRow = {
  type: 'object',
  additionalProperties: false,
  required: ['institutionId', 'listId', 'listed', 'prescribed', 'neverPrescribed'],
  properties: {
    institutionId: code,
    listId: code,
    listed: number,
    prescribed: number,
    neverPrescribed: { type: 'array', items: { type: 'string' }, description: 'Drug codes' },
  },
} as const

const reportShape = { type: 'object', additionalProperties: false, required: ['month', 'rows'] } as const

export const drugReport = {
  ...reportShape,
  properties: { month, rows: { type: 'array', items: drugRow } },
} as const
export const costlyReport = {
  ...reportShape,
  properties: { month, rows: { type: 'array', items: costlyRow } },
} as const
export const outlierReport = {
  ...reportShape,
  properties: { month, rows: { type: 'array', items: outlierRow } },
} as const
export const trendReport = {
  ...reportShape,
  properties: { month, rows: { type: 'array', items: trendRow } },
} as const
export const lapsedReport = {
  ...reportShape,
  properties: { month, rows: { type: 'array', items: lapsedRow } },
} as const
export const neverReport = {
  ...reportShape,
  properties: { month, rows: { type: 'array', items: neverRow } },
} as const
