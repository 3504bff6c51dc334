/** The type of an event, what it says, and what its `data` holds: codes and ids, never personal data. */
interface CataloguedEvent {
  readonly meaning: string
  readonly data: Readonly<Record<string, object>>
  /** Members that are always there. */
  readonly always?: readonly string[]
}

const text = (description: string) => ({ type: 'string', description }) as const
const fen = (description: string) => ({ type: 'integer', description }) as const
const instant = (description: string) => ({ type: 'string', format: 'date-time', description }) as const

const pharmacyId = text('The pharmacy that it is about, by its national code')
const dispenseId = text('Names the supply')
const reason = text('Why, by code')
const releaseReason = text('Why the pharmacy gave it back, where `reason` is that of a cancel')
const settlementId = text('Names the settlement')
const relation = text('The patient or an agent; never a name')
const way = text('Over the counter, to the home, or to the hospital')
const returned = {
  type: 'array',
  description: 'What came back, by line',
  items: {
    type: 'object',
    required: ['lineNo', 'quantity'],
    properties: {
      lineNo: { type: 'integer', description: 'Number of the line' },
      quantity: text('How much came back, as a decimal'),
    },
  },
} as const
const findings = {
  type: 'array',
  description: 'The rules that stood against it',
  items: {
    type: 'object',
    properties: {
      ruleId: text('Id of the rule'),
      rule: text('Its name in the policy'),
      article: text('Where the document says so'),
      effect: text('What the rule does'),
    },
  },
} as const
const remedy = {
  type: 'object',
  description: 'What to do',
  properties: { zh: text('In Chinese'), en: text('In English') },
} as const
const cameBack = {
  data: { pharmacyId, reason, dispenseId, returnId: text('Names the return'), lines: returned },
  always: ['reason', 'dispenseId', 'returnId', 'pharmacyId', 'lines'],
} as const
const ended = { data: { pharmacyId, reason, releaseReason, dispenseId } } as const
const handedOver = {
  data: { pharmacyId, dispenseId, relation, way },
  always: ['dispenseId', 'way'],
} as const

/** Every event of the feeds, streams and callbacks. A test holds it against what the hub writes. */
export const EVENTS = {
  'pharmacy-chosen': {
    meaning: 'The patient chose a pharmacy, by the link or at its counter',
    data: {
      pharmacyId,
      previousPharmacyId: text('The one that was chosen before'),
      at: text('`counter` when it was chosen by presenting the code or the paper there'),
      origin: text('`paper` for a prescription that was entered from paper'),
      reason: text('Why it was entered from paper, by code'),
      hospitalPrescriptionNo: text('The hospital’s own number, for one that was entered from paper'),
    },
    always: ['pharmacyId'],
  },
  'pharmacy-unchosen': {
    meaning: 'Only for a pharmacy: the patient went to another one, which is not named',
    data: { previousPharmacyId: text('The reader') },
    always: ['previousPharmacyId'],
  },
  taken: {
    meaning: 'The pharmacy holds the prescription until its hold ends',
    data: { pharmacyId, dispenseId, holdUntil: instant('When the hold ends, exclusive') },
    always: ['pharmacyId', 'dispenseId', 'holdUntil'],
  },
  'hold-renewed': {
    meaning: 'The pharmacy holds it for longer',
    data: { pharmacyId, dispenseId, holdUntil: instant('When the hold ends now, exclusive') },
    always: ['pharmacyId', 'dispenseId', 'holdUntil'],
  },
  released: { meaning: 'The pharmacy gave it back; the choice of the patient stands', ...ended },
  'hold-lapsed': { meaning: 'The hold ran out; the choice of the patient stands', ...ended },
  'buyer-checked': {
    meaning: 'The pharmacist checked who buys',
    data: { pharmacyId, dispenseId, pharmacistId: text('The pharmacist'), relation },
    always: ['pharmacistId', 'relation'],
  },
  'review-approved': {
    meaning: 'The pharmacist approved it',
    data: { pharmacyId, pharmacistId: text('The pharmacist'), reason },
    always: ['pharmacistId'],
  },
  'review-refused': {
    meaning: 'The pharmacist refused it; the words are in the status of the prescription',
    data: { pharmacyId, pharmacistId: text('The pharmacist'), reason },
    always: ['pharmacistId'],
  },
  'settlement-requested': {
    meaning: 'A settlement was asked for',
    data: { pharmacyId, settlementId },
    always: ['settlementId'],
  },
  settled: {
    meaning: 'It was settled',
    data: {
      pharmacyId,
      settlementId,
      chargeFen: fen('The charge, in fen'),
      fundFen: fen('All that the patient does not pay, in fen'),
      patientFen: fen('What the patient pays, in fen'),
    },
    always: ['settlementId', 'chargeFen', 'fundFen', 'patientFen'],
  },
  'settlement-declined': {
    meaning: 'It was not settled; the sentences are in the settlement',
    data: {
      pharmacyId,
      settlementId,
      code: text('The code of the refusal'),
      rules: {
        type: 'array',
        items: { type: 'string' },
        description: 'Ids of the rules that stood against it',
      },
      findings,
      remedy,
    },
    always: ['settlementId', 'code', 'rules', 'findings', 'remedy'],
  },
  'settlement-deferred': {
    meaning: 'The patient pays in full and has it reimbursed by hand',
    data: { pharmacyId, reason, manualFileId: text('The file for reimbursement'), settlementId },
    always: ['reason', 'manualFileId'],
  },
  'settlement-reversed': {
    meaning: 'The settlement was taken back before the hand-over',
    data: { pharmacyId, reason },
    always: ['reason'],
  },
  'settlement-lapsed': {
    meaning:
      'Nobody collected the goods in time: the settlement was taken back, the choice of the patient stands',
    data: { pharmacyId, settlementId, dispenseId },
    always: ['settlementId'],
  },
  'handed-over': { meaning: 'Everything prescribed has been handed over', ...handedOver },
  'partly-handed-over': { meaning: 'A part was handed over; the rest is open again', ...handedOver },
  returned: { meaning: 'The last goods came back and the settlement was reversed', ...cameBack },
  'goods-returned': {
    meaning: 'Some goods came back, and what the patient keeps was settled anew',
    ...cameBack,
  },
  'cancel-requested': {
    meaning: 'The hospital wants it cancelled; it takes effect when the pharmacy lets go',
    data: { pharmacyId, reason },
    always: ['reason'],
  },
  cancelled: { meaning: 'It is cancelled; `reason` is that of the hospital or agency', ...ended },
  expired: { meaning: 'Its validity ended', data: { pharmacyId } },
  'paper-confirmed': {
    meaning: 'The hospital confirmed a paper prescription that was entered',
    data: { pharmacyId },
  },
  'paper-objected': {
    meaning: 'The hospital objected to it',
    data: { pharmacyId, reason },
    always: ['reason'],
  },
} as const satisfies Record<string, CataloguedEvent>

/** A type of event, as feeds, streams and callbacks name it. */
export type EventType = keyof typeof EVENTS

/** Every type of event. */
export const EVENT_TYPES = Object.keys(EVENTS) as EventType[]

/** The schema of `data` of one type. More members may be added; a reader passes over what it does not know. */
export function eventDataSchema(type: EventType): object {
  const { data, always = [] }: CataloguedEvent = EVENTS[type]
  return { type: 'object', additionalProperties: true, required: always, properties: data }
}
