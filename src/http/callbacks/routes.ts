import {
  callback,
  callbackChange,
  callbackEnded,
  callbackList,
  callbackParams,
  callbackRequest,
  callbackWithSecret,
  delivery,
  deliveryPage,
  deliveryParams,
  deliveryQuery,
  replayRequest,
  rotateRequest,
} from '../../../schemas/callbacks.ts'
import {
  changeCallback,
  endCallback,
  listCallbacks,
  listDeliveries,
  readCallback,
  replayCallback,
  sendAgain,
} from '../../usecases/callbacks/manage.ts'
import { type CallbackParts, rotateSecret, subscribe } from '../../usecases/callbacks/subscribe.ts'
import type { Deps } from '../../usecases/deps.ts'
import { limitOf, marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'
import { etagOf, ifMatchHeaders, seenRevision } from '../plugins/if-match.ts'

const TAGS = ['callback']
const CALLERS = ['hospital', 'pharmacy', 'agency'] as const

/** How messages are sent and verified; told once, where one subscribes. */
const HOW =
  'From then on the events of the caller’s feed are sent to the address by POST, after the conventions of Standard ' +
  'Webhooks: `webhook-id`, `webhook-timestamp` and `webhook-signature`, HMAC-SHA-256 over `id.timestamp.body` by the ' +
  'secret; `data` of the body is the entry as in the feed. Answer with a 2xx within 15 seconds. Anything else is tried ' +
  'again with growing pauses (5 s to 8 h), and what follows waits, so the order is that of the feed. A message may come ' +
  'twice: know it by `webhook-id`. After three days of failures, or by a 410, the callback is switched off and the ' +
  'institution told; turned on again it goes on where it stood.'

/** Callbacks: events that the hub sends to systems of hospitals, pharmacies and agencies. */
export function callbackRoutes(app: Hub, deps: Deps, parts: CallbackParts): void {
  const onRequest = app.authenticate(CALLERS, 'callback:write')

  app.post(
    '/callbacks',
    {
      schema: {
        operationId: 'subscribeCallback',
        tags: TAGS,
        summary: 'Have events sent to an address · 订阅事件推送',
        description: HOW,
        body: callbackRequest,
        response: { 201: callbackWithSecret },
      } as const,
      config: { refusals: ['callback-address-refused', 'callbacks-too-many', 'not-yours'] },
      onRequest,
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const answer = await subscribe(deps, parts, request.caller, request.write, request.body)
      return marked(reply, answer).code(201).send(answer.body)
    },
  )

  app.get(
    '/callbacks',
    {
      schema: {
        operationId: 'listCallbacks',
        tags: TAGS,
        summary: 'The callbacks of the institution, or of the agency · 推送订阅清单',
        response: { 200: callbackList },
      } as const,
      onRequest,
    },
    async (request) => await listCallbacks(deps, request.caller),
  )

  app.get(
    '/callbacks/:callbackId',
    {
      schema: {
        operationId: 'readCallback',
        tags: TAGS,
        summary: 'One callback: where it stands, and what fails · 查询推送订阅',
        params: callbackParams,
        response: { 200: callback },
      } as const,
      config: { refusals: ['not-yours'], answerHeaders: { success: ['etag'] } },
      onRequest,
    },
    async (request, reply) => {
      const found = await readCallback(deps, request.caller, request.params.callbackId)
      return reply.header('etag', etagOf(found.revision)).send(found)
    },
  )

  app.put(
    '/callbacks/:callbackId',
    {
      schema: {
        operationId: 'changeCallback',
        tags: TAGS,
        summary: 'Change address or types, pause, turn on · 更改推送订阅',
        params: callbackParams,
        headers: ifMatchHeaders,
        body: callbackChange,
        response: { 200: callback },
      } as const,
      config: {
        refusals: ['not-yours', 'callback-address-refused', 'changed-meanwhile', 'revision-named-not'],
        answerHeaders: { success: ['etag'] },
      },
      onRequest,
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { callbackId } = request.params
      const seen = seenRevision(request)
      const { caller, write, body } = request
      const answer = await changeCallback(deps, parts, caller, write, callbackId, seen, body)
      return marked(reply, answer).header('etag', etagOf(answer.body.revision)).code(200).send(answer.body)
    },
  )

  app.post(
    '/callbacks/:callbackId/end',
    {
      schema: {
        operationId: 'endCallback',
        tags: TAGS,
        summary: 'End a callback · 取消推送订阅',
        params: callbackParams,
        response: { 200: callbackEnded },
      } as const,
      config: { refusals: ['not-yours'] },
      onRequest,
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const answer = await endCallback(deps, request.caller, request.write, request.params.callbackId)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  app.post(
    '/callbacks/:callbackId/secret',
    {
      schema: {
        operationId: 'rotateCallbackSecret',
        tags: TAGS,
        summary: 'A new secret; the one before signs too for a while · 轮换签名密钥',
        params: callbackParams,
        body: rotateRequest,
        response: { 200: callbackWithSecret },
      } as const,
      config: { refusals: ['not-yours'] },
      onRequest,
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { callbackId } = request.params
      const { oldValidHours } = request.body
      const { caller, write } = request
      const answer = await rotateSecret(deps, parts, caller, write, callbackId, oldValidHours)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  app.post(
    '/callbacks/:callbackId/replay',
    {
      schema: {
        operationId: 'replayCallback',
        tags: TAGS,
        summary: 'Send everything behind a place of the feed again, in order · 重放事件',
        params: callbackParams,
        body: replayRequest,
        response: { 200: callback },
      } as const,
      config: { refusals: ['not-yours'] },
      onRequest,
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { callbackId } = request.params
      const { caller, write, body } = request
      const answer = await replayCallback(deps, caller, write, callbackId, body.after)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  app.get(
    '/callbacks/:callbackId/deliveries',
    {
      schema: {
        operationId: 'listCallbackDeliveries',
        tags: TAGS,
        summary: 'What became of its messages, the newest first; of 30 days · 推送记录',
        params: callbackParams,
        querystring: deliveryQuery,
        response: { 200: deliveryPage },
      } as const,
      config: { refusals: ['not-yours'] },
      onRequest,
    },
    async (request) => {
      const { limit, ...query } = request.query
      const wanted = { ...query, limit: limitOf(limit) }
      return await listDeliveries(deps, request.caller, request.params.callbackId, wanted)
    },
  )

  app.post(
    '/callbacks/:callbackId/deliveries/:messageId/send-again',
    {
      schema: {
        operationId: 'sendCallbackAgain',
        tags: TAGS,
        summary: 'Send one delivered message again, out of turn · 重发单条消息',
        params: deliveryParams,
        response: { 202: delivery },
      } as const,
      config: { refusals: ['not-yours'] },
      onRequest,
      preHandler: app.idempotent(),
    },
    async (request, reply) => {
      const { callbackId, messageId } = request.params
      const answer = await sendAgain(deps, request.caller, request.write, callbackId, messageId)
      return marked(reply, answer).code(202).send(answer.body)
    },
  )
}
