import type { FastifyRequest } from 'fastify'
import type { Scope } from '../../../schemas/access.ts'
import { Problem } from '../../domain/problems.ts'
import { type EnvelopeFault, open, seal } from '../../national/message.ts'
import { type TextObject, textOf } from '../../national/texts.ts'
import type { ClientKind } from '../../storage/access/clients.ts'
import type { Queryable } from '../../storage/database.ts'
import { type KnownApplication, knownApplication } from '../../usecases/access/national-application.ts'
import { type NationalRefusal, refusalOf } from './answer.ts'

/** What the door needs. */
export interface DoorOptions {
  readonly pool: Queryable
  readonly keyEncryptionKey: Buffer
  /** Messages live by the clock of the machine. */
  readonly machineClock: () => Date
  /** `code` of a refusal by the hub's own code, where it isn't the status. */
  readonly errorCodes: Readonly<Record<string, number>>
  /** @throws Problem too-many-requests */
  countClient(request: FastifyRequest): Promise<void>
}

/** One function of the interface. */
export interface NationalFunction {
  readonly kind: ClientKind
  readonly scope: Scope
  run(caller: KnownApplication['caller'], input: TextObject): Promise<object>
}

/** How far the time of a message may lie from the hub's, either way. */
export const WINDOW_MS = 10 * 60_000

export const FAULTS: Readonly<Record<EnvelopeFault, NationalRefusal>> = {
  'algorithm-unknown': { code: 400, message: '[algorithm-unknown] encType 应为 SM4，signType 应为 SM2' },
  'version-unknown': { code: 400, message: '[version-unknown] version 应为 1.0.0' },
  'time-missing': { code: 400, message: '[time-missing] timestamp 应为 1970 年以来的毫秒数' },
  'outside-the-window': {
    code: 401,
    message: '[outside-the-window] timestamp 与平台时间相差超过十分钟，请校准时钟后重新签名',
  },
  'not-decrypted': { code: 400, message: '[not-decrypted] encData 无法解密，请核对 appId 与 appSecret' },
  'not-json': { code: 400, message: '[not-json] 解密后的内容不是 JSON 对象' },
  'signature-wrong': { code: 401, message: '[signature-wrong] 签名值不正确，请核对待签名串与应用私钥' },
}

/** Of an application that is not known, was ended, or is not whom it says: nothing can be sealed for it. */
export const UNKNOWN: NationalRefusal = {
  code: 401,
  message: '[unauthenticated] 应用未登记或已停用，请联系平台运维',
}

/**
 * Answers a message of the direct envelope: opens it, runs the function for its client, seals what comes of it. Whatever
 * is wrong is an answer with status 200 and a code, as clients expect.
 */
export async function answerMessage(
  options: DoorOptions,
  request: FastifyRequest,
  message: TextObject,
  wanted: NationalFunction,
): Promise<object> {
  const now = options.machineClock()
  const known = await knownApplication(options.pool, options.keyEncryptionKey, textOf(message, 'appId') ?? '')
  if (known === undefined) {
    request.problemCode = 'unauthenticated'
    return UNKNOWN
  }
  const { application, caller } = known
  const refused = (refusal: NationalRefusal) => seal(application, { ...refusal, output: {} }, now)
  try {
    const opened = open(message, application, now, WINDOW_MS)
    if ('fault' in opened) {
      request.problemCode = 'unauthenticated'
      return refused(FAULTS[opened.fault])
    }
    request.authenticated = caller
    await options.countClient(request)
    requireAllowed(caller, { kinds: [wanted.kind], scope: wanted.scope })
    const output = await wanted.run(caller, opened.data)
    return seal(application, { code: 0, message: '成功', output }, now)
  } catch (error) {
    return refused(refusalOf(error, request, options.errorCodes))
  }
}

/** @throws Problem scope-missing */
export function requireAllowed(
  { kind, scopes }: KnownApplication['caller'],
  wanted: { readonly kinds: readonly ClientKind[]; readonly scope: Scope },
): void {
  if (wanted.kinds.includes(kind) && scopes.includes(wanted.scope)) return
  throw new Problem('scope-missing', { details: { scope: wanted.scope, callers: wanted.kinds } })
}
