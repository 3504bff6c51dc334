import type { FastifyReply, FastifyRequest } from 'fastify'
import { PROBLEMS, Problem } from '../../domain/problems.ts'
import { LOGIN_PATTERN } from '../../domain/staff/password.ts'
import { invitable, STAFF_ROLES, type StaffRole } from '../../domain/staff/roles.ts'
import type { Deps } from '../../usecases/deps.ts'
import { invite, inviteAnew } from '../../usecases/staff/invite.ts'
import { dismiss, readPeople } from '../../usecases/staff/people.ts'
import type { StaffPerson } from '../../usecases/staff/session.ts'
import type { StaffDeps } from '../../usecases/staff/staff-deps.ts'
import { sendPage } from '../pages/send-page.ts'
import type { Hub } from '../plugins/hub.ts'
import { statusOf } from '../plugins/problem-details.ts'
import { type PeoplePage, peoplePage } from './people-page.ts'
import { placeName, placesOf } from './places.ts'
import { shellPerson, signedIn } from './scope.ts'

const ROLES = Object.keys(STAFF_ROLES) as StaffRole[]
const MANAGERS = ROLES.filter((role) => invitable(role).length > 0)

const form = { type: 'string', maxLength: 100 } as const
const inviteBody = {
  type: 'object',
  additionalProperties: false,
  required: ['form', 'role', 'name', 'login'],
  properties: {
    form,
    role: { type: 'string', enum: ROLES },
    name: { type: 'string', minLength: 1, maxLength: 40 },
    login: { type: 'string', pattern: LOGIN_PATTERN },
    institutionId: { type: 'string', pattern: '^([HP][0-9]{11})?$' },
    practitionerId: { type: 'string', maxLength: 40 },
  },
} as const
const personBody = {
  type: 'object',
  additionalProperties: false,
  required: ['form', 'person'],
  properties: { form, person: { type: 'string', format: 'uuid' } },
} as const

/** `/staff/people`: who works here; invite, invite anew, dismiss. */
export function peopleRoutes(app: Hub, deps: Deps, staff: StaffDeps): void {
  const show = async (
    reply: FastifyReply,
    me: StaffPerson,
    rest: Pick<PeoplePage, 'link' | 'refusal' | 'typed'> = {},
  ) => {
    const shell = shellPerson(me, await placeName(deps, me), placesOf(me.role), '/staff/people')
    const people = await readPeople(staff, me)
    return sendPage(reply, peoplePage(me, people, { isSandbox: staff.mode === 'sandbox', shell, ...rest }))
  }
  const trying = async (
    request: FastifyRequest,
    reply: FastifyReply,
    me: StaffPerson,
    work: () => Promise<string | undefined>,
  ) => {
    try {
      const link = await work()
      return await show(reply, me, link === undefined ? {} : { link })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      request.problemCode = error.code
      const { title, remedy } = PROBLEMS[error.code]
      const faults = error.fields.map(({ message }) => message.zh)
      const refusal = { title: title.zh, advice: remedy.zh, faults }
      const typed = request.body as Readonly<Record<string, string>>
      return await show(reply.code(statusOf(error.code)), me, { refusal, typed })
    }
  }

  app.get('/staff/people', { schema: { hide: true } }, async (request, reply) =>
    show(reply, signedIn(request, MANAGERS)),
  )
  app.post('/staff/people', { schema: { hide: true, body: inviteBody } as const }, async (request, reply) => {
    const me = signedIn(request, MANAGERS)
    const { role, name, login, institutionId, practitionerId } = request.body
    const invited = {
      role,
      name,
      login,
      regionCode: me.regionCode,
      institutionId: me.institutionId ?? (institutionId || undefined),
      practitionerId: practitionerId || undefined,
    }
    return await trying(request, reply, me, () => invite(staff, { ...me, id: me.caller.id }, invited))
  })
  app.post(
    '/staff/people/invite-anew',
    { schema: { hide: true, body: personBody } as const },
    async (request, reply) => {
      const me = signedIn(request, MANAGERS)
      const by = { ...me, id: me.caller.id }
      return await trying(request, reply, me, () => inviteAnew(staff, by, request.body.person))
    },
  )
  app.post(
    '/staff/people/dismiss',
    { schema: { hide: true, body: personBody } as const },
    async (request, reply) => {
      const me = signedIn(request, MANAGERS)
      return await trying(request, reply, me, async () => {
        await dismiss(staff, me, request.body.person)
        return undefined
      })
    },
  )
}
