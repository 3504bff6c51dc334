import type { Notification } from '../../src/notifier/notification.ts'
import { notificationHandler } from '../../src/notifier/notification-handler.ts'
import type { TestHub } from './hub.ts'

/** Work for the notifier that waits in the outbox, oldest first. */
export async function waitingNotices(hub: TestHub, kind: string) {
  const { rows } = await hub.deps.pool.query<{ outboxId: string; body: Record<string, string> }>(
    `select outbox_id::text as "outboxId", body from outbox
      where queue = 'notification' and body ->> 'kind' = $1 order by outbox_id`,
    [kind],
  )
  return rows
}

/** Lets the worker tell what waits, and gives what was told. */
export async function told(hub: TestHub, kind: Notification['kind']): Promise<Notification[]> {
  const sent: Notification[] = []
  const handler = notificationHandler(hub.deps, { send: async (it) => void sent.push(it) })
  const { regionCode } = hub.world
  for (const { outboxId, body } of await waitingNotices(hub, kind))
    await handler({ regionCode, outboxId, body } as never)
  return sent
}
