import { listNewest } from '../../storage/sandbox-notification.ts'
import type { Deps } from '../deps.ts'
import { linkToken } from '../secrets.ts'

/** A notification as a tester of the sandbox reads it. */
export interface SandboxNotification {
  readonly regionCode: string
  readonly kind: string
  readonly prescriptionNo: string
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
    prescriptionNo: row.prescriptionNo,
    sentAt: row.sentAt.toISOString(),
    ...(row.salt === undefined
      ? {}
      : {
          patientLink: `${deps.settings.publicUrl}/p/${linkToken(deps.linkKey, row.prescriptionNo, row.salt)}`,
        }),
  }))
}
