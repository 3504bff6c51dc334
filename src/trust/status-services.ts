import { randomBytes } from 'node:crypto'
import { BoundedMap } from './bounded-map.ts'
import type { Certificate } from './certificate.ts'
import { type IdentifierDigest, ocspRequest } from './ocsp-request.ts'
import { isAbout, type OcspResponse, readOcspResponse } from './ocsp-response.ts'

/**
 * How an authority's status service (OCSP, RFC 6960) is asked. Set by the operator; the address that a certificate
 * names is never called.
 */
export interface StatusService {
  /** SHA-256 of the authority's certificate, hex. */
  readonly authority: string
  /** http or https: answers are signed, so that the way need not be. */
  readonly address: string
  readonly timeoutSeconds: number
  readonly digest: IdentifierDigest
  /** How long an answer is used again, within its own time. */
  readonly keepSeconds: number
  /** What counts when it is silent: the revocation lists; refusal, whatever they say; or good unless they say revoked. */
  readonly whenSilent: 'lists' | 'refuse' | 'good'
}

interface Kept {
  readonly until: number
  readonly response: OcspResponse
}

const LARGEST_ANSWER = 65_536
/** A service that was silent is left alone so long: its time-out must not hold every prescription. */
const REST_MS = 5_000

/** Asks status services, and keeps their answers. What they say is judged by whoever asks. */
export class StatusServices {
  readonly #kept = new BoundedMap<string, Kept>(8192)
  readonly #asked = new Map<string, Promise<OcspResponse | undefined>>()
  readonly #silentUntil = new Map<string, number>()
  readonly #fetch: typeof fetch

  /** @param send how a request leaves the process; tests give their own */
  constructor(send: typeof fetch = fetch) {
    this.#fetch = send
  }

  /**
   * Asks about one certificate, or takes the answer of a moment ago. Questions that are the same go out once.
   *
   * @param serial hex
   * @param now epoch milliseconds
   * @returns undefined when the service does not answer in time, or not with an answer to the question
   */
  async ask(
    service: StatusService,
    serial: string,
    issuer: Certificate,
    now: number,
  ): Promise<OcspResponse | undefined> {
    const id = keyOf(serial, issuer)
    const kept = this.#kept.get(id)
    if (kept !== undefined && now < kept.until) return kept.response
    if (now < (this.#silentUntil.get(service.address) ?? 0)) return undefined
    const known = this.#asked.get(id)
    if (known !== undefined) return await known
    const asked = this.#send(service, serial, issuer)
    this.#asked.set(id, asked)
    try {
      const response = await asked
      if (response === undefined) {
        this.#silentUntil.set(service.address, now + REST_MS)
      } else {
        const ends = response.responses.map(({ nextUpdate }) => nextUpdate ?? Number.POSITIVE_INFINITY)
        this.#kept.set(id, { until: Math.min(now + service.keepSeconds * 1000, ...ends), response })
      }
      return response
    } finally {
      this.#asked.delete(id)
    }
  }

  /** Lets go of an answer that turned out to say nothing, so that the next question goes out again. */
  forget(serial: string, issuer: Certificate): void {
    this.#kept.delete(keyOf(serial, issuer))
  }

  async #send(
    service: StatusService,
    serial: string,
    issuer: Certificate,
  ): Promise<OcspResponse | undefined> {
    const nonce = randomBytes(16)
    try {
      const answer = await this.#fetch(service.address, {
        method: 'POST',
        headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
        body: ocspRequest(serial, issuer, service.digest, nonce),
        redirect: 'error',
        signal: AbortSignal.timeout(service.timeoutSeconds * 1000),
      })
      const bytes = answer.ok ? await bounded(answer) : undefined
      const response = bytes === undefined ? undefined : readOcspResponse(bytes)
      if (response === undefined) return undefined
      const isForeign = response.nonce !== undefined && response.nonce !== nonce.toString('hex')
      const isOfThis = response.responses.some((single) => isAbout(single, { serial }, issuer))
      return isOfThis && !isForeign ? response : undefined
    } catch {
      // Not reached, too late, cut off: silence all of it.
      return undefined
    }
  }
}

const keyOf = (serial: string, issuer: Certificate) => `${issuer.fingerprint}:${serial}`

async function bounded(answer: Response): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of answer.body ?? []) {
    size += part.length
    if (size > LARGEST_ANSWER) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}
