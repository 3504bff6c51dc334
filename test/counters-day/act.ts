import { defer, request, settle } from './charge.ts'
import { cancel, choose, push, release, review, take } from './counter.ts'
import { type Day, passTo } from './day.ts'
import { isOver, type Prescription, timePasses } from './model.ts'
import { clearMonths, closeMonth, nextMonth, payBack, sweep } from './office.ts'
import type { Of, Step } from './steps.ts'
import { handOver, reverse, takeBack } from './till.ts'

/**
 * Does a step by HTTP, as the hospital, the patient, a pharmacy or the agency would, and expects what the model says.
 *
 * @throws Find when the hub does otherwise
 */
export async function act(day: Day, step: Step): Promise<void> {
  if ('slot' in step) {
    const prescriptions = day.slots[step.slot]!
    for (const prescription of prescriptions) timePasses(prescription, day.it.hub.now)
    return await actOnPrescription(
      day,
      prescriptions[step.do === 'return' ? step.ago % prescriptions.length : 0],
      step,
    )
  }
  switch (step.do) {
    case 'pay-back':
      return await payBack(day, step)
    case 'sweep':
      return await sweep(day)
    case 'pass':
      return passTo(day, new Date(day.it.hub.now.getTime() + step.minutes * 60_000))
    case 'next-month':
      return passTo(day, nextMonth(day.it.hub.now))
    case 'close':
      return await closeMonth(day, step)
    case 'clear':
      return await clearMonths(day)
  }
}

async function actOnPrescription(
  day: Day,
  prescription: Prescription | undefined,
  step: OnPrescription,
): Promise<void> {
  if (step.do === 'on') {
    const next = leadingOn(prescription, step)
    return next === undefined ? undefined : await actOnPrescription(day, prescription, next)
  }
  if (step.do === 'push')
    return prescription === undefined || isOver(prescription) ? await push(day, step) : undefined
  if (prescription === undefined) return
  // biome-ignore lint/suspicious/noExplicitAny: the key says which step it is
  await (ACTS[step.do] as (day: Day, prescription: Prescription, step: any) => Promise<void>)(
    day,
    prescription,
    step,
  )
}

type OnPrescription = Extract<Step, { slot: number }>

/** The command that leads on from a state. */
function leadingOn(
  prescription: Prescription | undefined,
  step: Of<'on'>,
): (Step & OnPrescription) | undefined {
  const { slot, place, tenths, early, picks } = step
  if (prescription === undefined || isOver(prescription))
    return step.again || prescription === undefined ? { ...step, do: 'push' } : undefined
  const theirs = { slot, place: prescription.place ?? place }
  switch (prescription.state) {
    case 'open':
      return { do: 'choose', slot, place }
    case 'chosen':
      return { do: 'take', ...theirs }
    case 'held':
      return { do: prescription.isCancelPending ? 'release' : 'approve', ...theirs }
    case 'reviewed':
      return { do: 'request', ...theirs, tenths, ...(early === undefined ? {} : { early }) }
    case 'settling':
      return { do: 'settle', slot }
    default:
      return { do: 'hand-over', ...theirs, picks }
  }
}

const ACTS = {
  choose,
  take,
  approve: review,
  refuse: review,
  release,
  request,
  settle,
  defer,
  'hand-over': handOver,
  reverse,
  return: takeBack,
  cancel,
}
