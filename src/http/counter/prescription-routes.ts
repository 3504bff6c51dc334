import type { FastifyReply, FastifyRequest } from 'fastify'
import { paperParams } from '../../../schemas/clearing.ts'
import { numberParams } from '../../../schemas/pharmacy.ts'
import { Problem } from '../../domain/problems.ts'
import type { Fields } from '../../domain/text/form-text.ts'
import { settlementPaper } from '../../usecases/clearing/papers.ts'
import type { Deps } from '../../usecases/deps.ts'
import { readCounterView } from '../../usecases/pharmacy/counter-view.ts'
import { type PharmacyQuote, quoteForPharmacy } from '../../usecases/pharmacy/quote.ts'
import { sendFile } from '../clearing/readings.ts'
import type { Hub } from '../plugins/hub.ts'
import { statusOf } from '../plugins/problem-details.ts'
import { ACTS, type Act, numbersOf, supplying } from './acts.ts'
import { atCounter, formBody, noticeQuery, sendCounterPage, writeOf } from './counter.ts'
import { type Refusal, refusalOf } from './fault-words.ts'
import { supplyOf } from './form-bodies.ts'
import { prescriptionPage } from './pages/prescription-page.ts'
import { noticeIn } from './words.ts'

const paper = {
  type: 'object',
  additionalProperties: false,
  required: ['no', ...paperParams.required],
  properties: { ...numberParams.properties, ...paperParams.properties },
} as const

/** `/counter/prescriptions/{no}`: one prescription, and everything that is done with it at the counter. */
export function prescriptionRoutes(app: Hub, deps: Deps): void {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    no: string,
    it: { refusal?: Refusal; quote?: PharmacyQuote; typed?: Fields; told?: string | undefined } = {},
  ) => {
    const person = atCounter(request)
    const { told, typed = {}, ...rest } = it
    const view = await readCounterView(deps, person.supplier, no)
    const title = `${rest.refusal === undefined ? '' : '错误：'}处方 ${no.slice(-8)}`
    const body = prescriptionPage(view, person, { ...rest, typed })
    return await sendCounterPage(
      reply,
      deps,
      person,
      { title, current: '/counter', told: noticeIn(view.dossier.state, told) },
      body,
    )
  }
  const refused = async (request: FastifyRequest, reply: FastifyReply, no: string, error: unknown) => {
    // What doesn't concern the pharmacy any more can't be shown with its refusal.
    if (!(error instanceof Problem) || error.code === 'prescription-unknown') throw error
    request.problemCode = error.code
    reply.code(statusOf(error.code))
    return await show(request, reply, no, { refusal: refusalOf(error), typed: request.body as Fields })
  }

  app.get(
    '/counter/prescriptions/:no',
    { schema: { hide: true, params: numberParams, querystring: noticeQuery } as const },
    async (request, reply) => show(request, reply, request.params.no, { told: request.query.notice }),
  )
  app.get(
    '/counter/prescriptions/:no/papers/:settlementId/:paper',
    { schema: { hide: true, params: paper } as const },
    async (request, reply) => {
      const { settlementId, paper } = request.params
      const file = await settlementPaper(deps, atCounter(request).caller, settlementId, paper)
      return await sendFile(reply, file, 'application/pdf', `${paper}.pdf`)
    },
  )

  const schema = { hide: true, params: numberParams, body: formBody } as const
  app.post('/counter/prescriptions/:no/quote', { schema }, async (request, reply) => {
    const { no } = request.params
    const { supplier } = atCounter(request)
    try {
      const typed = request.body as Fields
      const wanted = supplying(supplyOf(typed, await numbersOf(deps, supplier, no)))
      return await show(request, reply, no, {
        quote: await quoteForPharmacy(deps, supplier, no, wanted),
        typed,
      })
    } catch (error) {
      return await refused(request, reply, no, error)
    }
  })
  for (const [verb, act] of Object.entries(ACTS) as [string, Act][]) {
    app.post(`/counter/prescriptions/:no/${verb}`, { schema }, async (request, reply) => {
      const { no } = request.params
      const person = atCounter(request)
      try {
        const { told, isGone = false } = await act(
          deps,
          person,
          writeOf(person, request),
          no,
          request.body as Fields,
        )
        const to = isGone ? '/counter' : `/counter/prescriptions/${no}`
        return reply.redirect(`${to}?notice=${told}`, 303)
      } catch (error) {
        return await refused(request, reply, no, error)
      }
    })
  }
}
