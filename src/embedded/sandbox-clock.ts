import { Client } from 'pg'
import type { Queryable } from '../storage/database.ts'
import { connectionOf } from '../storage/database-address.ts'
import { CLOCK_CHANNEL, readClockOffset, redateWork, setClockOffset } from '../storage/sandbox.ts'

/** The clock of a sandbox: that of the machine, moved by an offset that all its processes share. */
export interface SandboxClock {
  now(): Date
  /** The clock of the machine. */
  machineNow(): Date
  /** Milliseconds ahead of the machine. */
  offsetMs(): number
  /**
   * Sets it for all processes of the sandbox; this one has it at once, the others hear of it. It may go back: what
   * was done stays done on the day it had, closed months stay closed, and waiting work waits no longer for that.
   */
  setOffset(offsetMs: number): Promise<void>
  close(): Promise<void>
}

/** Milliseconds before a lost connection is opened again. */
const RETRY_MS = 1_000

/**
 * Opens the clock: reads the offset and listens for changes on a connection of its own.
 *
 * @param onError told of a lost connection, which is opened again; the clock goes on with what it knew
 * @throws when the database does not answer at the start
 */
export async function openSandboxClock(
  db: Queryable,
  databaseUrl: string,
  machineClock: () => Date,
  onError: (error: Error) => void,
): Promise<SandboxClock> {
  let offset = 0
  let client: Client | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  async function listen(): Promise<void> {
    const mine = new Client({ ...connectionOf(databaseUrl), application_name: 'prescription-hub-clock' })
    const lost = (error: Error) => {
      if (client !== mine || isClosed) return
      client = undefined
      onError(error)
      timer = setTimeout(again, RETRY_MS)
    }
    mine.on('error', lost)
    mine.on('end', () => lost(new Error('the connection of the sandbox clock ended')))
    mine.on('notification', ({ payload }) => {
      offset = Number(payload)
    })
    await mine.connect()
    client = mine
    await mine.query(`listen ${CLOCK_CHANNEL}`)
    offset = await readClockOffset(mine)
  }
  function again(): void {
    listen().catch((error: Error) => {
      onError(error)
      if (!isClosed) timer = setTimeout(again, RETRY_MS)
    })
  }
  await listen()

  return {
    now: () => new Date(machineClock().getTime() + offset),
    machineNow: machineClock,
    offsetMs: () => offset,
    async setOffset(offsetMs) {
      const isBack = offsetMs < offset
      await setClockOffset(db, offsetMs)
      offset = offsetMs
      if (isBack) await redateWork(db, new Date(machineClock().getTime() + offset))
    },
    async close() {
      isClosed = true
      clearTimeout(timer)
      const mine = client
      client = undefined
      await mine?.end().catch(() => {})
    },
  }
}
