import { v7 as uuid } from 'uuid'
import type { Decision, Situation } from '../domain/prescription/decision.ts'
import { passTime } from '../domain/prescription/pass-time.ts'
import { Problem } from '../domain/problems.ts'
import { inTransaction, leave, type Transaction, together } from '../storage/database.ts'
import * as idempotency from '../storage/idempotency.ts'
import { isPackTaken } from '../storage/pack.ts'
import { saveDecision } from '../storage/prescription/save.ts'
import * as states from '../storage/prescription/state.ts'
import type { Deps } from './deps.ts'
import { type Answer, replay, type WriteRequest } from './write.ts'

/** The prescription that a command is about. */
export interface Target {
  readonly regionCode: string
  readonly prescriptionNo: string
}

/**
 * Runs a command about one prescription, the one way in which it is written:
 *
 * 1. claim the key, lock the prescription, then load what the decision looks at. The statements travel together, but
 *    they are statements of their own: what one reads besides the row that it waits for is from before the wait.
 * 2. let time pass, and decide; pure.
 * 3. save all that was decided with the stored answer and the commit, which travel together too.
 *
 * @param load asks for its statements at once, before it waits for any; it sees what the lock has waited for
 * @throws Problem prescription-unknown, idempotency-key-reused, whatever `decide` refuses; nothing is changed then
 */
export async function runCommand<Body, Loaded>(
  deps: Pick<Deps, 'pool' | 'clock'>,
  request: WriteRequest,
  { regionCode, prescriptionNo }: Target,
  load: (tx: Transaction, now: Date) => Promise<Loaded>,
  decide: (situation: Situation & Loaded) => Decision<Body>,
): Promise<Answer<Body>> {
  try {
    return await inTransaction(deps.pool, async (tx) => {
      const now = deps.clock()
      const { callerId, key, digest } = request
      const [earlier, [row, loaded]] = await together(
        idempotency.claim(tx, callerId, key, digest, now),
        together(states.lock(tx, regionCode, prescriptionNo), settled(load(tx, now))),
      )
      if (earlier !== undefined) return replay<Body>(earlier, request)
      if (row === undefined) throw new Problem('prescription-unknown')
      const { status, body } = decideAndSave(tx, row, now, valueFrom(loaded), decide)
      leave(tx, idempotency.answer(tx, callerId, key, status, JSON.stringify(body)))
      return { status, body, isReplay: false }
    })
  } catch (error) {
    if (isPackTaken(error)) throw new Problem('trace-code-used')
    throw error
  }
}

/**
 * Lets time pass for a locked prescription, decides, and leaves all that was decided to the commit.
 *
 * @throws whatever `decide` refuses
 */
export function decideAndSave<Body, Loaded>(
  tx: Transaction,
  row: states.StateRow,
  now: Date,
  loaded: Loaded,
  decide: (situation: Situation & Loaded) => Decision<Body>,
): Decision<Body>['answer'] {
  const passed = passTime(row, now)
  const situation = { ...loaded, now, prescription: passed.prescription, newId: uuid }
  const { answer, ...decision } = decide(situation)
  const changes = [...passed.changes, ...decision.changes]
  const supplies = [...passed.supplies, ...(decision.supplies ?? [])]
  saveDecision(tx, row, { ...decision, changes, supplies }, now)
  return answer
}

/** Nothing to load. */
export async function loadNothing(): Promise<object> {
  return {}
}

/** A refusal of the loading is told only when the key is new and the prescription is there. */
async function settled<T>(work: Promise<T>): Promise<PromiseSettledResult<T>> {
  return (await Promise.allSettled([work]))[0]
}

function valueFrom<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason
  return result.value
}
