import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import { nationalTime, nodeOf } from './document.ts'

/**
 * D001 as a hospital would send it, from a document.
 *
 * @param expiresAt end of validity by the policy, exclusive
 */
export function preCheckMessage(document: PrescriptionDocument, expiresAt: Date): Record<string, unknown> {
  const primary = document.diagnoses.find(({ primary }) => primary === true) ?? document.diagnoses[0]!
  const days = Math.ceil((expiresAt.getTime() - Date.parse(document.issuedAt)) / 86_400_000)
  return {
    ...nodeOf(document, 'header'),
    rxDrugCnt: String(document.herbal?.doses ?? document.lines.length),
    valiDays: String(days),
    valiEndTime: nationalTime(new Date(expiresAt.getTime() - 1000)),
    rxdrugdetail: document.lines.map((_, index) => nodeOf(document, 'rxdrugdetail', index)),
    mdtrtinfo: {
      ...nodeOf(document, 'mdtrtinfo'),
      maindiagCode: primary.code,
      maindiagName: primary.name,
    },
    diseinfo: document.diagnoses.map((_, index) => nodeOf(document, 'diseinfo', index)),
  }
}

/** The members that D002 has signed and D003 repeats. */
export function signedMessage(
  document: PrescriptionDocument,
  numbers: { readonly rxTraceCode: string; readonly hiRxno: string },
  pharmacist: Readonly<Record<string, string>>,
): Record<string, string> {
  const visit = nodeOf(document, 'mdtrtinfo')
  const of = (name: string) => visit[name] ?? ''
  return {
    rxTraceCode: numbers.rxTraceCode,
    hiRxno: numbers.hiRxno,
    mdtrtId: of('mdtrtId'),
    patnName: of('patnName'),
    psnCertType: of('psnCertType'),
    certno: of('certno'),
    fixmedinsName: document.hospital.name,
    fixmedinsCode: document.hospital.institutionId,
    drCode: of('drCode'),
    prscDrName: of('prscDrName'),
    ...pharmacist,
  }
}
