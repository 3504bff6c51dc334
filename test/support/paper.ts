import { createHash } from 'node:crypto'
import type { PrescriptionChoice } from '../../src/embedded/sandbox/sample-prescription.ts'
import { enterPaperPrescription, type PaperEntry } from '../../src/usecases/enter-paper-prescription.ts'
import { aWrite, type TestHub } from './hub.ts'

/** The beginning of a PDF, which is enough for a scan. */
export const A_SCAN = Buffer.from('%PDF-1.7 a scanned prescription')
export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** A paper prescription, issued a minute ago and presented half a minute ago unless told otherwise. */
export function paperOf(hub: TestHub, choice: PrescriptionChoice = {}, more: Partial<PaperEntry> = {}) {
  const { document, content } = hub.envelope(choice)
  const entry: PaperEntry = {
    document,
    scan: { mediaType: 'application/pdf', sha256: sha256Of(A_SCAN) },
    reason: 'hub-unreachable',
    presentedAt: new Date(hub.now.getTime() - 30_000).toISOString(),
    ...more,
  }
  return { entry, content }
}

/** A paper prescription that the pharmacy of the walk has entered. */
export async function entered(hub: TestHub, choice: PrescriptionChoice = {}) {
  const { entry, content } = paperOf(hub, choice)
  const pharmacy = hub.pharmacy()
  const { body } = await enterPaperPrescription(hub.deps, pharmacy, aWrite(pharmacy), entry)
  return { no: body.prescriptionNo, taken: body, entry, content }
}
