import { prescriptionNo } from '../../../schemas/common.ts'
import { PAPER_TYPES } from '../../domain/workflows/paper-type.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readPaperScan } from '../../usecases/read-paper-prescriptions.ts'
import type { Hub } from '../plugins/hub.ts'
import { sendStored, storedFile } from '../plugins/stored-file.ts'

const OPERATIONS = { hospital: 'readHospitalPaperScan', agency: 'readAgencyPaperScan' } as const

/** `/hospital/…` and `/agency/prescriptions/:no/paper-scan`: the file, where the hub keeps it. @see MZ-7.5 */
export function paperScanRoute(app: Hub, deps: Deps, kind: 'hospital' | 'agency'): void {
  app.get(
    `/${kind}/prescriptions/:no/paper-scan`,
    {
      schema: {
        operationId: OPERATIONS[kind],
        tags: [kind],
        summary: 'The scan of a paper prescription · 查看纸质处方扫描件',
        params: {
          type: 'object',
          additionalProperties: false,
          required: ['no'],
          properties: { no: prescriptionNo },
        },
        produces: [...PAPER_TYPES],
        response: { 200: storedFile },
      } as const,
      config: { refusals: ['prescription-unknown', 'not-yours'] },
      onRequest: app.authenticate(kind, 'prescription:read'),
    },
    async (request, reply) => {
      const { no } = request.params
      const scan = await readPaperScan(deps, request.caller, no)
      return sendStored(reply, scan, no)
    },
  )
}
