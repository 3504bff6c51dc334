import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import type { Inbox } from '../../../schemas/pharmacy.ts'
import { inboxQuery, takeBody } from '../../../schemas/pharmacy.ts'
import { Problem } from '../../domain/problems.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readInbox } from '../../usecases/pharmacy/inbox.ts'
import type { Supplier } from '../../usecases/pharmacy/supplier.ts'
import { takePrescription } from '../../usecases/take-prescription.ts'
import type { Hub } from '../plugins/hub.ts'
import { statusOf } from '../plugins/problem-details.ts'
import { checkedBy } from './checked.ts'
import { atCounter, formBody, sendCounterPage, writeOf } from './counter.ts'
import { type Refusal, refusalOf } from './fault-words.ts'
import { inboxPage } from './pages/inbox-page.ts'

/** Entries of a page. */
const PAGE = 50
/** Pages that a search looks through. */
const SEARCHED = 20

type Entry = Inbox['entries'][number]

const state = { type: 'string', enum: ['', ...inboxQuery.properties.state.enum] } as const
const query = {
  type: 'object',
  properties: {
    notice: { type: 'string', maxLength: 40 },
    q: { type: 'string', maxLength: 60 },
    state,
    after: inboxQuery.properties.after,
  },
} as const
const taking = checkedBy<FromSchema<typeof takeBody>>(takeBody)

/** `/counter`: what waits, and the code that a patient shows. */
export function inboxRoutes(app: Hub, deps: Deps): void {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    asked: { q?: string; state?: (typeof state.enum)[number]; after?: string; notice?: string },
    failed: { refusal?: Refusal; typedCode?: string } = {},
  ) => {
    const person = atCounter(request)
    const search = (asked.q ?? '').normalize('NFKC').trim()
    const wanted = asked.state === '' ? undefined : asked.state
    const found = await find(deps, person.supplier, { search, state: wanted, after: asked.after })
    const body = inboxPage(person, { now: deps.clock(), search, state: wanted ?? '', ...found, ...failed })
    return await sendCounterPage(
      reply,
      deps,
      person,
      {
        title: failed.refusal === undefined ? '待办处方' : '错误：待办处方',
        current: '/counter',
        told: asked.notice,
      },
      body,
    )
  }

  app.get('/counter', { schema: { hide: true, querystring: query } as const }, async (request, reply) => {
    atCounter(request)
    const { q = '' } = request.query
    // A whole number leads to the prescription itself, also to one that was supplied long ago.
    if (/^\d{22}$/.test(q.trim())) return reply.redirect(`/counter/prescriptions/${q.trim()}`, 303)
    return await show(request, reply, request.query)
  })

  app.post('/counter/takes', { schema: { hide: true, body: formBody } as const }, async (request, reply) => {
    const person = atCounter(request)
    const { code = '' } = request.body as { code?: string }
    try {
      const wanted = taking({ pickupCode: code.trim() })
      const { body } = await takePrescription(deps, person.supplier, writeOf(person, request), wanted)
      return reply.redirect(`/counter/prescriptions/${body.prescriptionNo}?notice=taken`, 303)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      request.problemCode = error.code
      reply.code(statusOf(error.code))
      return await show(request, reply, {}, { refusal: refusalOf(error), typedCode: code })
    }
  })
}

/** A page of the inbox; or, where something is searched for, all that fits within a thousand entries. */
async function find(
  deps: Deps,
  supplier: Supplier,
  { search, ...asked }: { search: string; state: Entry['state'] | undefined; after: string | undefined },
): Promise<{ entries: readonly Entry[]; next?: string | undefined }> {
  if (search === '') return await readInbox(deps, supplier, { ...asked, limit: PAGE })
  const entries: Entry[] = []
  let { after } = asked
  for (let count = 0; count < SEARCHED; count += 1) {
    const read = await readInbox(deps, supplier, { state: asked.state, after, limit: PAGE })
    entries.push(...read.entries.filter((entry) => fits(entry, search)))
    after = read.next
    if (after === undefined) break
  }
  return { entries }
}

function fits({ prescriptionNo, hospital, lines }: Entry, search: string): boolean {
  const texts = [
    hospital.name ?? '',
    ...lines.flatMap(({ genericName, drugCode }) => [genericName ?? '', drugCode]),
  ]
  return prescriptionNo.includes(search) || texts.some((text) => text.includes(search))
}
