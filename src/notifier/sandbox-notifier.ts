import * as sandbox from '../storage/sandbox-notification.ts'
import type { Deps } from '../usecases/deps.ts'
import type { Notification, Notifier } from './notification.ts'

/**
 * Sends nothing: keeps what would have been sent, for `GET /sandbox/notifications`, and says so in the log without
 * the link.
 */
export function sandboxNotifier(
  deps: Pick<Deps, 'pool' | 'clock'>,
  log: (facts: Readonly<Record<string, string>>, message: string) => void,
): Notifier {
  return {
    async send(notification: Notification): Promise<void> {
      const { id, kind, regionCode } = notification
      const about = aboutOf(notification)
      const outboxId = id.slice(id.lastIndexOf('-') + 1)
      await sandbox.add(deps.pool, { regionCode, outboxId, kind, ...about, sentAt: deps.clock() })
      log({ kind, ...about }, 'notification kept by the sandbox')
    },
  }
}

/** The one thing that a notification is about, by the name of its member. */
function aboutOf(
  it: Notification,
): { prescriptionNo: string } | { noticeId: string } | { callbackId: string } {
  switch (it.kind) {
    case 'decision':
      return { noticeId: it.noticeId }
    case 'callback-switched-off':
      return { callbackId: it.callbackId }
    default:
      return { prescriptionNo: it.prescriptionNo }
  }
}
