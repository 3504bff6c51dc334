import { PAPER_BYTES } from '../../../schemas/admissions.ts'
import { paperEntry, paperTaken } from '../../../schemas/paper.ts'
import { codeSchema } from '../../domain/codes.ts'
import type { Deps } from '../../usecases/deps.ts'
import { enterPaperPrescription } from '../../usecases/enter-paper-prescription.ts'
import { bytesOf } from '../hospital/envelope.ts'
import { marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'
import { SUPPLIERS, supplierOf } from './guard.ts'

const body = {
  type: 'object',
  additionalProperties: false,
  required: ['document', 'scan', 'reason', 'presentedAt'],
  properties: { ...paperEntry, reason: codeSchema('paper-reasons') },
  examples: [
    {
      document: 'eyJ2ZXJzaW9uIjoiMS4wIn0=',
      scan: {
        mediaType: 'application/pdf',
        sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
      },
      reason: 'hub-unreachable',
      presentedAt: '2026-11-20T09:30:00+08:00',
    },
  ],
} as const

/** The scan in base64, and room for the document. */
const LIMIT = Math.ceil(PAPER_BYTES / 3) * 4 + 256 * 1024

/** `/pharmacy/paper-prescriptions`: what was presented on paper while circulation was down. @see MZ-7.5 */
export function paperRoutes(app: Hub, deps: Deps): void {
  app.post(
    '/pharmacy/paper-prescriptions',
    {
      schema: {
        operationId: 'enterPaperPrescription',
        tags: ['pharmacy'],
        summary: 'Enter and hold what was presented on paper while circulation was down · 录入纸质处方',
        body,
        response: { 201: paperTaken },
      } as const,
      bodyLimit: LIMIT,
      config: {
        refusals: [
          'paper-not-allowed',
          'paper-entered-late',
          'paper-entered-already',
          'paper-not-accepted',
          'paper-scan-differs',
          'too-large',
          'document-malformed',
          'document-of-another',
          'identity-guessed-too-often',
          'prescription-expired',
          'rules-failed',
          'policy-missing',
          'policy-not-cited',
        ],
      },
      onRequest: app.authenticate(SUPPLIERS, 'dispense:write'),
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { document, scan, ...rest } = request.body
      const { content, ...named } = scan
      const answer = await enterPaperPrescription(deps, supplierOf(request), request.write, {
        ...rest,
        document: bytesOf(document, 'document'),
        scan: {
          ...named,
          ...(content === undefined ? {} : { content: bytesOf(content, 'scan/content') }),
        },
      })
      return marked(reply, answer).code(201).send(answer.body)
    },
  )
}
