import { setTimeout as sleep } from 'node:timers/promises'
import type { Hub } from '../http/plugins/hub.ts'

/** Answers under way get this long after the server stopped listening. */
const ANSWER_MS = 15_000
/** Between two looks for connections on which nothing is under way any more. */
const LOOK_MS = 100

/**
 * Ends the application without a request lost: readiness says no for a while, then it stops listening, then answers
 * under way are finished; connections on which nothing happens are cut.
 *
 * @param drainSeconds how long balancers have to look away
 */
export async function closeApplication(app: Hub, drainSeconds: number): Promise<void> {
  app.startDraining()
  await sleep(drainSeconds * 1000)
  let closed = false
  const closing = app.close().then(() => {
    closed = true
  })
  // A connection that was opened ahead and never used counts as busy until its headers time out.
  for (let waited = 0; !closed; waited += LOOK_MS) {
    if (waited >= ANSWER_MS) app.server.closeAllConnections()
    else app.server.closeIdleConnections()
    await Promise.race([closing, sleep(LOOK_MS)])
  }
  await closing
}
