import { prescriptionNo } from '../../../schemas/common.ts'
import { paperAnswered } from '../../../schemas/paper.ts'
import { codeSchema } from '../../domain/codes.ts'
import type { Deps } from '../../usecases/deps.ts'
import { confirmPaper } from '../../usecases/hospital/confirm-paper.ts'
import { institutionOf, marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'
import { paperScanRoute } from './paper-scan.ts'

const params = {
  type: 'object',
  additionalProperties: false,
  required: ['no'],
  properties: { no: prescriptionNo },
} as const

const body = {
  oneOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['decision'],
      properties: { decision: { type: 'string', const: 'confirm' } },
    },
    {
      type: 'object',
      additionalProperties: false,
      required: ['decision', 'reasonCode'],
      properties: {
        decision: { type: 'string', const: 'object' },
        reasonCode: codeSchema('paper-objection-reasons'),
      },
    },
  ],
  examples: [{ decision: 'object', reasonCode: 'not-issued-here' }],
} as const

/** What a hospital says to a paper prescription that a pharmacy entered in its name. @see MZ-7.5 */
export function paperConfirmationRoutes(app: Hub, deps: Deps): void {
  app.post(
    '/hospital/prescriptions/:no/paper-confirmation',
    {
      schema: {
        operationId: 'confirmPaperPrescription',
        tags: ['hospital'],
        summary: 'Confirm a paper prescription or object to it · 确认纸质处方',
        params,
        body,
        response: { 200: paperAnswered },
      } as const,
      config: { refusals: ['prescription-unknown', 'paper-answered-already', 'wrong-state'] },
      onRequest: app.authenticate('hospital', 'prescription:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { no } = request.params
      const answer = await confirmPaper(deps, institutionOf(request.caller), request.write, no, request.body)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )
  paperScanRoute(app, deps, 'hospital')
}
