import type { Finding } from '../../domain/finding.ts'
import type { CivilDay } from '../../domain/primitives/civil-day.ts'
import type { AdmissionStatus, Application } from '../../domain/workflows/application.ts'
import type { AdmissionFields } from '../../domain/workflows/workflow.ts'
import type { Queryable } from '../database.ts'

/** An application as stored. */
export interface ApplicationRow extends Application {
  readonly regionCode: string
  readonly policyVersion: string
  readonly concerned: readonly string[]
  readonly revision: number
  readonly dueOn?: CivilDay
  readonly openedAt: Date
  readonly changedAt: Date
}

/** One step taken. */
export interface AdmissionEvent {
  readonly revision: number
  readonly step: string
  readonly decision: 'open' | 'approve' | 'refuse' | 'return' | 'withdraw'
  readonly actorKind: string
  readonly actorId: string
  readonly signedBy: string
  readonly reason?: string
  readonly explained: boolean
  readonly fields: AdmissionFields
  readonly findings: readonly Finding[]
  readonly at: Date
}

interface Row {
  region_code: string
  application_no: string
  workflow: string
  policy_version: string
  subject_kind: 'person' | 'institution'
  subject_id: string
  applicant_id: string | null
  concerned: string[]
  fields: AdmissionFields
  status: AdmissionStatus
  step: string
  revision: number
  due_on: CivilDay | null
  opened_at: Date
  changed_at: Date
  papers: string[]
  signed_by: Record<string, string>
}

const COLUMNS = `a.region_code, a.application_no, a.workflow, a.policy_version, a.subject_kind, a.subject_id,
  a.applicant_id, a.concerned, a.fields, a.status, a.step, a.revision, a.due_on::text, a.opened_at, a.changed_at,
  coalesce((select array_agg(distinct p.code) from admission_paper p
             where p.region_code = a.region_code and p.application_no = a.application_no), '{}') as papers,
  coalesce((select jsonb_object_agg(s.step, s.signed_by) from (
             select distinct on (e.step) e.step, e.signed_by from admission_event e
              where e.region_code = a.region_code and e.application_no = a.application_no
                and e.decision <> 'open'
              order by e.step, e.revision desc) s), '{}') as signed_by`

/** The next number of a region on a day: `A`, region, day, eight digits. */
export async function nextNumber(db: Queryable, regionCode: string, day: CivilDay): Promise<string> {
  const { rows } = await db.query<{ serial: string }>(`select nextval('admission_serial') as serial`)
  return `A${regionCode}${day.replaceAll('-', '')}${rows[0]!.serial.padStart(8, '0')}`
}

/** Who may read an application: the hospital that applied, and the institutions that it names. */
function concernedBy({ applicantId, subject, fields }: Application): string[] {
  const named = [
    applicantId,
    subject.kind === 'institution' ? subject.id : undefined,
    fields.hospitalId,
    fields.supplierId,
  ]
  return [...new Set(named.filter((id) => id !== undefined))]
}

/** One open application of an applicant for workflow, subject and drugs; nobody's application stands in another's way. */
function samenessOf({ workflow, applicantId, subject, fields }: Application): string {
  return [workflow, applicantId ?? '', subject.id, ...[...(fields.drugCodes ?? [])].sort()].join('|')
}

/**
 * Stores a new application and its first event.
 *
 * @throws the unique violation `admission_open_once` when the same is open already
 */
export async function insert(
  tx: Queryable,
  regionCode: string,
  application: Application,
  policyVersion: string,
  event: Omit<AdmissionEvent, 'revision'>,
): Promise<void> {
  await addEvent(tx, regionCode, application.applicationNo, { ...event, revision: 1 })
  await tx.query(
    `insert into admission (region_code, application_no, workflow, policy_version, subject_kind, subject_id,
       applicant_id, concerned, fields, status, step, revision, due_on, sameness, opened_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, null, $12, $13, $13)`,
    [
      regionCode,
      application.applicationNo,
      application.workflow,
      policyVersion,
      application.subject.kind,
      application.subject.id,
      application.applicantId ?? null,
      concernedBy(application),
      JSON.stringify(application.fields),
      application.status,
      application.step,
      samenessOf(application),
      event.at,
    ],
  )
}

/** Stores what a step made of a locked application, with its event. */
export async function change(
  tx: Queryable,
  before: ApplicationRow,
  after: Pick<Application, 'status' | 'step' | 'fields'> & { readonly dueOn?: CivilDay },
  event: Omit<AdmissionEvent, 'revision'>,
): Promise<void> {
  const revision = before.revision + 1
  const application = { ...before, ...after }
  await addEvent(tx, before.regionCode, before.applicationNo, { ...event, revision })
  await tx.query(
    `update admission
        set status = $3, step = $4, fields = $5, revision = $6, due_on = $7, concerned = $8, sameness = $9,
            changed_at = $10
      where region_code = $1 and application_no = $2 and revision = $6 - 1`,
    [
      before.regionCode,
      before.applicationNo,
      after.status,
      after.step,
      JSON.stringify(after.fields),
      revision,
      after.dueOn ?? null,
      concernedBy(application),
      samenessOf(application),
      event.at,
    ],
  )
}

