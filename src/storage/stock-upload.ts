import type { StockLine } from '../domain/stock/stock-line.ts'
import type { Queryable } from './database.ts'

/** An accepted file. */
export interface UploadRow {
  readonly regionCode: string
  readonly uploadId: string
  readonly institutionId: string
  readonly sha256: Buffer
  readonly lines: number
  readonly receivedAt: Date
  readonly uploadedBy: string
}

/** A line with its number in the file. */
export interface NumberedLine {
  readonly lineNo: number
  readonly line: StockLine
}

interface Row {
  region_code: string
  upload_id: string
  institution_id: string
  sha256: Buffer
  lines: number
  received_at: Date
  uploaded_by: string
}

const COLUMNS = 'region_code, upload_id, institution_id, sha256, lines, received_at, uploaded_by'

function uploadOf(row: Row): UploadRow {
  return {
    regionCode: row.region_code,
    uploadId: row.upload_id,
    institutionId: row.institution_id,
    sha256: row.sha256,
    lines: row.lines,
    receivedAt: row.received_at,
    uploadedBy: row.uploaded_by,
  }
}

/** The upload of a file; undefined when the institution never sent it. */
export async function findByHash(
  db: Queryable,
  regionCode: string,
  institutionId: string,
  sha256: Buffer,
): Promise<UploadRow | undefined> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from stock_upload where region_code = $1 and institution_id = $2 and sha256 = $3`,
    [regionCode, institutionId, sha256],
  )
  return rows[0] === undefined ? undefined : uploadOf(rows[0])
}

/** Adds an upload. @returns false when the same file is there already */
export async function add(tx: Queryable, upload: UploadRow): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into stock_upload (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict on constraint file_taken_once do nothing`,
    [
      upload.regionCode,
      upload.uploadId,
      upload.institutionId,
      upload.sha256,
      upload.lines,
      upload.receivedAt,
      upload.uploadedBy,
    ],
  )
  return rowCount === 1
}

/** Adds lines. @returns the numbers of those whose reference was used before, in this file or another */
export async function addLines(
  tx: Queryable,
  upload: UploadRow,
  lines: readonly NumberedLine[],
): Promise<number[]> {
  if (lines.length === 0) return []
  const { rows } = await tx.query<{ line_no: number }>({
    name: 'stock-lines-add',
    text: `
    with given as (
      select * from unnest($4::int[], $5::text[], $6::text[], $7::date[], $8::text[], $9::numeric[], $10::numeric[],
                           $11::text[], $12::uuid[])
        as g(line_no, kind, reference, happened_on, drug_code, quantity, unit_price_fen, batch_no, dispense_id)
    ), added as (
      insert into stock_line (region_code, institution_id, upload_id, line_no, kind, reference, happened_on, drug_code,
                              quantity, unit_price_fen, batch_no, dispense_id)
      select $1, $2, $3, line_no, kind, reference, happened_on, drug_code, quantity, unit_price_fen, batch_no, dispense_id
        from given
      on conflict do nothing
      returning line_no
    )
    select line_no from given where line_no not in (select line_no from added) order by line_no`,
    values: [
      upload.regionCode,
      upload.institutionId,
      upload.uploadId,
      lines.map(({ lineNo }) => lineNo),
      lines.map(({ line }) => line.kind),
      lines.map(({ line }) => line.reference),
      lines.map(({ line }) => line.on),
      lines.map(({ line }) => line.drugCode),
      lines.map(({ line }) => line.quantity),
      lines.map(({ line }) => line.unitPriceFen),
      lines.map(({ line }) => line.batchNo ?? null),
      lines.map(({ line }) => line.dispenseId ?? null),
    ],
  })
  return rows.map((row) => row.line_no)
}

/** The newest count of each of these drugs. */
export async function latestCounts(
  db: Queryable,
  regionCode: string,
  institutionId: string,
  drugCodes: readonly string[],
): Promise<{ drugCode: string; quantity: string; unitPriceFen: number }[]> {
  const { rows } = await db.query<{ drug_code: string; quantity: string; unit_price_fen: string }>(
    `select distinct on (drug_code) drug_code, trim_scale(quantity)::text as quantity, unit_price_fen
       from stock_line
      where region_code = $1 and institution_id = $2 and kind = 'stock' and drug_code = any($3)
      order by drug_code, happened_on desc, upload_id desc, line_no desc`,
    [regionCode, institutionId, drugCodes],
  )
  return rows.map((row) => ({
    drugCode: row.drug_code,
    quantity: row.quantity,
    unitPriceFen: Number(row.unit_price_fen),
  }))
}

/** The uploads of an institution, newest first. */
export async function list(
  db: Queryable,
  regionCode: string,
  institutionId: string,
  limit: number,
): Promise<UploadRow[]> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from stock_upload where region_code = $1 and institution_id = $2
      order by received_at desc, upload_id desc limit $3`,
    [regionCode, institutionId, limit],
  )
  return rows.map(uploadOf)
}

/** When each institution last sent a file. */
export async function lastUploads(db: Queryable, regionCode: string): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await db.query<{ institution_id: string; last: Date }>(
    `select institution_id, max(received_at) as last from stock_upload where region_code = $1 group by institution_id`,
    [regionCode],
  )
  return new Map(rows.map((row) => [row.institution_id, row.last]))
}
