import { preCheckAnswer, preCheckRequest, pushRequest, receipt } from '../../../schemas/hospital.ts'
import type { ProblemCode } from '../../domain/problems.ts'
import { SIGNATURE_PROBLEMS } from '../../domain/signature-problems.ts'
import type { Deps } from '../../usecases/deps.ts'
import { pushPrescription } from '../../usecases/hospital/push-prescription.ts'
import { preCheckPrescription } from '../../usecases/submit-prescription.ts'
import { marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'
import { bytesOf } from './envelope.ts'

const SIGNATURE_REFUSALS = Object.keys(SIGNATURE_PROBLEMS) as (keyof typeof SIGNATURE_PROBLEMS)[]

const JUDGED: readonly ProblemCode[] = [
  'document-malformed',
  'document-of-another',
  'identity-guessed-too-often',
  'policy-missing',
  'policy-not-cited',
  ...SIGNATURE_REFUSALS,
]

/** `POST /hospital/prescriptions` and its pre-check. @see MZ-6.1, MZ-6.2 */
export function pushRoutes(app: Hub, deps: Deps): void {
  app.post(
    '/hospital/prescriptions',
    {
      schema: {
        operationId: 'submitPrescription',
        tags: ['hospital'],
        summary: 'Submit a signed prescription · 电子处方上传',
        description:
          'Sent again with the same key, or with the same hospital number and content, it gets the first receipt. ' +
          'When the patient was given another link meanwhile, `patientLinkReplacedAt` stands in place of the dead one.',
        body: pushRequest,
        response: { 201: receipt },
      } as const,
      config: {
        refusals: [...JUDGED, 'rules-failed', 'prescription-number-reused'],
        answerHeaders: { success: ['location'] },
      },
      onRequest: app.authenticate('hospital', 'prescription:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const envelope = {
        document: bytesOf(request.body.document, 'document'),
        signature: bytesOf(request.body.signature, 'signature'),
      }
      const answer = await pushPrescription(deps, request.caller, request.write, envelope)
      return marked(reply, answer)
        .code(201)
        .header('location', `${deps.settings.publicUrl}/hospital/prescriptions/${answer.body.prescriptionNo}`)
        .send(answer.body)
    },
  )
  app.post(
    '/hospital/prescriptions/pre-check',
    {
      schema: {
        operationId: 'preCheckPrescription',
        tags: ['hospital'],
        summary: 'Judge a prescription without storing it · 上传预核验',
        description:
          'The same judgement as a push. Without a signature, those that are due are taken for given.',
        body: preCheckRequest,
        response: { 200: preCheckAnswer },
      } as const,
      config: { refusals: JUDGED },
      onRequest: app.authenticate('hospital', 'prescription:write'),
    },
    async (request) => {
      const { document, signature } = request.body
      return await preCheckPrescription(deps, request.caller, {
        document: bytesOf(document, 'document'),
        ...(signature === undefined ? {} : { signature: bytesOf(signature, 'signature') }),
      })
    },
  )
}
