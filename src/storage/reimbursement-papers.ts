import type { Queryable } from './database.ts'
import type { Author } from './reimbursement.ts'

/** A paper that a counter received. */
export interface FilePaper {
  readonly paper: string
  readonly reference: string
  readonly sha256?: string
}

/** Adds papers; one that is there already is left. */
export async function addPapers(
  tx: Queryable,
  regionCode: string,
  fileId: string,
  papers: readonly FilePaper[],
  by: Author,
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into manual_file_paper (region_code, file_id, paper, reference, sha256, received_at, received_by)
     select $1, $2, p.paper, p.reference, p.sha256, $6, $7
       from unnest($3::text[], $4::text[], $5::text[]) as p(paper, reference, sha256)
     on conflict do nothing`,
    [
      regionCode,
      fileId,
      papers.map((each) => each.paper),
      papers.map((each) => each.reference),
      papers.map((each) => each.sha256 ?? null),
      at,
      by.id,
    ],
  )
}

/** The papers of a file. */
export async function papersOf(db: Queryable, regionCode: string, fileId: string): Promise<FilePaper[]> {
  const { rows } = await db.query<{ paper: string; reference: string; sha256: string | null }>(
    `select paper, reference, sha256 from manual_file_paper
      where region_code = $1 and file_id = $2 order by paper, reference`,
    [regionCode, fileId],
  )
  return rows.map(({ sha256, ...paper }) => ({ ...paper, ...(sha256 === null ? {} : { sha256 }) }))
}
