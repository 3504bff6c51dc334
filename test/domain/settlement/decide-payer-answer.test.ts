import t from 'tap'
import { PAYERS } from '../../../src/domain/settlement/adjudication.ts'
import {
  decidePayerAnswer,
  type PayerConsequence,
  type PayerSituation,
} from '../../../src/domain/settlement/decide-payer-answer.ts'
import type { PaidTotals, PayerAnswer } from '../../../src/domain/settlement/payer-gateway.ts'

const asked = Object.fromEntries(PAYERS.map((bearer) => [bearer, 100])) as PaidTotals
const chargeFen = PAYERS.length * 100
const shifted: PaidTotals = { ...asked, patient: 99, 'basic-fund': 101 }
const short: PaidTotals = { ...asked, patient: 99 }
const paid = (totals = asked): PayerAnswer => ({ outcome: 'accepted', reference: 'R', totals })
const refused: PayerAnswer = { outcome: 'refused', code: 'no' }

const WAITING: PayerSituation = {
  settlement: 'requested',
  request: 'asked',
  wasUnreadable: false,
  chargeFen,
  asked,
  amountWinner: 'hub',
}
const DEFERRED: PayerSituation = { ...WAITING, settlement: 'deferred', request: 'unresolved' }

const TABLE: readonly [string, PayerSituation, PayerAnswer, PayerConsequence][] = [
  ['paid as asked', WAITING, paid(), { kind: 'complete', with: 'ours' }],
  [
    'paid at last, after answers that could not be read',
    { ...WAITING, wasUnreadable: true },
    paid(),
    { kind: 'complete', with: 'ours' },
  ],
  ['refused', WAITING, refused, { kind: 'decline', code: 'payer-refused', takeBack: false }],
  [
    'other amounts, ours hold',
    WAITING,
    paid(shifted),
    { kind: 'decline', code: 'payer-amount-differs', takeBack: true },
  ],
  [
    'other amounts, theirs hold',
    { ...WAITING, amountWinner: 'payer' },
    paid(shifted),
    { kind: 'complete', with: 'theirs' },
  ],
  [
    'theirs hold but do not make up the charge',
    { ...WAITING, amountWinner: 'payer' },
    paid(short),
    { kind: 'decline', code: 'payer-amount-differs', takeBack: true },
  ],
  ['paid, but deferred meanwhile', DEFERRED, paid(), { kind: 'take-back' }],
  [
    'paid, deferred because an answer could not be read',
    { ...DEFERRED, wasUnreadable: true },
    paid(),
    { kind: 'ask-person' },
  ],
  ['not paid, deferred meanwhile', DEFERRED, refused, { kind: 'close' }],
  ['not paid after all', { ...DEFERRED, wasUnreadable: true }, refused, { kind: 'close' }],
  ['paid, kept by a person', { ...DEFERRED, request: 'kept' }, paid(), { kind: 'nothing' }],
  [
    'paid, cancelled before',
    { ...WAITING, settlement: 'reversed', request: 'cancelled' },
    paid(),
    { kind: 'take-back' },
  ],
  [
    'paid, known already',
    { ...WAITING, settlement: 'settled', request: 'accepted' },
    paid(),
    { kind: 'nothing' },
  ],
  [
    'paid for what the patient kept after a return',
    { ...WAITING, settlement: 'settled', request: 'asked-anew' },
    paid(),
    { kind: 'confirm', isSame: true },
  ],
  [
    'other amounts for what the patient kept, whoever wins: it is settled here',
    { ...WAITING, settlement: 'settled', request: 'asked-anew', amountWinner: 'payer' },
    paid(shifted),
    { kind: 'confirm', isSame: false },
  ],
  [
    'nothing for what the patient kept',
    { ...WAITING, settlement: 'settled', request: 'asked-anew' },
    refused,
    { kind: 'refused-anew' },
  ],
  [
    'paid for what was kept, and has come back meanwhile',
    { ...WAITING, settlement: 'reversed', request: 'cancelling' },
    paid(),
    { kind: 'take-back' },
  ],
  [
    'refused, known already',
    { ...WAITING, settlement: 'declined', request: 'refused' },
    refused,
    { kind: 'nothing' },
  ],
]

t.test('MZ-6.7 what an answer of the payer leads to, whenever it comes', async (t) => {
  for (const [what, situation, answer, consequence] of TABLE)
    t.same(decidePayerAnswer(situation, answer), consequence, what)
})
