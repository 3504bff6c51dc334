import { type LookupAddress, lookup } from 'node:dns'
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Attempt } from '../domain/callbacks/after-attempt.ts'
import type { Mode } from '../domain/rules/cited.ts'
import { type AllowedNetworks, mayBeCalled } from '../usecases/callbacks/address.ts'
import type { CallbackMessage, SendCallback } from '../usecases/callbacks/deliver.ts'

export interface CallbackSenderOptions {
  readonly mode: Mode
  readonly allowedNetworks: AllowedNetworks
  /** Ends what is under way. */
  readonly signal: AbortSignal
  readonly timeoutMs?: number
}

/** Standard Webhooks recommends 15 to 30 seconds. */
const TIMEOUT_MS = 15_000
/** An idle connection to a subscriber is kept for the next event. */
const IDLE_MS = 10_000

/**
 * Sends messages of callbacks by HTTP POST. Redirects are not followed, and whatever a name stands for when it is called
 * must be an address that may be called: nobody reaches the hub's own network through it.
 */
export function callbackSender(options: CallbackSenderOptions): SendCallback & { close(): void } {
  const { mode, allowedNetworks, signal, timeoutMs = TIMEOUT_MS } = options
  const isAllowed = (address: string) => mayBeCalled(address, mode, allowedNetworks)
  const agentOptions = { keepAlive: true, keepAliveMsecs: IDLE_MS, timeout: IDLE_MS, maxSockets: 64 }
  const agents = { 'http:': new HttpAgent(agentOptions), 'https:': new HttpsAgent(agentOptions) }

  async function send(message: CallbackMessage): Promise<Attempt | undefined> {
    const url = new URL(message.url)
    const literal = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(literal) !== 0 && !isAllowed(literal)) return { fault: 'address-refused' }
    const timeout = AbortSignal.timeout(timeoutMs)
    try {
      const response = await post(url, message, AbortSignal.any([signal, timeout]))
      const retryAfter = /^\d{1,6}$/.exec(response.headers['retry-after'] ?? '')?.[0]
      // Whatever it says besides is of no interest; read, so that the connection can be kept.
      response.on('error', () => {}).resume()
      return {
        status: response.statusCode ?? 0,
        ...(retryAfter === undefined ? {} : { retryAfterSeconds: Number(retryAfter) }),
      }
    } catch (error) {
      if (signal.aborted) return undefined
      return { fault: timeout.aborted ? 'timeout' : faultOf(error) }
    }
  }

  function post(url: URL, message: CallbackMessage, until: AbortSignal): Promise<IncomingMessage> {
    const isSecure = url.protocol === 'https:'
    return new Promise((resolve, reject) => {
      const sent = (isSecure ? requestHttps : requestHttp)(url, {
        method: 'POST',
        agent: agents[isSecure ? 'https:' : 'http:'],
        lookup: lookupAllowed(isAllowed),
        signal: until,
        headers: {
          ...message.headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(message.body),
          'user-agent': 'prescription-hub',
        },
      })
      sent.once('response', resolve).once('error', reject)
      // An answer that is none (101) closes the connection without either; nothing would end the attempt.
      sent.once('close', () => reject(new Error('closed without an answer')))
      sent.end(message.body)
    })
  }

  return Object.assign(send, {
    close() {
      for (const agent of Object.values(agents)) agent.destroy()
    },
  })
}

class AddressRefused extends Error {}

/** As Node looks names up, but only to addresses that may be called. */
function lookupAllowed(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[] = []) => {
      if (error !== null) return done(error, '')
      const allowed = found.filter(({ address }) => isAllowed(address))
      const [first] = allowed
      if (first === undefined) return done(new AddressRefused(), '')
      if (options.all === true) return done(null, allowed)
      return done(null, first.address, first.family)
    })
  }
}

/** Why there was no answer, in one word. */
function faultOf(error: unknown): string {
  if (error instanceof AddressRefused) return 'address-refused'
  const { code = '' } = error as { code?: string }
  return /^(CERT_|ERR_TLS|DEPTH_|SELF_SIGNED|UNABLE_TO_)/.test(code) ? 'certificate' : 'unreachable'
}
