import type { Random } from '../domain/settlement/random-years.ts'
import type { Findings } from './findings.ts'
import { inWords, outOfOrder, type Told } from './linearise.ts'
import { type Command, leadingOn, next, type Place } from './model.ts'
import type { Manner, Patient, People } from './people.ts'

/** Prescriptions under way for each client: few, so that several ask about the same one at once. */
const PER_CLIENT = 0.5
/** After so many commands a prescription is left alone, whatever it came to. */
const MOST_COMMANDS = 36
/** Before any hold runs out. */
const LONGEST_MS = 15 * 60_000
const ENDS = new Set(['returned', 'refused', 'cancelled', 'dispensed'])

interface UnderWay {
  readonly patient: Patient
  readonly told: Told[]
  readonly since: number
  /** What is guessed from the last answers, so that commands lead on more often than they would by chance. */
  guess: string
  place: Place
  sent: number
  open: number
  isLeft: boolean
}

/** How far a walk has come. */
export interface Walked {
  operations: number
  prescriptions: number
  /** Set when enough was seen before the operations are used up. */
  isOver: boolean
  /** Times each command was done, refused, or not answered. */
  readonly counts: Map<string, number>
}

/**
 * Many clients at once, each with one command after the other on whatever prescription it draws, until there were enough.
 * What was asked of a prescription is held against the model as soon as it is left alone, and forgotten: a long run
 * needs no more memory than a short one.
 */
export async function walk(options: {
  readonly people: People
  readonly random: Random
  readonly clients: number
  readonly operations: number
  readonly findings: Findings
  readonly walked: Walked
  readonly onOperation: () => void
}): Promise<void> {
  const { people, random, clients, operations, findings, walked } = options
  const underWay: UnderWay[] = []
  const leave = (it: UnderWay) => {
    it.isLeft = true
    const at = underWay.indexOf(it)
    if (at !== -1) underWay.splice(at, 1)
  }
  const finish = (it: UnderWay) => {
    const broken = outOfOrder(it.told)
    if (broken === undefined) return
    findings.add(
      'no order explains the answers',
      `${it.patient.no}: nothing follows ${JSON.stringify(broken.standing)} after\n${inWords(broken.explained)}\nand left are\n${inWords(broken.left)}`,
    )
  }
  const begin = async (): Promise<void> => {
    const patient = await people.push(mannerOf(random))
    walked.prescriptions += 1
    underWay.push({
      patient,
      told: [],
      since: Date.now(),
      guess: 'open',
      place: random.chance(0.7) ? 0 : 1,
      sent: 0,
      open: 0,
      isLeft: false,
    })
  }
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (walked.operations < operations && !walked.isOver) {
        walked.operations += 1
        options.onOperation()
        if (underWay.length < clients * PER_CLIENT) {
          await begin()
          continue
        }
        const it = random.one(underWay)
        const command = drawn(it, random)
        const manner = mannerOf(random)
        it.sent += 1
        it.open += 1
        const sentAt = performance.now()
        const answer = await people.command(it.patient, command, manner)
        const answeredAt = answer === undefined ? Number.POSITIVE_INFINITY : performance.now()
        it.open -= 1
        if (answer !== 'nothing asked') {
          it.told.push({ command, sentAt, answeredAt, ...(answer === undefined ? {} : { answer }) })
          if (answer?.mayComeLate) it.told.push({ command, sentAt, answeredAt: Number.POSITIVE_INFINITY })
          const how = answer === undefined ? 'unheard' : answer.isDone ? 'done' : 'refused'
          count(walked.counts, `${command.do} ${how}`)
          learn(it, command, answer)
        }
        const isOver = ENDS.has(it.guess) && random.chance(0.5)
        if (!it.isLeft && (isOver || it.sent >= MOST_COMMANDS || Date.now() - it.since > LONGEST_MS))
          leave(it)
        if (it.isLeft && it.open === 0) finish(it)
      }
    }),
  )
  for (const it of [...underWay]) finish(it)
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}

function learn(it: UnderWay, command: Command, answer: Told['answer']): void {
  if (answer?.state !== undefined) it.guess = answer.state
  else if (answer?.isDone) {
    if (command.do === 'choose') it.place = command.place
    it.guess = next({ state: it.guess, place: it.place }, command)?.state ?? it.guess
  }
}

/** Mostly whatever leads on; else anything, allowed or not. */
function drawn(it: UnderWay, random: Random): Command {
  if (it.guess === 'settling') return { do: 'read', by: random.one(['hospital', 'agency'] as const) }
  // Now and then by the pharmacy that does not have it.
  const asking: Place = random.chance(0.2) ? (it.place === 0 ? 1 : 0) : it.place
  const onwards = leadingOn(it.guess, asking)
  if (onwards !== undefined && random.chance(0.5)) return onwards
  const place: Place = random.chance(0.7) ? it.place : random.one([0, 1] as const)
  const by = random.chance(0.3) ? 'agency' : place
  return random.one<Command>([
    { do: 'read', by: 'hospital' },
    { do: 'read', by: 'agency' },
    { do: 'read', by: 'agency' },
    { do: 'choose', place },
    { do: 'take', place },
    { do: 'take', place },
    { do: 'approve', place },
    { do: 'approve', place },
    { do: 'request', place },
    { do: 'request', place },
    { do: 'hand-over', place },
    { do: 'hand-over', place },
    { do: 'reverse', by },
    { do: 'return', by },
    { do: 'release', place },
    { do: 'defer' },
    { do: 'release', place: asking },
    { do: 'reverse', by: asking },
    random.chance(0.6)
      ? { do: 'cancel', by: random.one(['hospital', 'agency'] as const) }
      : { do: 'take', place },
    random.chance(0.2) ? { do: 'refuse', place } : { do: 'approve', place },
  ])
}

function mannerOf(random: Random): Manner {
  const isCut = random.chance(0.06)
  return { isCut, asksAgain: random.chance(0.7), repeats: random.chance(0.1) }
}
