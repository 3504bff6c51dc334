import { randomInt } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Scope } from '../../../schemas/access.ts'
import { Problem } from '../../domain/problems.ts'
import {
  type GatewayAnswer,
  type GatewayCall,
  gatewayAnswer,
  gatewayHeaders,
  isHeaderSigned,
  readCall,
} from '../../national/gateway.ts'
import { open, sealOutput } from '../../national/message.ts'
import { type TextObject, textOf } from '../../national/texts.ts'
import { useJti } from '../../storage/access/assertions.ts'
import type { ClientKind } from '../../storage/access/clients.ts'
import { type KnownApplication, knownApplication } from '../../usecases/access/national-application.ts'
import { refusalOf } from './answer.ts'
import { type DoorOptions, FAULTS, requireAllowed, UNKNOWN, WINDOW_MS } from './door.ts'

/** One function behind the gateway. */
export interface GatewayFunction {
  readonly kinds: readonly ClientKind[]
  readonly scope: Scope
  run(caller: KnownApplication['caller'], call: GatewayCall): Promise<object>
}

/** Who calls, and what it asks in plain. */
interface Entered {
  readonly known: KnownApplication
  readonly input: TextObject
  readonly isSealed: boolean
}

/** Why nobody is let in, in words that say what to do. */
class Refused extends Error {
  override readonly name = 'Refused'
}

/**
 * Answers a call of a gateway. Either the business object is sealed with SM4 and signed with SM2, or the headers
 * `x-tif-*` say who calls, which covers when and not what: then the line must be the protection. Whatever is wrong is an
 * answer with status 200, infcode -1 and the reason in `err_msg`.
 */
export async function answerCall(
  options: DoorOptions,
  request: FastifyRequest,
  message: TextObject,
  functions: ReadonlyMap<string, GatewayFunction>,
): Promise<GatewayAnswer> {
  const came = options.machineClock()
  const place = textOf(message, 'mdtrtarea_admvs') ?? ''
  const serial = String(randomInt(10 ** 10)).padStart(10, '0')
  let entered: Entered | undefined
  const answer = (output: object, error?: string) => {
    const told = entered?.isSealed === true ? sealOutput(entered.known.application, output) : output
    return gatewayAnswer(place, serial, came, options.machineClock(), {
      output: told,
      ...(error === undefined ? {} : { error }),
    })
  }
  try {
    const call = readCall(message)
    entered = await enter(options, request, call, came)
    const { caller } = entered.known
    request.authenticated = caller
    await options.countClient(request)
    const wanted = functions.get(call.infno)
    if (wanted === undefined) throw new Problem('function-unknown')
    requireAllowed(caller, wanted)
    if (call.institutionId !== caller.institutionId)
      throw new Problem('document-of-another', { details: { member: '/fixmedins_code' } })
    return answer(await wanted.run(caller, { ...call, input: entered.input }))
  } catch (error) {
    if (!(error instanceof Refused)) return answer({}, refusalOf(error, request).message)
    request.problemCode = 'unauthenticated'
    return answer({}, error.message)
  }
}

/** @throws Refused */
async function enter(
  options: DoorOptions,
  request: FastifyRequest,
  call: GatewayCall,
  now: Date,
): Promise<Entered> {
  const { input, sentAt } = call
  if (textOf(input, 'encData') === undefined) return await enterByHeaders(options, request, call, now)
  const appId = textOf(input, 'appid') ?? textOf(input, 'appId') ?? ''
  const known = await knownApplication(options.pool, options.keyEncryptionKey, appId)
  if (known === undefined) throw new Refused(UNKNOWN.message)
  const opened = open(input, known.application, now, WINDOW_MS, sentAt)
  if ('fault' in opened) throw new Refused(FAULTS[opened.fault].message)
  return { known, input: opened.data, isSealed: true }
}

/** @throws Refused */
async function enterByHeaders(
  { pool, keyEncryptionKey }: DoorOptions,
  request: FastifyRequest,
  { input }: GatewayCall,
  now: Date,
): Promise<Entered> {
  const headers = gatewayHeaders(request.headers)
  const known = headers && (await knownApplication(pool, keyEncryptionKey, headers.appId))
  if (headers === undefined || known === undefined) throw new Refused(UNKNOWN.message)
  const sentAt = Number(headers.timestamp) * 1000
  if (Math.abs(sentAt - now.getTime()) > WINDOW_MS) throw new Refused(FAULTS['outside-the-window'].message)
  if (!isHeaderSigned(headers, known.application.appSecret))
    throw new Refused(
      '[signature-wrong] x-tif-signature 不正确：应为 SHA-256(timestamp+secret+nonce+timestamp) 的小写十六进制',
    )
  const once = `tif/${headers.timestamp}/${headers.nonce}`
  if (!(await useJti(pool, known.caller.id, once, new Date(sentAt + WINDOW_MS))))
    throw new Refused('[nonce-used] x-tif-nonce 已使用过，请更换随机串后重新签名')
  return { known, input, isSealed: false }
}
