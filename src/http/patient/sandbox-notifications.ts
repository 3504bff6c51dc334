import { instant, prescriptionNo, regionCode } from '../../../schemas/common.ts'
import type { Deps } from '../../usecases/deps.ts'
import { sandboxNotifications } from '../../usecases/patient/sandbox-notifications.ts'
import type { Hub } from '../plugins/hub.ts'

const notification = {
  type: 'object',
  additionalProperties: false,
  required: ['regionCode', 'kind', 'sentAt'],
  properties: {
    regionCode,
    kind: {
      type: 'string',
      enum: ['patient-link', 'prescription-changed', 'decision', 'callback-switched-off'],
    },
    prescriptionNo,
    noticeId: { type: 'string', format: 'uuid', description: 'Of a decision about a person' },
    callbackId: { type: 'string', format: 'uuid', description: 'Of a callback that was switched off' },
    sentAt: instant,
    patientLink: { type: 'string', description: 'Where the patient opens the prescription or the decision' },
  },
} as const

/** `GET /sandbox/notifications`: what would have been sent. Register it in sandbox mode only. */
export function sandboxNotificationsRoute(app: Hub, deps: Deps): void {
  app.get(
    '/sandbox/notifications',
    {
      schema: {
        operationId: 'readSandboxNotifications',
        tags: ['sandbox'],
        summary: 'The newest notifications, with the links they carried · 沙箱通知',
        querystring: { type: 'object', additionalProperties: false, properties: { prescriptionNo } },
        response: {
          200: {
            type: 'object',
            additionalProperties: false,
            required: ['notifications'],
            properties: { notifications: { type: 'array', items: notification } },
          },
        },
      } as const,
    },
    async (request) => ({
      notifications: await sandboxNotifications(deps, request.query.prescriptionNo),
    }),
  )
}
