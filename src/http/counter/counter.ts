import { createHash, randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../../domain/problems.ts'
import type { Fields } from '../../domain/text/form-text.ts'
import type { Deps } from '../../usecases/deps.ts'
import type { Supplier } from '../../usecases/pharmacy/supplier.ts'
import type { StaffPerson } from '../../usecases/staff/session.ts'
import type { WriteRequest } from '../../usecases/write.ts'
import { notice } from '../pages/components.ts'
import { type Html, html } from '../pages/html.ts'
import { sendPage } from '../pages/send-page.ts'
import { page } from '../pages/shell.ts'
import { placeName, placesOf } from '../staff/places.ts'
import { shellPerson, signedIn } from '../staff/scope.ts'
import { MODULE_PATH } from './module.ts'
import { NOTICES } from './words.ts'

/** Fields of a form; what they mean is checked against the schemas of the API. */
export const formBody = {
  type: 'object',
  additionalProperties: { type: 'string' },
  required: ['form', 'key'],
} as const

/** What the address of a page may say besides what it is about. */
export const noticeQuery = {
  type: 'object',
  properties: { notice: { type: 'string', maxLength: 40 } },
} as const

/** Somebody at the counter of a pharmacy. @throws Problem sign-in-needed, role-lacking */
export function atCounter(request: FastifyRequest): StaffPerson & { readonly supplier: Supplier } {
  const person = signedIn(request, ['pharmacist', 'clerk'])
  const { caller } = person
  return { ...person, supplier: { ...caller, institutionId: caller.institutionId! } }
}

/** The national code under which a pharmacist decides. @throws Problem role-lacking for anybody else */
export function pharmacistOf({ practitionerId }: StaffPerson): string {
  if (practitionerId === undefined) throw new Problem('role-lacking')
  return practitionerId
}

/** The form as a write: its key was made with the page, so the same form twice is one write. */
export function writeOf({ caller }: StaffPerson, request: FastifyRequest): WriteRequest {
  const { form: _token, key = '', ...typed } = request.body as Fields
  const said = JSON.stringify([request.routeOptions.url, request.params, Object.entries(typed).sort()])
  return { callerId: caller.id, key: `form/${key}`, digest: createHash('sha256').update(said).digest() }
}

/** What every form of a session carries. */
export function hidden({ formToken }: StaffPerson): Html {
  return html`<input type="hidden" name="form" value="${formToken}"><input type="hidden" name="key" value="${randomUUID()}">`
}

/** Sends a page of the counter. @param told code of a notice */
export async function sendCounterPage(
  reply: FastifyReply,
  deps: Deps,
  person: StaffPerson,
  shown: { readonly title: string; readonly current: string; readonly told?: string | undefined },
  body: Html,
): Promise<FastifyReply> {
  const shell = {
    title: shown.title,
    isSandbox: deps.mode === 'sandbox',
    person: shellPerson(person, await placeName(deps, person), placesOf(person.role), shown.current),
    module: MODULE_PATH,
  }
  const told = Object.hasOwn(NOTICES, shown.told ?? '') ? notice(NOTICES[shown.told!]!) : undefined
  return sendPage(reply, page(shell, html`${told}${body}`))
}
