import type { Scope } from '../support/database.ts'
import { act } from './act.ts'
import { check } from './claims.ts'
import { Find, startDay } from './day.ts'
import { SLOTS, type Step } from './steps.ts'

/** How a run ended. */
export interface Played {
  /** Effects and refusals, by kind. */
  readonly done: ReadonlyMap<string, number>
  /** What went wrong, after how many steps; absent when nothing did. */
  readonly find?: { readonly after: number; readonly message: string }
}

/**
 * Plays steps on a hub of its own, and checks everything after every few and at the end.
 *
 * @param every steps between two checks
 */
export async function play(steps: readonly Step[], every = 20): Promise<Played> {
  const endings: (() => Promise<unknown> | unknown)[] = []
  const scope: Scope = { teardown: (ending) => void endings.unshift(ending) }
  const day = await startDay(scope)
  let after = 0
  try {
    for (const step of steps) {
      after += 1
      await act(day, step)
      if (after % every === 0 || after === steps.length) await check(day)
    }
    return { done: day.done }
  } catch (error) {
    if (!(error instanceof Find)) throw error
    return { done: day.done, find: { after, message: error.message } }
  } finally {
    for (const ending of endings) await ending()
  }
}

/**
 * Drops steps as long as what is left still fails: first all of one prescription after the other, then halves,
 * quarters, at last single ones.
 *
 * @param tries the most runs that may be spent
 * @see Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input, 2002
 */
export async function shrink(steps: readonly Step[], tries: number): Promise<readonly Step[]> {
  let left = steps
  let spent = 0
  const failsWith = async (fewer: readonly Step[]): Promise<boolean> => {
    spent += 1
    const { find } = await play(fewer, fewer.length)
    if (find !== undefined) left = fewer.slice(0, find.after)
    return find !== undefined
  }
  for (let slot = 0; slot < SLOTS && spent < tries; slot += 1)
    await failsWith(left.filter((step) => !('slot' in step) || step.slot !== slot))
  for (let size = Math.ceil(left.length / 2); size >= 1 && spent < tries; ) {
    let isSmaller = false
    for (let at = 0; at < left.length && spent < tries; ) {
      if (await failsWith([...left.slice(0, at), ...left.slice(at + size)])) isSmaller = true
      else at += size
    }
    if (size === 1 && !isSmaller) break
    size = size > 1 ? Math.ceil(size / 2) : 1
  }
  return left
}

/** A find in words: where it was, and the shortest way to it, one step a line. */
export async function told(
  steps: readonly Step[],
  find: NonNullable<Played['find']>,
  tries: number,
): Promise<string> {
  const shortest = await shrink(steps.slice(0, find.after), tries)
  const { find: last } = await play(shortest, shortest.length)
  const way = shortest.map((step) => `  ${JSON.stringify(step)}`).join(',\n')
  return `shortest way, ${shortest.length} steps: ${last?.message ?? ''}\n[\n${way}\n]`
}
