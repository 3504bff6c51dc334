import { Problem } from '../../domain/problems.ts'
import type { Deps } from '../../usecases/deps.ts'
import { join, readInvitation } from '../../usecases/staff/join.ts'
import type { StaffDeps } from '../../usecases/staff/staff-deps.ts'
import { sendPage } from '../pages/send-page.ts'
import type { Hub } from '../plugins/hub.ts'
import { statusOf } from '../plugins/problem-details.ts'
import { addressOf } from '../plugins/rate-limit.ts'
import { invitationPage, type JoinFault } from './invitation-page.ts'
import { placeName } from './places.ts'
import { giveStaffSession } from './staff-cookie.ts'

const params = {
  type: 'object',
  additionalProperties: false,
  required: ['token'],
  properties: { token: { type: 'string', maxLength: 100 } },
} as const
const text = { type: 'string', maxLength: 300 } as const
const body = {
  type: 'object',
  additionalProperties: false,
  required: ['password', 'again', 'code'],
  properties: { password: text, again: text, code: text, form: text },
} as const

/** `/staff/invitations/{token}`: somebody joins: sets a password and pairs an authenticator. */
export function invitationRoutes(app: Hub, deps: Deps, staff: StaffDeps): void {
  const isSandbox = staff.mode === 'sandbox'
  const config = { rateLimit: { max: 30, keyGenerator: addressOf } } as const
  app.get(
    '/staff/invitations/:token',
    { schema: { hide: true, params } as const, config },
    async (request, reply) => {
      const invitation = await readInvitation(staff, request.params.token)
      const place = await placeName(deps, invitation.person)
      const formToken = request.person?.formToken
      return sendPage(reply, invitationPage(invitation, { place, isSandbox, formToken }))
    },
  )
  app.post(
    '/staff/invitations/:token',
    { schema: { hide: true, params, body } as const, config },
    async (request, reply) => {
      const { token } = request.params
      const { password, again, code } = request.body
      const invitation = await readInvitation(staff, token)
      const refuse = async (fault: JoinFault) => {
        const place = await placeName(deps, invitation.person)
        const status = fault === 'differs' ? 400 : statusOf(fault)
        const formToken = request.person?.formToken
        return sendPage(
          reply.code(status),
          invitationPage(invitation, { place, isSandbox, formToken, fault }),
        )
      }
      if (password !== again) return await refuse('differs')
      try {
        giveStaffSession(reply, staff.publicUrl, await join(staff, token, { password, code }))
        return reply.redirect('/work', 303)
      } catch (error) {
        if (!(error instanceof Problem) || error.code === 'invitation-unknown') throw error
        request.problemCode = error.code
        return await refuse(error.code)
      }
    },
  )
}
