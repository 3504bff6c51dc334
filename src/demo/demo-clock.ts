import { expectStatus } from './stage.ts'
import { UnexpectedAnswer } from './system-client.ts'

/** The sandbox's clock in the hand of the demonstration, which leaves it as it was found. */
export interface DemoClock {
  now(): Promise<Date>
  /** Sets it on; one that is later already stays. */
  goTo(instant: Date): Promise<void>
  /** Takes back what `goTo` set it on. Harmless when said twice. */
  putBack(): Promise<void>
}

/**
 * @param hubUrl without a slash at the end
 * @throws UnexpectedAnswer by its functions, when the hub refuses
 */
export function demoClock(hubUrl: string): DemoClock {
  const url = `${hubUrl}/sandbox/clock`
  /** Whole seconds, so that the way back is exactly as long. */
  let ahead = 0
  async function now(): Promise<Date> {
    const answer = await fetch(url)
    if (answer.status !== 200) throw new UnexpectedAnswer(`the clock of the sandbox answers ${answer.status}`)
    return new Date(((await answer.json()) as { now: string }).now)
  }
  async function advance(seconds: number): Promise<void> {
    const answer = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceSeconds: seconds }),
    })
    expectStatus(
      { status: answer.status, body: await answer.json() },
      200,
      'setting the clock of the sandbox',
    )
  }
  return {
    now,
    async goTo(instant) {
      const seconds = Math.ceil((instant.getTime() - (await now()).getTime()) / 1000)
      if (seconds <= 0) return
      await advance(seconds)
      ahead += seconds
    },
    async putBack() {
      const seconds = ahead
      ahead = 0
      if (seconds > 0) await advance(-seconds)
    },
  }
}
