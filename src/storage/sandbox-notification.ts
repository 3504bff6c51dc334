import type { Queryable } from './database.ts'

/** A notification that the sandbox kept instead of sending it. */
export interface SandboxNotificationRow {
  readonly regionCode: string
  readonly outboxId: string
  readonly kind: 'patient-link' | 'prescription-changed' | 'decision' | 'callback-switched-off'
  /** One of the three: what it was about. */
  readonly prescriptionNo?: string
  readonly noticeId?: string
  readonly callbackId?: string
  readonly sentAt: Date
  /** Of the live link, for a notification that carries it. */
  readonly salt?: Buffer
}

/** Keeps a notification; the same outbox id a second time changes nothing. */
export async function add(db: Queryable, row: Omit<SandboxNotificationRow, 'salt'>): Promise<void> {
  await db.query(
    `insert into sandbox_notification (region_code, outbox_id, kind, prescription_no, notice_id, callback_id, sent_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [
      row.regionCode,
      row.outboxId,
      row.kind,
      row.prescriptionNo ?? null,
      row.noticeId ?? null,
      row.callbackId ?? null,
      row.sentAt,
    ],
  )
}

/**
 * The newest notifications, newest first.
 *
 * @param prescriptionNo only those about this prescription
 */
export async function listNewest(
  db: Queryable,
  limit: number,
  prescriptionNo?: string,
): Promise<SandboxNotificationRow[]> {
  const { rows } = await db.query<{
    region_code: string
    outbox_id: string
    kind: SandboxNotificationRow['kind']
    prescription_no: string | null
    notice_id: string | null
    callback_id: string | null
    sent_at: Date
    salt: Buffer | null
  }>(
    `select n.region_code, n.outbox_id, n.kind, n.prescription_no, n.notice_id, n.callback_id, n.sent_at,
            coalesce((select k.salt from patient_link k
              where k.region_code = n.region_code and k.prescription_no = n.prescription_no and k.replaced_at is null
              order by k.created_at desc limit 1),
              (select d.salt from decision_notice d
                where d.region_code = n.region_code and d.notice_id = n.notice_id)) as salt
       from sandbox_notification n
      where $2::text is null or n.prescription_no = $2
      order by n.sent_at desc, n.outbox_id desc
      limit $1`,
    [limit, prescriptionNo ?? null],
  )
  return rows.map((row) => ({
    regionCode: row.region_code,
    outboxId: row.outbox_id,
    kind: row.kind,
    ...(row.prescription_no === null ? {} : { prescriptionNo: row.prescription_no }),
    ...(row.notice_id === null ? {} : { noticeId: row.notice_id }),
    ...(row.callback_id === null ? {} : { callbackId: row.callback_id }),
    sentAt: row.sent_at,
    ...(row.salt === null ? {} : { salt: row.salt }),
  }))
}
