import { manualFilePage } from '../../../schemas/agency.ts'
import { pageLimit } from '../../../schemas/common.ts'
import { refusalPage } from '../../../schemas/hospital.ts'
import { fileStatus } from '../../../schemas/reimbursement.ts'
import { readManualFiles } from '../../usecases/agency/read-manual-files.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readRefusals } from '../../usecases/hospital/outside-refusals.ts'
import { limitOf } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'

const after = { type: 'string', format: 'uuid', description: 'The `next` of the page before' } as const

/** What waits for the agency: manual reimbursements and reported refusals. @see MZ-6.7, MZ-9.3 */
export function agencyListRoutes(app: Hub, deps: Deps): void {
  app.get(
    '/agency/manual-files',
    {
      schema: {
        operationId: 'listManualFiles',
        tags: ['agency'],
        summary: 'Files for manual reimbursement · 零星报销清单',
        querystring: {
          type: 'object',
          additionalProperties: false,
          properties: { status: fileStatus, after, limit: pageLimit },
        },
        response: { 200: manualFilePage },
      } as const,
      onRequest: app.authenticate('agency', 'money:read'),
    },
    async (request) => {
      const { limit, ...filter } = request.query
      return await readManualFiles(deps, request.caller, { ...filter, limit: limitOf(limit) })
    },
  )
  app.get(
    '/agency/outside-prescription-refusals',
    {
      schema: {
        operationId: 'listOutsideRefusals',
        tags: ['agency'],
        summary: 'Refused outside prescriptions, as hospitals reported them · 拒绝外配处方清单',
        querystring: {
          type: 'object',
          additionalProperties: false,
          properties: { hospitalId: { type: 'string', pattern: '^H\\d{11}$' }, after, limit: pageLimit },
        },
        response: { 200: refusalPage },
      } as const,
      onRequest: app.authenticate('agency', 'prescription:read'),
    },
    async (request) => {
      const { limit, ...filter } = request.query
      return await readRefusals(deps, request.caller, { ...filter, limit: limitOf(limit) })
    },
  )
}
