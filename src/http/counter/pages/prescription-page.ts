import type { Fields } from '../../../domain/text/form-text.ts'
import type { CounterView } from '../../../usecases/pharmacy/counter-view.ts'
import type { PharmacyQuote } from '../../../usecases/pharmacy/quote.ts'
import type { StaffPerson } from '../../../usecases/staff/session.ts'
import { errorSummary, facts, notice, tag } from '../../pages/components.ts'
import { type Html, html } from '../../pages/html.ts'
import { endWords, leftWords } from '../../pages/time-words.ts'
import { codeWords, type Refusal } from '../fault-words.ts'
import { STATE_WORDS, WAY } from '../words.ts'
import { clock } from './clock.ts'
import { papersCard, quoteCard, statementCard } from './money-card.ts'
import { proofCard } from './proof-card.ts'
import { sheet } from './sheet.ts'
import {
  buyerCard,
  handOverCard,
  returnCard,
  reviewCard,
  settlingCard,
  supplyCard,
  takeCard,
  type Work,
  waysBackCard,
} from './work-cards.ts'

/** What the page shows besides the prescription. */
export interface PrescriptionPage {
  readonly refusal?: Refusal
  readonly quote?: PharmacyQuote
  readonly typed: Fields
}

/** One prescription: what it is on the left, what is to be done now on the right. */
export function prescriptionPage(view: CounterView, person: StaffPerson, it: PrescriptionPage): Html {
  const work: Work = { view, person, typed: it.typed }
  const { refusal, quote } = it
  return html`<h1>处方 <span class="number">…${view.dossier.prescriptionNo.slice(-8)}</span> ${tag(STATE_WORDS[view.dossier.state])}</h1>
${refusal === undefined ? undefined : errorSummary(refusal.title, refusal.advice, refusal.faults)}
${way(view)}${standing(view)}
<div class="two"><div>${sheet(view.dossier, view.now)}${proofCard(view)}</div>
<div>${quote === undefined ? statementCard(view) : quoteCard(quote)}${nextCard(work)}${papersCard(view)}${waysBackCard(work)}${returnCard(work)}</div></div>`
}

/** The one thing that is to be done now. */
function nextCard(work: Work): Html | undefined {
  switch (work.view.dossier.state) {
    case 'chosen':
      return takeCard(work)
    case 'held':
      return reviewCard(work)
    case 'reviewed':
      return html`${buyerCard(work)}${supplyCard(work)}`
    case 'settling':
      return settlingCard(work)
    case 'settled':
    case 'deferred':
      return handOverCard(work)
    default:
      return undefined
  }
}

/** How far it is. */
function way({ dossier }: CounterView): Html | undefined {
  const now = WAY.findIndex(({ states }) => states.includes(dossier.state))
  if (now < 0) return undefined
  return html`<ol class="steps" aria-label="进度">${WAY.map(({ name }, place) =>
    place === now
      ? html`<li aria-current="step">${name}</li>`
      : html`<li${place < now ? html` class="done"` : undefined}>${name}</li>`,
  )}</ol>`
}

/** Time left, the hold, who reviewed it, and whether the hospital wants it back. */
function standing({ dossier, now }: CounterView): Html {
  const { cancelPending, holdSecondsLeft, expiresAt, dispense, hospital } = dossier
  const { review } = dispense ?? {}
  const isOpen = WAY.some(({ states }) => states.includes(dossier.state)) && dossier.state !== 'dispensed'
  return html`${cancelPending === undefined ? undefined : notice(`医院申请撤销此处方${cancelPending.reasonCode === undefined ? '' : `（${codeWords('cancel-reasons', cancelPending.reasonCode)}）`}，请退回，不要再办理结算。`, 'alert')}
<section class="card standing">${facts([
    [
      '取药期限',
      isOpen ? `${endWords(new Date(expiresAt))}，还剩 ${leftWords(new Date(expiresAt), now)}` : undefined,
    ],
    [
      dossier.state === 'settled' || dossier.state === 'deferred' ? '交付剩余' : '锁定剩余',
      holdSecondsLeft === undefined ? undefined : clock(holdSecondsLeft),
    ],
    [
      '医院',
      `${hospital.name ?? hospital.institutionId}${hospital.phone === undefined ? '' : `　${hospital.phone}`}`,
    ],
    ['审方', review === undefined ? undefined : reviewWords(review)],
  ])}</section>`
}

function reviewWords(review: NonNullable<NonNullable<CounterView['dossier']['dispense']>['review']>): string {
  const who = review.pharmacistName ?? review.pharmacistId
  const what =
    review.decision === 'approve'
      ? '通过'
      : `不通过：${codeWords('review-refusal-reasons', review.reasonCode ?? '')}`
  return `${who}　${what}${review.opinion === undefined ? '' : `。${review.opinion}`}`
}
