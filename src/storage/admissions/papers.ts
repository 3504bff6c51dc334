import type { PaperType } from '../../domain/workflows/paper-type.ts'
import type { Queryable } from '../database.ts'

/** A paper of an application, without its bytes. */
export interface PaperRow {
  readonly paperNo: number
  readonly code: string
  /** Lower-case hex. */
  readonly sha256: string
  readonly mediaType: PaperType
  readonly bytes: number
  readonly addedBy: string
  readonly addedAt: Date
}

/** Stores the bytes of a paper, unless the region has the same bytes already. */
export async function keepFile(
  tx: Queryable,
  regionCode: string,
  file: { readonly sha256: Buffer; readonly mediaType: PaperType; readonly content: Buffer },
  now: Date,
): Promise<void> {
  await tx.query(
    `insert into paper_file (region_code, sha256, media_type, content, added_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [regionCode, file.sha256, file.mediaType, file.content, now],
  )
}

/**
 * Adds a paper to a locked application.
 *
 * @param most papers that an application may have
 * @returns its number, or undefined when the application has that many
 */
export async function add(
  tx: Queryable,
  regionCode: string,
  applicationNo: string,
  paper: { readonly code: string; readonly sha256: Buffer; readonly addedBy: string; readonly addedAt: Date },
  most: number,
): Promise<number | undefined> {
  const { rows } = await tx.query<{ paper_no: number }>(
    `insert into admission_paper (region_code, application_no, paper_no, code, sha256, added_by, added_at)
     select $1, $2, n.paper_no, $3, $4, $5, $6
       from (select coalesce(max(paper_no), 0) + 1 as paper_no from admission_paper
              where region_code = $1 and application_no = $2) n
      where n.paper_no <= $7
     returning paper_no`,
    [regionCode, applicationNo, paper.code, paper.sha256, paper.addedBy, paper.addedAt, most],
  )
  return rows[0]?.paper_no
}

/** The papers of an application, oldest first. */
export async function list(db: Queryable, regionCode: string, applicationNo: string): Promise<PaperRow[]> {
  const { rows } = await db.query<PaperRow>(
    `select p.paper_no as "paperNo", p.code, encode(p.sha256, 'hex') as sha256, f.media_type as "mediaType",
            length(f.content) as bytes, p.added_by as "addedBy", p.added_at as "addedAt"
       from admission_paper p
       join paper_file f using (region_code, sha256)
      where p.region_code = $1 and p.application_no = $2
      order by p.paper_no`,
    [regionCode, applicationNo],
  )
  return rows
}

/** The bytes of one paper; undefined when the application has none of that number. */
export async function read(
  db: Queryable,
  regionCode: string,
  applicationNo: string,
  paperNo: number,
): Promise<{ readonly mediaType: PaperType; readonly content: Buffer; readonly sha256: string } | undefined> {
  const { rows } = await db.query<{ mediaType: PaperType; content: Buffer; sha256: string }>(
    `select f.media_type as "mediaType", f.content, encode(f.sha256, 'hex') as sha256
       from admission_paper p
       join paper_file f using (region_code, sha256)
      where p.region_code = $1 and p.application_no = $2 and p.paper_no = $3`,
    [regionCode, applicationNo, paperNo],
  )
  return rows[0]
}
