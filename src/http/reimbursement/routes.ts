import {
  decisionBody,
  fileChanged,
  fileDetail,
  fileList,
  fileParams,
  filePreview,
  fileQuery,
  papersBody,
  paymentBody,
  reasonBody,
  reimbursementApplication,
} from '../../../schemas/reimbursement.ts'
import type { Deps } from '../../usecases/deps.ts'
import { addPapers, moveFile, submitFile } from '../../usecases/reimbursement/change-file.ts'
import { decideFile, payFile } from '../../usecases/reimbursement/decide-file.ts'
import { openFile } from '../../usecases/reimbursement/open-file.ts'
import { listFiles, previewFile, readFile } from '../../usecases/reimbursement/read-files.ts'
import { marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'

const COUNTERS = ['agency', 'hospital'] as const
const PAGE = 50

/** Manual reimbursement (零星报销), for the agency and for hospitals' counters. */
export function reimbursementRoutes(app: Hub, deps: Deps): void {
  counterRoutes(app, deps)
  agencyRoutes(app, deps)
}

/** What both may do: open, read, add papers, submit, withdraw. */
function counterRoutes(app: Hub, deps: Deps): void {
  const reads = { onRequest: app.authenticate(COUNTERS, 'money:read') }
  const writes = { onRequest: app.authenticate(COUNTERS, 'money:write'), preHandler: app.idempotent() }

  app.post(
    '/reimbursements',
    {
      schema: {
        operationId: 'openReimbursement',
        tags: ['agency'],
        summary: 'Take in an application · 受理零星报销申请',
        body: reimbursementApplication,
        response: { 201: fileChanged },
      },
      config: { refusals: ['occasion-unknown', 'invoice-used', 'policy-missing'] },
      ...writes,
    },
    async (request, reply) => {
      const answer = await openFile(deps, request.caller, request.write, request.body)
      return marked(reply, answer).code(201).send(answer.body)
    },
  )

  app.get(
    '/reimbursements',
    {
      schema: {
        operationId: 'listReimbursements',
        tags: ['agency'],
        summary: 'Files, oldest first · 零星报销申请一览',
        querystring: fileQuery,
        response: { 200: fileList },
      },
      ...reads,
    },
    async (request) => {
      const { status, after, limit } = request.query
      return await listFiles(deps, request.caller, { status, after, limit: Number(limit ?? PAGE) })
    },
  )

  app.get(
    '/reimbursements/:fileId',
    {
      schema: {
        operationId: 'readReimbursement',
        tags: ['agency'],
        summary: 'One file with papers, history and decision · 查询零星报销申请',
        params: fileParams,
        response: { 200: fileDetail },
      },
      config: { refusals: ['file-unknown'] },
      ...reads,
    },
    async (request) => await readFile(deps, request.caller, request.params.fileId),
  )

  app.post(
    '/reimbursements/:fileId/papers',
    {
      schema: {
        operationId: 'addReimbursementPapers',
        tags: ['agency'],
        summary: 'Papers received · 登记报销材料',
        params: fileParams,
        body: papersBody,
        response: { 200: fileChanged },
      },
      config: { refusals: ['file-unknown', 'file-wrong-state', 'paper-code-unknown', 'policy-missing'] },
      ...writes,
    },
    async (request, reply) => {
      const { params, body } = request
      const answer = await addPapers(deps, request.caller, request.write, params.fileId, body.papers)
      return marked(reply, answer).send(answer.body)
    },
  )

  app.post(
    '/reimbursements/:fileId/submit',
    {
      schema: {
        operationId: 'submitReimbursement',
        tags: ['agency'],
        summary: 'Submit for examination · 提交审核',
        params: fileParams,
        response: { 200: fileChanged },
      },
      config: {
        refusals: [
          'file-unknown',
          'file-wrong-state',
          'claim-day-closed',
          'file-not-supplied',
          'papers-missing',
          'occasion-unknown',
          'policy-not-cited',
        ],
      },
      ...writes,
    },
    async (request, reply) => {
      const answer = await submitFile(deps, request.caller, request.write, request.params.fileId)
      return marked(reply, answer).send(answer.body)
    },
  )

  app.post(
    '/reimbursements/:fileId/withdraw',
    {
      schema: {
        operationId: 'withdrawReimbursement',
        tags: ['agency'],
        summary: 'Withdraw an application that is not submitted · 撤回申请',
        params: fileParams,
        body: reasonBody,
        response: { 200: fileChanged },
      },
      config: { refusals: ['file-unknown', 'file-wrong-state'] },
      ...writes,
    },
    async (request, reply) => {
      const { params, body } = request
      const { caller, write } = request
      const answer = await moveFile(deps, caller, write, params.fileId, 'withdraw', body.reason)
      return marked(reply, answer).send(answer.body)
    },
  )
}

/** What only the agency may do: examine, decide, pay, send back, reopen. */
function agencyRoutes(app: Hub, deps: Deps): void {
  const writes = { onRequest: app.authenticate('agency', 'money:write'), preHandler: app.idempotent() }

  app.get(
    '/reimbursements/:fileId/preview',
    {
      schema: {
        operationId: 'previewReimbursement',
        tags: ['agency'],
        summary: 'Findings and amount if nothing were waived; stores nothing · 审核预览',
        params: fileParams,
        response: { 200: filePreview },
      },
      config: {
        refusals: ['file-unknown', 'policy-missing', 'policy-not-cited', 'settlement-facts-missing'],
      },
      onRequest: app.authenticate('agency', 'money:read'),
    },
    async (request) => await previewFile(deps, request.caller, request.params.fileId),
  )

  app.post(
    '/reimbursements/:fileId/decision',
    {
      schema: {
        operationId: 'decideReimbursement',
        tags: ['agency'],
        summary: 'Approve or decline · 审批',
        params: fileParams,
        body: decisionBody,
        response: { 200: fileChanged },
      },
      config: {
        refusals: [
          'file-unknown',
          'file-wrong-state',
          'rules-failed',
          'policy-missing',
          'policy-not-cited',
          'settlement-facts-missing',
        ],
      },
      ...writes,
    },
    async (request, reply) => {
      const { decision, reason, waivers = [] } = request.body
      const wanted = decision === 'approve' ? { decision, reason, waivers } : { decision, reason }
      const answer = await decideFile(deps, request.caller, request.write, request.params.fileId, wanted)
      return marked(reply, answer).send(answer.body)
    },
  )

  app.post(
    '/reimbursements/:fileId/payment',
    {
      schema: {
        operationId: 'payReimbursement',
        tags: ['agency'],
        summary: 'Enter the payment · 登记支付',
        params: fileParams,
        body: paymentBody,
        response: { 200: fileChanged },
      },
      config: {
        refusals: ['file-unknown', 'file-wrong-state', 'reimbursement-changed', 'settlement-facts-missing'],
      },
      ...writes,
    },
    async (request, reply) => {
      const { params, body, caller, write } = request
      const answer = await payFile(deps, caller, write, params.fileId, body.paymentReference)
      return marked(reply, answer).send(answer.body)
    },
  )

  for (const [command, operationId, summary] of [
    ['send-back', 'sendBackReimbursement', 'Send back for papers · 退回补正'],
    ['reopen', 'reopenReimbursement', 'Examine again · 重新审核'],
  ] as const) {
    app.post(
      `/reimbursements/:fileId/${command}`,
      {
        schema: {
          operationId,
          tags: ['agency'],
          summary,
          params: fileParams,
          body: reasonBody,
          response: { 200: fileChanged },
        },
        config: { refusals: ['file-unknown', 'file-wrong-state'] },
        ...writes,
      },
      async (request, reply) => {
        const { params, body, caller, write } = request
        const answer = await moveFile(deps, caller, write, params.fileId, command, body.reason)
        return marked(reply, answer).send(answer.body)
      },
    )
  }
}
