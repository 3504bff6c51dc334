import { numberParams } from '../../../schemas/pharmacy.ts'
import { PROBLEMS, Problem } from '../../domain/problems.ts'
import type { StaffRole } from '../../domain/staff/roles.ts'
import { tracePrescription } from '../../usecases/agency/trace-prescription.ts'
import type { Deps } from '../../usecases/deps.ts'
import type { StaffPerson } from '../../usecases/staff/session.ts'
import type { StaffDeps } from '../../usecases/staff/staff-deps.ts'
import { errorSummary } from '../pages/components.ts'
import { type Html, html } from '../pages/html.ts'
import { sendPage } from '../pages/send-page.ts'
import { page } from '../pages/shell.ts'
import type { Hub } from '../plugins/hub.ts'
import { statusOf } from '../plugins/problem-details.ts'
import { placeName, placesOf } from '../staff/places.ts'
import { shellPerson, signedIn, staffScope } from '../staff/scope.ts'
import { searchForm, tracePage } from './trace-page.ts'

/** Enough for the form that signs out, in bytes. */
const FORM_LIMIT = 8192

const OFFICERS: readonly StaffRole[] = ['officer-county', 'officer-city', 'officer-centre', 'supervisor']
const query = { type: 'object', properties: { q: { type: 'string', maxLength: 60 } } } as const

/** `/office`: what an agency's officers look up; nothing here changes anything. */
export async function officeRoutes(app: Hub, deps: Deps, staff: StaffDeps): Promise<void> {
  await staffScope(app, staff, FORM_LIMIT)
  const shown = async (person: StaffPerson, title: string, body: Html) => {
    const shell = shellPerson(person, await placeName(deps, person), placesOf(person.role), '/office')
    return page({ title, isSandbox: staff.mode === 'sandbox', person: shell }, body)
  }

  app.get('/office', { schema: { hide: true, querystring: query } as const }, async (request, reply) => {
    const person = signedIn(request, OFFICERS)
    const search = (request.query.q ?? '').normalize('NFKC').replace(/\s/g, '')
    if (/^\d{22}$/.test(search)) return reply.redirect(`/office/prescriptions/${search}`, 303)
    const fault = search === '' ? undefined : errorSummary('处方编号不完整', '请输入 22 位处方编号。')
    const body = html`<h1>处方查询</h1>${fault}${searchForm(search)}`
    return sendPage(reply.code(fault === undefined ? 200 : 400), await shown(person, '处方查询', body))
  })

  app.get(
    '/office/prescriptions/:no',
    { schema: { hide: true, params: numberParams } as const },
    async (request, reply) => {
      const person = signedIn(request, OFFICERS)
      const { no } = request.params
      try {
        const trace = await tracePrescription(deps, person.caller, no)
        const names = await deps.registers.latest(deps.pool, person.regionCode)
        return sendPage(reply, await shown(person, `处方 ${no.slice(-8)}`, tracePage(trace, names)))
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'prescription-unknown') throw error
        request.problemCode = error.code
        const { title, remedy } = PROBLEMS[error.code]
        const body = html`<h1>处方查询</h1>${errorSummary(title.zh, remedy.zh)}${searchForm(no)}`
        return sendPage(reply.code(statusOf(error.code)), await shown(person, '错误：处方查询', body))
      }
    },
  )
}
