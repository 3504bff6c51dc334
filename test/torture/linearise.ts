import { type Answer, agrees, byItself, type Command, next, OPEN, type Standing } from './model.ts'

/** One command as its client saw it: when it was first sent, and what came back when. Instants by one clock. */
export interface Told {
  readonly command: Command
  readonly sentAt: number
  /** Absent when nobody waited for an answer: it may take effect at any time after, or never. */
  readonly answer?: Answer
  /** Infinity without an answer. */
  readonly answeredAt: number
}

/**
 * Looks for an order of the commands on one prescription, each at some instant between its sending and its answer, in
 * which every answer is the model's. What nobody waited for may stand anywhere after its sending, or be left out.
 *
 * @returns undefined when there is one; else the most that could be put in order, and what could not follow it
 * @see Wing and Gong, Testing and Verifying Concurrent Objects, 1993
 */
export function outOfOrder(
  history: readonly Told[],
):
  | { readonly explained: readonly Told[]; readonly standing: Standing; readonly left: readonly Told[] }
  | undefined {
  const told = [...history].sort((a, b) => a.sentAt - b.sentAt)
  const seen = new Set<string>()
  let furthest = { done: 0n, order: [] as Told[], standing: OPEN }
  const stack = [furthest]
  while (stack.length > 0) {
    const node = stack.pop()!
    const key = `${node.done} ${JSON.stringify(node.standing)}`
    if (seen.has(key)) continue
    seen.add(key)
    if (node.order.length >= furthest.order.length) furthest = node
    const left = told.flatMap((one, at) => (isIn(node.done, at) ? [] : [{ one, at }]))
    if (left.every(({ one }) => one.answer === undefined)) return undefined
    // Nothing may come before what was answered before it was sent.
    const until = Math.min(...left.map(({ one }) => one.answeredAt))
    for (const standing of byItself(node.standing)) stack.push({ ...node, standing })
    for (const { one, at } of left) {
      if (one.sentAt > until) break
      if (one.answer !== undefined && !agrees(node.standing, one.command, one.answer)) continue
      stack.push({
        done: node.done | (1n << BigInt(at)),
        order: [...node.order, one],
        standing: next(node.standing, one.command) ?? node.standing,
      })
    }
  }
  return {
    explained: furthest.order,
    standing: furthest.standing,
    left: told.filter((_, at) => !isIn(furthest.done, at)),
  }
}

function isIn(set: bigint, at: number): boolean {
  return (set & (1n << BigInt(at))) !== 0n
}

/** A history in words, one command a line. */
export function inWords(history: readonly Told[]): string {
  return [...history]
    .sort((a, b) => a.sentAt - b.sentAt)
    .map(({ command, sentAt, answer, answeredAt }) => {
      const said =
        answer === undefined ? 'nobody waited' : (answer.state ?? (answer.isDone ? 'done' : 'refused'))
      return `  ${sentAt.toFixed(1)} … ${answeredAt.toFixed(1)} ms ${Object.values(command).join(' ')}: ${said}`
    })
    .join('\n')
}
