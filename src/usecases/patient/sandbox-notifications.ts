import { listNewest, type SandboxNotificationRow } from '../../storage/sandbox-notification.ts'
import type { Deps } from '../deps.ts'
import { linkToken } from '../secrets.ts'

/** A notification as a tester of the sandbox reads it. */
export interface SandboxNotification {
  readonly regionCode: string
  readonly kind: SandboxNotificationRow['kind']
  readonly prescriptionNo?: string
  readonly noticeId?: string
  readonly callbackId?: string
  readonly sentAt: string
  /** The patient's way in, where the notification carried it. */
  readonly patientLink?: string
}

const SHOWN = 50

/**
 * The newest notifications of the sandbox, with their links. Only ever registered in sandbox mode.
 *
 * @param prescriptionNo only those about this prescription
 */
export async function sandboxNotifications(
  deps: Deps,
  prescriptionNo?: string,
): Promise<SandboxNotification[]> {
  const rows = await listNewest(deps.pool, SHOWN, prescriptionNo)
  return rows.map((row) => ({
    regionCode: row.regionCode,
    kind: row.kind,
    ...(row.prescriptionNo === undefined ? {} : { prescriptionNo: row.prescriptionNo }),
    ...(row.noticeId === undefined ? {} : { noticeId: row.noticeId }),
    ...(row.callbackId === undefined ? {} : { callbackId: row.callbackId }),
    sentAt: row.sentAt.toISOString(),
    ...linkIn(deps, row),
  }))
}

function linkIn(
  deps: Deps,
  { prescriptionNo, noticeId, salt }: SandboxNotificationRow,
): { readonly patientLink?: string } {
  const about = prescriptionNo ?? noticeId
  if (salt === undefined || about === undefined) return {}
  const path = prescriptionNo === undefined ? 'd' : 'p'
  return { patientLink: `${deps.settings.publicUrl}/${path}/${linkToken(deps.linkKey, about, salt)}` }
}
