import { PROBLEMS, Problem } from '../../domain/problems.ts'
import type { StaffRow } from '../../storage/staff/persons.ts'
import type { Deps } from '../../usecases/deps.ts'
import { signOut } from '../../usecases/staff/session.ts'
import { samplePeople, signIn, signInAsSample } from '../../usecases/staff/sign-in.ts'
import type { StaffDeps } from '../../usecases/staff/staff-deps.ts'
import { html } from '../pages/html.ts'
import { sendPage } from '../pages/send-page.ts'
import { page } from '../pages/shell.ts'
import type { Hub } from '../plugins/hub.ts'
import { statusOf } from '../plugins/problem-details.ts'
import { addressOf } from '../plugins/rate-limit.ts'
import { beginningOf, placeName } from './places.ts'
import { type ShownSample, type SignInPage, sampleCard, signInPage } from './sign-in-page.ts'
import { dropStaffSession, giveStaffSession, readStaffSession } from './staff-cookie.ts'

/** Tries a minute from one address, whatever names are typed. */
const TRIES_OF_AN_ADDRESS = 30

const text = { type: 'string', maxLength: 300 } as const
const signInBody = {
  type: 'object',
  additionalProperties: false,
  required: ['login', 'password', 'code'],
  properties: { login: text, password: text, code: text, next: text, form: text },
} as const
const nextQuery = { type: 'object', properties: { next: text } } as const
const sampleParams = {
  type: 'object',
  additionalProperties: false,
  required: ['person'],
  properties: { person: { type: 'string', format: 'uuid' } },
} as const
const ENDED = {
  title: '登录已结束',
  advice: '长时间未操作或已退出，请重新登录；刚才未提交的内容没有生效。',
}

/** In, out, and where somebody goes on: `/staff/sign-in`, `/staff/sign-out`, `/work`. */
export function signInRoutes(app: Hub, deps: Deps, staff: StaffDeps): void {
  const isSandbox = staff.mode === 'sandbox'
  const show = async (rest: Pick<SignInPage, 'next' | 'login' | 'refusal'>) =>
    signInPage({ isSandbox, samples: await shownSamples(deps, await samplePeople(staff)), ...rest })

  app.get(
    '/staff/sign-in',
    { schema: { hide: true, querystring: nextQuery } as const },
    async (request, reply) => {
      const next = ownPath(request.query.next)
      if (request.person !== null) return reply.redirect(next ?? beginningOf(request.person.role), 303)
      const hasEnded = readStaffSession(request, staff.publicUrl) !== undefined
      return sendPage(reply, await show({ next: next ?? '', ...(hasEnded ? { refusal: ENDED } : {}) }))
    },
  )

  app.post(
    '/staff/sign-in',
    {
      schema: { hide: true, body: signInBody } as const,
      config: { rateLimit: { max: TRIES_OF_AN_ADDRESS, keyGenerator: addressOf } },
    },
    async (request, reply) => {
      const { next, login } = request.body
      try {
        giveStaffSession(reply, staff.publicUrl, await signIn(staff, request.body))
        return reply.redirect(ownPath(next) ?? '/work', 303)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        request.problemCode = error.code
        const { title, remedy } = PROBLEMS[error.code]
        const refusal = { title: title.zh, advice: remedy.zh }
        return sendPage(
          reply.code(statusOf(error.code)),
          await show({ next: ownPath(next) ?? '', login, refusal }),
        )
      }
    },
  )

  app.post('/staff/sign-out', { schema: { hide: true } }, async (request, reply) => {
    const session = readStaffSession(request, staff.publicUrl)
    if (session !== undefined) await signOut(staff, session)
    dropStaffSession(reply, staff.publicUrl)
    return reply.redirect('/', 303)
  })

  app.get('/work', { schema: { hide: true } }, async ({ person }, reply) => {
    if (person === null) throw new Problem('sign-in-needed')
    return reply.redirect(beginningOf(person.role), 303)
  })
  if (isSandbox) sampleRoutes(app, deps, staff)
}

/** `/staff/samples/{person}`: one click signs in as a sample person. Register it in sandbox mode only. */
function sampleRoutes(app: Hub, deps: Deps, staff: StaffDeps): void {
  const schema = { hide: true, params: sampleParams } as const
  app.get('/staff/samples/:person', { schema }, async (request, reply) => {
    const found = (await samplePeople(staff)).filter(({ personId }) => personId === request.params.person)
    if (found.length === 0) throw new Problem('not-found')
    const card = sampleCard(await shownSamples(deps, found), '', request.person?.formToken)
    const shell = { title: '样例人员', isSandbox: true, isNarrow: true }
    return sendPage(reply, page(shell, html`<h1>样例人员</h1>${card}`))
  })
  app.post('/staff/samples/:person', { schema }, async (request, reply) => {
    const { next } = (request.body ?? {}) as { next?: string }
    giveStaffSession(reply, staff.publicUrl, await signInAsSample(staff, request.params.person))
    return reply.redirect(ownPath(next) ?? '/work', 303)
  })
}

async function shownSamples(deps: Deps, people: readonly StaffRow[]): Promise<ShownSample[]> {
  const regions = new Map(deps.policies.regions().map(({ region, name }) => [region, name.zh]))
  const shown: ShownSample[] = []
  for (const person of people) {
    const region = person.institutionId === undefined ? '' : `${regions.get(person.regionCode) ?? ''}　`
    shown.push({ person, place: `${region}${await placeName(deps, person)}` })
  }
  return shown
}

/** A path of the hub's own pages; anything else could lead to another site. */
function ownPath(next: string | undefined): string | undefined {
  return next !== undefined && /^\/(counter|office|staff|work)([/?][\w./?=&%-]*)?$/.test(next)
    ? next
    : undefined
}
