import type { Queryable } from '../database.ts'

/** What D001 keeps until the upload. */
export interface Draft {
  readonly regionCode: string
  readonly prescriptionNo: string
  readonly hospitalId: string
  readonly hospitalPrescriptionNo: string
  readonly serial: number
  readonly traceHash: Buffer
  readonly document: Buffer
  readonly documentSha256: Buffer
  readonly createdAt: Date
}

const DRAFT = `region_code as "regionCode", prescription_no as "prescriptionNo", hospital_id as "hospitalId",
  hospital_prescription_no as "hospitalPrescriptionNo", serial, trace_hash as "traceHash", document,
  document_sha256 as "documentSha256", created_at as "createdAt"`

/** The next serial of a prescription's number. */
export async function nextSerial(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ serial: string }>(`select nextval('prescription_serial') as serial`)
  return Number(rows[0]!.serial)
}

/** Keeps a draft; of the same content twice the first stays. @returns the one that is kept */
export async function keepDraft(db: Queryable, draft: Draft): Promise<Draft> {
  await db.query(
    `insert into national_draft (region_code, prescription_no, hospital_id, hospital_prescription_no, serial, trace_hash,
                                 document, document_sha256, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict on constraint draft_once do nothing`,
    [
      draft.regionCode,
      draft.prescriptionNo,
      draft.hospitalId,
      draft.hospitalPrescriptionNo,
      draft.serial,
      draft.traceHash,
      draft.document,
      draft.documentSha256,
      draft.createdAt,
    ],
  )
  return (await findSameDraft(db, draft))!
}

/** The draft of the same content that the hospital had checked before. */
export async function findSameDraft(
  db: Queryable,
  {
    regionCode,
    hospitalId,
    hospitalPrescriptionNo,
    documentSha256,
  }: Omit<Draft, 'prescriptionNo' | 'serial' | 'traceHash' | 'document' | 'createdAt'>,
): Promise<Draft | undefined> {
  const { rows } = await db.query<Draft>(
    `select ${DRAFT} from national_draft
      where region_code = $1 and hospital_id = $2 and hospital_prescription_no = $3 and document_sha256 = $4`,
    [regionCode, hospitalId, hospitalPrescriptionNo, documentSha256],
  )
  return rows[0]
}

/** The draft of a number. */
export async function findDraft(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<Draft | undefined> {
  const { rows } = await db.query<Draft>(
    `select ${DRAFT} from national_draft where region_code = $1 and prescription_no = $2`,
    [regionCode, prescriptionNo],
  )
  return rows[0]
}

/** The draft whose trace code has this hash. */
export async function findTraced(
  db: Queryable,
  regionCode: string,
  traceHash: Buffer,
): Promise<Draft | undefined> {
  const { rows } = await db.query<Draft>(
    `select ${DRAFT} from national_draft where region_code = $1 and trace_hash = $2`,
    [regionCode, traceHash],
  )
  return rows[0]
}

/** Forgets drafts that were never uploaded. @returns how many */
export async function forgetDrafts(db: Queryable, before: Date): Promise<number> {
  const { rowCount } = await db.query(
    `with gone as (
       delete from national_draft d
        where d.created_at < $1
          and not exists (select from national_upload u
                           where u.region_code = d.region_code and u.prescription_no = d.prescription_no)
       returning region_code, prescription_no)
     delete from national_signing s using gone
      where s.region_code = gone.region_code and s.prescription_no = gone.prescription_no`,
    [before],
  )
  return rowCount ?? 0
}

/** What D002 signed. */
export interface Signing {
  readonly regionCode: string
  readonly prescriptionNo: string
  readonly valueSha256: Buffer
  readonly originalValue: Buffer
  readonly signDigest: Buffer
  readonly signedAt: Date
}

/** Keeps what was signed; the same value twice keeps the first signature. @returns the one that is kept */
export async function keepSigning(db: Queryable, signing: Signing): Promise<Signing> {
  const { regionCode, prescriptionNo, valueSha256 } = signing
  await db.query(
    `insert into national_signing (region_code, prescription_no, value_sha256, original_value, sign_digest, signed_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [regionCode, prescriptionNo, valueSha256, signing.originalValue, signing.signDigest, signing.signedAt],
  )
  const { rows } = await db.query<Signing>(
    `select region_code as "regionCode", prescription_no as "prescriptionNo", value_sha256 as "valueSha256",
            original_value as "originalValue", sign_digest as "signDigest", signed_at as "signedAt"
       from national_signing where region_code = $1 and prescription_no = $2 and value_sha256 = $3`,
    [regionCode, prescriptionNo, valueSha256],
  )
  return rows[0]!
}

/** All that was signed for a number, the newest first. */
export async function listSignings(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<Signing[]> {
  const { rows } = await db.query<Signing>(
    `select region_code as "regionCode", prescription_no as "prescriptionNo", value_sha256 as "valueSha256",
            original_value as "originalValue", sign_digest as "signDigest", signed_at as "signedAt"
       from national_signing where region_code = $1 and prescription_no = $2
      order by signed_at desc, value_sha256 limit 50`,
    [regionCode, prescriptionNo],
  )
  return rows
}

/** What D003 uploaded. */
export interface Upload {
  readonly regionCode: string
  readonly prescriptionNo: string
  /** JSON of the members but for the file. */
  readonly upload: string
  readonly rxFile: Buffer
  readonly signDigest: Buffer
  readonly originalValue: Buffer
  readonly uploadedAt: Date
}

/** Keeps an upload; of two the first stays. @returns the one that is kept */
export async function keepUpload(db: Queryable, upload: Upload): Promise<Upload> {
  const { regionCode, prescriptionNo } = upload
  await db.query(
    `insert into national_upload (region_code, prescription_no, upload, rx_file, sign_digest, original_value, uploaded_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [
      regionCode,
      prescriptionNo,
      upload.upload,
      upload.rxFile,
      upload.signDigest,
      upload.originalValue,
      upload.uploadedAt,
    ],
  )
  return (await findUpload(db, regionCode, prescriptionNo))!
}

/** The upload of a number. */
export async function findUpload(
  db: Queryable,
  regionCode: string,
  prescriptionNo: string,
): Promise<Upload | undefined> {
  const { rows } = await db.query<Upload>(
    `select region_code as "regionCode", prescription_no as "prescriptionNo", upload, rx_file as "rxFile",
            sign_digest as "signDigest", original_value as "originalValue", uploaded_at as "uploadedAt"
       from national_upload where region_code = $1 and prescription_no = $2`,
    [regionCode, prescriptionNo],
  )
  return rows[0]
}
