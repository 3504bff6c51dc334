import {
  admissionName,
  applicationAnswer,
  applicationNo,
  applicationPage,
  decidedAnswer,
  decisionRequest,
  openedAnswer,
  openRequest,
  workflowList,
} from '../../../schemas/admissions.ts'
import { pageLimit } from '../../../schemas/common.ts'
import { decideStep, type StepDecision } from '../../usecases/admissions/decide-admission.ts'
import { type NewAdmission, openAdmission } from '../../usecases/admissions/open-admission.ts'
import { listAdmissions, readAdmission } from '../../usecases/admissions/read-admission.ts'
import { readWorkflows } from '../../usecases/admissions/workflows-of.ts'
import type { Deps } from '../../usecases/deps.ts'
import { limitOf, marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'

const BOTH = ['hospital', 'agency'] as const
const params = {
  type: 'object',
  additionalProperties: false,
  required: ['no'],
  properties: { no: applicationNo },
} as const

/** `/admissions…`: what can be applied for, applications, and the steps taken on them. @see CQ-4.1, SX-4.2, SC-D2 */
export function applicationRoutes(app: Hub, deps: Deps): void {
  app.get(
    '/admissions/workflows',
    {
      schema: {
        operationId: 'listWorkflows',
        tags: ['admission'],
        summary: 'What can be applied for, with papers, steps and sources · 可办理的申请',
        response: { 200: workflowList },
      } as const,
      config: { refusals: ['policy-missing'] },
      onRequest: app.authenticate(BOTH, 'admission:read'),
    },
    async (request) => readWorkflows(deps, request.caller),
  )
  app.get(
    '/admissions/applications',
    {
      schema: {
        operationId: 'listApplications',
        tags: ['admission'],
        summary: 'Applications that concern the caller · 申请清单',
        querystring: {
          type: 'object',
          additionalProperties: false,
          properties: {
            status: { type: 'string', enum: ['open', 'approved', 'refused', 'withdrawn'] },
            workflow: admissionName,
            overdue: { type: 'string', enum: ['true'], description: 'Only steps past their last day' },
            after: applicationNo,
            limit: pageLimit,
          },
        },
        response: { 200: applicationPage },
      } as const,
      onRequest: app.authenticate(BOTH, 'admission:read'),
    },
    async (request) => {
      const { overdue, limit, ...query } = request.query
      return await listAdmissions(deps, request.caller, {
        ...query,
        isOverdue: overdue === 'true',
        limit: limitOf(limit),
      })
    },
  )
  app.post(
    '/admissions/applications',
    {
      schema: {
        operationId: 'openApplication',
        tags: ['admission'],
        summary: 'Open an application at its first step · 新建申请',
        body: openRequest,
        response: { 201: openedAnswer },
      } as const,
      config: {
        refusals: [
          'rules-failed',
          'workflow-unknown',
          'admission-actor-refused',
          'admission-field-unexpected',
          'admission-open-already',
          'policy-missing',
          'policy-not-cited',
        ],
      },
      onRequest: app.authenticate(BOTH, 'admission:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const answer = await openAdmission(deps, request.caller, request.write, request.body as NewAdmission)
      return marked(reply, answer).code(201).send(answer.body)
    },
  )
  app.get(
    '/admissions/applications/:no',
    {
      schema: {
        operationId: 'readApplication',
        tags: ['admission'],
        summary: 'An application, its papers, steps and what it waits for · 申请详情',
        params,
        response: { 200: applicationAnswer },
      } as const,
      config: { refusals: ['not-yours'] },
      onRequest: app.authenticate(BOTH, 'admission:read'),
    },
    async (request) => await readAdmission(deps, request.caller, request.params.no),
  )
  app.post(
    '/admissions/applications/:no/decisions',
    {
      schema: {
        operationId: 'decideApplicationStep',
        tags: ['admission'],
        summary: 'Take the step that waits: approve, refuse, return or withdraw · 办理环节',
        params,
        body: decisionRequest,
        response: { 200: decidedAnswer },
      } as const,
      config: {
        refusals: [
          'not-yours',
          'admission-not-at-step',
          'admission-actor-refused',
          'admission-incomplete',
          'admission-field-unexpected',
          'rules-failed',
          'register-conflict',
          'policy-not-cited',
        ],
      },
      onRequest: app.authenticate(BOTH, 'admission:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { caller, params, body } = request
      const answer = await decideStep(deps, caller, request.write, params.no, body as StepDecision)
      return marked(reply, answer).send(answer.body)
    },
  )
}
