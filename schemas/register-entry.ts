import { anyObject, pageOf } from './common.ts'
import { day, registerData } from './registers.ts'

/** The name of a register. */
export const registerName = {
  type: 'string',
  enum: Object.keys(registerData) as (keyof typeof registerData)[],
} as const

/**
 * Registers that come as tables: those whose members are plain values or lists of codes. Other benefits, certificates and
 * sanctions are entered one by one.
 */
export const TABLE_REGISTERS = [
  'institution',
  'designation',
  'practitioner',
  'filing',
  'drug',
  'payment-standard',
  'drug-list',
  'person',
  'qualification',
  'diagnosis',
] as const satisfies readonly (keyof typeof registerData)[]

/** The key of an entry, unique within its register on any one day. */
export const registerKey = { type: 'string', pattern: '^[A-Za-z0-9:._+*-]{1,150}$' } as const

/** Why a register is changed; kept for ever with who changed it. */
export const changeReason = {
  type: 'string',
  minLength: 2,
  maxLength: 500,
  examples: ['经办机构书面决定'],
} as const

/** One entry with its history. `data` is described at the way in of its register. */
const registerEntry = {
  type: 'object',
  additionalProperties: false,
  required: ['register', 'key', 'validFrom', 'data', 'author', 'reason', 'recordedAt'],
  properties: {
    register: registerName,
    key: registerKey,
    validFrom: day,
    validTo: {
      ...day,
      description:
        'Last day on which it holds; absent means until further notice; the day before validFrom when it held on no day',
    },
    data: anyObject,
    author: { type: 'string', description: 'The client that added it' },
    reason: { type: 'string' },
    recordedAt: { type: 'string', format: 'date-time' },
    endedBy: { type: 'string', description: 'The client that ended it' },
    endReason: { type: 'string' },
  },
} as const

/** One page of a register; `next` is absent on the last. */
export const registerPage = pageOf(registerEntry)

/** An entry that was added. */
export const entryAdded = {
  type: 'object',
  additionalProperties: false,
  required: ['register', 'key', 'validFrom'],
  properties: { register: registerName, key: registerKey, validFrom: day, validTo: day },
} as const

/** How an entry is ended. */
export const endEntryRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['lastDay', 'reason'],
  properties: {
    lastDay: {
      ...day,
      description: 'The last day on which it still holds; the day before its first withdraws it at once',
    },
    reason: changeReason,
  },
} as const

/** An entry that was ended. */
export const entryEnded = {
  type: 'object',
  additionalProperties: false,
  required: ['register', 'key', 'lastDay'],
  properties: { register: registerName, key: registerKey, lastDay: day },
} as const
