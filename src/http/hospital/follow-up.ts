import { prescriptionNo } from '../../../schemas/common.ts'
import {
  cancelAnswer,
  prescriptionStatus,
  prescriptionsFound,
  renewedLink,
} from '../../../schemas/hospital.ts'
import { codeSchema } from '../../domain/codes.ts'
import { cancelPrescription } from '../../usecases/cancel-prescription.ts'
import type { Deps } from '../../usecases/deps.ts'
import { findForHospital, readForHospital } from '../../usecases/hospital/prescription-status.ts'
import { renewLink } from '../../usecases/hospital/renew-link.ts'
import { marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'

const params = {
  type: 'object',
  additionalProperties: false,
  required: ['no'],
  properties: { no: prescriptionNo },
} as const

const cancelRequest = {
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: { reasonCode: codeSchema('cancel-reasons') },
  examples: [{ reasonCode: 'prescribing-error' }],
} as const

/** What a hospital does with a prescription that it sent: read, search, cancel, renew the patient's link. */
export function followUpRoutes(app: Hub, deps: Deps): void {
  app.get(
    '/hospital/prescriptions/:no',
    {
      schema: {
        operationId: 'readHospitalPrescription',
        tags: ['hospital'],
        summary: 'How a prescription stands · 处方信息查询',
        params,
        response: { 200: prescriptionStatus },
      } as const,
      config: { refusals: ['prescription-unknown'] },
      onRequest: app.authenticate('hospital', 'prescription:read'),
    },
    async (request) => await readForHospital(deps, request.caller, request.params.no),
  )
  app.get(
    '/hospital/prescriptions',
    {
      schema: {
        operationId: 'findHospitalPrescription',
        tags: ['hospital'],
        summary: "Find a prescription by the hospital's own number · 按院内处方号查询",
        querystring: {
          type: 'object',
          additionalProperties: false,
          required: ['hospitalPrescriptionNo'],
          properties: {
            hospitalPrescriptionNo: {
              type: 'string',
              pattern: '^[A-Za-z0-9_./-]{1,40}$',
              examples: ['CF20261120-0001'],
            },
          },
        },
        response: { 200: prescriptionsFound },
      } as const,
      onRequest: app.authenticate('hospital', 'prescription:read'),
    },
    async (request) => await findForHospital(deps, request.caller, request.query.hospitalPrescriptionNo),
  )
  app.post(
    '/hospital/prescriptions/:no/cancel',
    {
      schema: {
        operationId: 'cancelHospitalPrescription',
        tags: ['hospital'],
        summary: 'Cancel a prescription · 处方撤销',
        params,
        body: cancelRequest,
        response: { 200: cancelAnswer, 202: cancelAnswer },
      } as const,
      config: { refusals: ['prescription-unknown', 'prescription-expired', 'wrong-state'] },
      onRequest: app.authenticate('hospital', 'prescription:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { no } = request.params
      const answer = await cancelPrescription(
        deps,
        request.caller,
        request.write,
        no,
        request.body.reasonCode,
      )
      return marked(reply, answer)
        .code(answer.status as 200 | 202)
        .send(answer.body)
    },
  )
  app.post(
    '/hospital/prescriptions/:no/link',
    {
      schema: {
        operationId: 'renewPatientLink',
        tags: ['hospital'],
        summary: 'Give the patient a new link; the earlier ones end · 重新发送患者链接',
        params,
        response: { 200: renewedLink },
      } as const,
      config: { refusals: ['prescription-unknown', 'wrong-state'] },
      onRequest: app.authenticate('hospital', 'prescription:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const answer = await renewLink(deps, request.caller, request.write, request.params.no)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )
}
