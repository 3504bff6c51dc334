import type { Pool } from 'pg'
import type { SandboxRegionState } from '../src/embedded/seed-sandbox.ts'
import { outsiders, type Send, type Traveller } from '../test/support/outside.ts'
import { closedLoop, openLoop, summary } from './load.ts'
import type { BenchWorld } from './world.ts'

/** What the journeys need. */
export interface JourneyBench {
  readonly send: Send
  readonly base: string
  readonly region: SandboxRegionState
  readonly world: BenchWorld
  readonly pool: Pool
  readonly seconds: number
  report(figure: string, value: number, unit: string, more?: Record<string, unknown>): void
}

/** Whole journeys, takes, inbox pages and settlement latency. */
export async function journeys(bench: JourneyBench): Promise<void> {
  const { send, base, region, world, report } = bench
  const { submit, choose, take, review, settle, handOver, ask, pharmacyToken } = await outsiders(
    send,
    base,
    region,
  )
  // Settlements are told by the event stream, as a pharmacy's system hears them.
  const waiting = new Map<string, (state: string) => void>()
  const stream = await listen(base, pharmacyToken, (type, no) => {
    if (type === 'settled' || type === 'settlement-declined') waiting.get(no)?.(type)
  })
  const told = (no: string) =>
    new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`nothing was told of ${no}`)), 20_000)
      waiting.set(no, (type) => {
        clearTimeout(timer)
        waiting.delete(no)
        resolve(type)
      })
    })

  const steps = new Map<string, number[]>()
  const timed = async <T>(step: string, work: Promise<T>): Promise<T> => {
    const begin = performance.now()
    const result = await work
    steps.set(step, [...(steps.get(step) ?? []), performance.now() - begin])
    return result
  }
  const whole = await closedLoop(16, bench.seconds * 2, async () => {
    const it = await timed('submit', submit(world.push()))
    await timed('choose', choose(it))
    await timed('take', take(it))
    await timed('review', review(it))
    const settled = told(it.no)
    await timed('request', settle(it))
    if ((await timed('settled', settled)) !== 'settled') throw new Error(`${it.no} was declined`)
    await timed('hand-over', handOver(it))
    return true
  })
  report('whole journeys, patient page and event stream included, 16 at a time', whole.perSecond, '1/s', {
    target: 60,
    p50: whole.p50,
    p99: whole.p99,
    steps: Object.fromEntries([...steps].map(([step, ms]) => [step, Number(summary(ms, 1).p50.toFixed(1))])),
  })

  /** Prepares prescriptions up to a step, unmeasured. */
  const prepare = async (count: number, steps: readonly ((it: Traveller) => Promise<unknown>)[]) => {
    const ready: Traveller[] = []
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        while (ready.length < count) {
          const it = await submit(world.push())
          for (const step of steps) await step(it)
          ready.push(it)
        }
      }),
    )
    return ready
  }

  const toTake = await prepare(200 * bench.seconds, [choose])
  const takes = await openLoop(200, bench.seconds, async () => {
    await take(toTake.pop()!)
    return true
  })
  report('p99 of taking at 200/s', takes.p99, 'ms', { target: 20, p50: takes.p50 })

  const pages = await openLoop(200, bench.seconds, async () => {
    await ask('GET', '/pharmacy/inbox?limit=50', pharmacyToken)
    return true
  })
  report('p99 of an inbox page at 200/s', pages.p99, 'ms', { target: 20, p50: pages.p50 })

  const toSettle = await prepare(100 * bench.seconds, [choose, take, review])
  const latencies: number[] = []
  const begin = performance.now()
  await openLoop(100, bench.seconds, async () => {
    const it = toSettle.pop()!
    const settled = told(it.no)
    const sent = performance.now()
    await settle(it)
    await settled
    latencies.push(performance.now() - sent)
    return true
  })
  const settling = summary(latencies, (performance.now() - begin) / 1000)
  report('p99 from settlement request to the pharmacy being told, at 100/s', settling.p99, 'ms', {
    target: 250,
    p50: settling.p50,
  })
  stream.close()
}

/** Listens to the pharmacy's event stream. */
async function listen(
  base: string,
  bearer: string,
  onEvent: (type: string, no: string) => void,
): Promise<{ close(): void }> {
  const stop = new AbortController()
  const reply = await fetch(`${base}/pharmacy/events/stream`, {
    headers: { authorization: `Bearer ${bearer}`, accept: 'text/event-stream' },
    signal: stop.signal,
  })
  if (reply.status !== 200 || reply.body === null) throw new Error(`event stream: ${reply.status}`)
  const read = async () => {
    let rest = ''
    const decoder = new TextDecoder()
    for await (const chunk of reply.body as unknown as AsyncIterable<Uint8Array>) {
      rest += decoder.decode(chunk, { stream: true })
      for (;;) {
        const end = rest.indexOf('\n\n')
        if (end === -1) break
        const block = rest.slice(0, end)
        rest = rest.slice(end + 2)
        const data = /^data: ?(.*)$/m.exec(block)?.[1]
        if (data === undefined) continue
        const event = JSON.parse(data) as { type: string; prescriptionNo: string }
        onEvent(event.type, event.prescriptionNo)
      }
    }
  }
  read().catch(() => {})
  return { close: () => stop.abort() }
}