async function addEvent(
  tx: Queryable,
  regionCode: string,
  applicationNo: string,
  event: AdmissionEvent,
): Promise<void> {
  await tx.query(
    `insert into admission_event (region_code, application_no, revision, step, decision, actor_kind, actor_id,
       signed_by, reason, explained, fields, findings, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      regionCode,
      applicationNo,
      event.revision,
      event.step,
      event.decision,
      event.actorKind,
      event.actorId,
      event.signedBy,
      event.reason ?? null,
      event.explained,
      JSON.stringify(event.fields),
      JSON.stringify(event.findings),
      event.at,
    ],
  )
}

/** The application, locked for the rest of the transaction; undefined when the region has none of that number. */
export async function lock(
  tx: Queryable,
  regionCode: string,
  applicationNo: string,
): Promise<ApplicationRow | undefined> {
  return await one(tx, regionCode, applicationNo, 'for update of a')
}

/** The application; undefined when the region has none of that number. */
export async function find(
  db: Queryable,
  regionCode: string,
  applicationNo: string,
): Promise<ApplicationRow | undefined> {
  return await one(db, regionCode, applicationNo, '')
}

async function one(
  db: Queryable,
  regionCode: string,
  applicationNo: string,
  locking: '' | 'for update of a',
): Promise<ApplicationRow | undefined> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from admission a where a.region_code = $1 and a.application_no = $2 ${locking}`,
    [regionCode, applicationNo],
  )
  return rows[0] === undefined ? undefined : rowOf(rows[0])
}

/** Which applications a caller wants to see. */
export interface ApplicationFilter {
  /** Only those that concern the institution. */
  readonly concerns?: string
  readonly status?: AdmissionStatus
  readonly workflow?: string
  readonly subjectId?: string
  /** Open ones whose step was due before this day. */
  readonly dueBefore?: CivilDay
  /** Number after which the page begins. */
  readonly after?: string
  readonly limit: number
}

/** Applications by number. */
export async function list(
  db: Queryable,
  regionCode: string,
  filter: ApplicationFilter,
): Promise<ApplicationRow[]> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS}
       from admission a
      where a.region_code = $1
        and ($2::text is null or a.concerned @> array[$2::text])
        and ($3::text is null or a.status = $3)
        and ($4::text is null or a.workflow = $4)
        and ($5::text is null or a.subject_id = $5)
        and ($6::date is null or (a.status = 'open' and a.due_on < $6::date))
        and ($7::text is null or a.application_no > $7)
      order by a.application_no
      limit $8`,
    [
      regionCode,
      filter.concerns ?? null,
      filter.status ?? null,
      filter.workflow ?? null,
      filter.subjectId ?? null,
      filter.dueBefore ?? null,
      filter.after ?? null,
      filter.limit,
    ],
  )
  return rows.map(rowOf)
}

/** The steps taken on an application, in order. */
export async function events(
  db: Queryable,
  regionCode: string,
  applicationNo: string,
): Promise<AdmissionEvent[]> {
  const { rows } = await db.query<
    Omit<AdmissionEvent, 'reason' | 'actorKind' | 'actorId' | 'signedBy'> & {
      actor_kind: string
      actor_id: string
      signed_by: string
      reason: string | null
    }
  >(
    `select revision, step, decision, actor_kind, actor_id, signed_by, reason, explained, fields, findings, at
       from admission_event where region_code = $1 and application_no = $2 order by revision`,
    [regionCode, applicationNo],
  )
  return rows.map(({ actor_kind, actor_id, signed_by, reason, ...event }) => ({
    ...event,
    actorKind: actor_kind,
    actorId: actor_id,
    signedBy: signed_by,
    ...(reason === null ? {} : { reason }),
  }))
}

function rowOf(row: Row): ApplicationRow {
  return {
    regionCode: row.region_code,
    applicationNo: row.application_no,
    workflow: row.workflow,
    policyVersion: row.policy_version,
    subject: { kind: row.subject_kind, id: row.subject_id },
    ...(row.applicant_id === null ? {} : { applicantId: row.applicant_id }),
    concerned: row.concerned,
    fields: row.fields,
    status: row.status,
    step: row.step,
    revision: row.revision,
    ...(row.due_on === null ? {} : { dueOn: row.due_on }),
    openedAt: row.opened_at,
    changedAt: row.changed_at,
    papers: row.papers,
    signedBy: row.signed_by,
  }
}
