import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import { formatInstant } from '../domain/primitives/civil-day.ts'
import { PdfSheet } from './pdf-sheet.ts'

const SEXES: Readonly<Record<string, string>> = { male: '男', female: '女', unstated: '未说明' }

/**
 * A prescription as PDF, for a door that wants a file where the hospital sent the signed document alone. It says so: what
 * counts is the document.
 */
export function prescriptionPdf(
  document: PrescriptionDocument,
  prescriptionNo: string,
  madeAt: Date,
): Readable {
  const { patient, visit, physician, hospital } = document
  const sheet = new PdfSheet({
    title: `${hospital.name} 处方笺`,
    footer: `${prescriptionNo} · 平台据医院签名的处方文书打印，以签名文书为准 · ${formatInstant(madeAt)}`,
    madeAt,
  })
  sheet.facts([
    ['医保处方编号', prescriptionNo],
    ['院内处方号', document.hospitalPrescriptionNo],
    ['姓名', patient.name],
    ['性别', SEXES[patient.sex] ?? ''],
    ['医保编号', patient.personId],
    ['门诊/住院号', visit.recordNo ?? ''],
    ['科室', visit.departmentName],
    ['开方医师', physician.name],
    ['开方时间', formatInstant(new Date(document.issuedAt))],
    ['临床诊断', document.diagnoses.map(({ name }) => name).join('、')],
  ])
  sheet.heading('Rp.')
  const row = sheet.table([
    { title: '药品', width: 26 },
    { title: '规格', width: 20 },
    { title: '数量', width: 10, align: 'right' },
    { title: '用法用量', width: 34 },
  ])
  for (const {
    genericName,
    tradeName,
    specification,
    quantity,
    unit,
    dose,
    frequency,
    route,
  } of document.lines) {
    const use = [
      dose === undefined ? '' : `每次 ${dose.amount}${dose.unit}`,
      frequency?.name ?? '',
      route?.name ?? '',
    ]
    row([
      tradeName === undefined ? genericName : `${genericName}（${tradeName}）`,
      specification,
      `${quantity}${unit}`,
      use.filter((part) => part !== '').join('，'),
    ])
  }
  sheet.end()
  return sheet.stream
}

/** A paper as bytes. */
export async function bytesOfPaper(paper: Readable): Promise<Buffer> {
  return await buffer(paper)
}
