import { prescriptionNo } from '../../../schemas/common.ts'
import { PAPER_TYPES } from '../../domain/workflows/paper-type.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readPaperScan } from '../../usecases/read-paper-prescriptions.ts'
import type { Hub } from '../plugins/hub.ts'

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
        response: { 200: { type: 'string', format: 'binary', description: 'The file itself' } },
      } as const,
      config: { refusals: ['prescription-unknown', 'not-yours'] },
      onRequest: app.authenticate(kind, 'prescription:read'),
    },
    async (request, reply) => {
      const { no } = request.params
      const scan = await readPaperScan(deps, request.caller, no)
      return reply
        .type(scan.mediaType)
        .header('content-disposition', `attachment; filename="${no}"`)
        .header('cache-control', 'private, no-store')
        .header('content-security-policy', 'sandbox')
        .send(scan.content as never)
    },
  )
}
