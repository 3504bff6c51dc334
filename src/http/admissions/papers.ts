import { admissionName, applicationNo, PAPER_BYTES, paperAnswer } from '../../../schemas/admissions.ts'
import { PAPER_TYPES } from '../../domain/workflows/paper-type.ts'
import { attachPaper, readPaper } from '../../usecases/admissions/attach-paper.ts'
import type { Deps } from '../../usecases/deps.ts'
import { marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'
import { sendStored, storedFile } from '../plugins/stored-file.ts'

const BOTH = ['hospital', 'agency'] as const

/** `/admissions/applications/:no/papers…`: papers as files, for a scope of its own. @see SX-4.1 */
export function paperRoutes(app: Hub, deps: Deps): void {
  app.addContentTypeParser([...PAPER_TYPES], { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  app.post(
    '/admissions/applications/:no/papers/:code',
    {
      schema: {
        operationId: 'attachPaper',
        tags: ['admission'],
        summary: 'Add a paper: PDF, JPEG or PNG, at most 5 MiB · 上传材料',
        body: { content: Object.fromEntries(PAPER_TYPES.map((type) => [type, { schema: {} }])) },
        params: {
          type: 'object',
          additionalProperties: false,
          required: ['no', 'code'],
          properties: { no: applicationNo, code: admissionName },
        },
        response: { 201: paperAnswer },
      } as const,
      bodyLimit: PAPER_BYTES,
      config: {
        refusals: [
          'not-yours',
          'admission-not-at-step',
          'admission-actor-refused',
          'paper-code-unknown',
          'paper-not-accepted',
          'paper-limit-reached',
          'too-large',
          'unsupported-media-type',
        ],
      },
      onRequest: app.authenticate(BOTH, 'admission:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { no, code } = request.params
      const answer = await attachPaper(deps, request.caller, request.write, no, {
        code,
        mediaType: (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase(),
        content: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      })
      return marked(reply, answer).code(201).send(answer.body)
    },
  )
  app.get(
    '/admissions/applications/:no/paper-files/:paperNo',
    {
      schema: {
        operationId: 'readPaper',
        tags: ['admission'],
        summary: 'The file of a paper · 查看材料',
        params: {
          type: 'object',
          additionalProperties: false,
          required: ['no', 'paperNo'],
          properties: { no: applicationNo, paperNo: { type: 'string', pattern: '^[1-9]\\d?$' } },
        },
        produces: [...PAPER_TYPES],
        response: { 200: storedFile },
      } as const,
      config: { refusals: ['not-yours'] },
      onRequest: app.authenticate(BOTH, 'admission:read'),
    },
    async (request, reply) => {
      const { no, paperNo } = request.params
      const paper = await readPaper(deps, request.caller, no, Number(paperNo))
      return sendStored(reply, paper, `${no}-${paperNo}`)
    },
  )
}
