import { Problem } from '../domain/problems.ts'
import { berToDer } from '../trust/ber-to-der.ts'
import { type Certificate, parseCertificate } from '../trust/certificate.ts'
import { isCertificateOf, readSignedData } from '../trust/signed-data.ts'
import type { SignatureChecker, SignatureServer } from '../usecases/national/signature-server.ts'
import {
  readAnswer,
  type ServerAnswer,
  type ServerKey,
  SIGN_MESSAGE,
  signForm,
  VERIFY_SIGNED_MESSAGE,
  verdictOf,
  verifyForm,
} from './svs-message.ts'

export interface SvsOptions {
  /** Without a slash at the end. */
  readonly url: string
  readonly timeoutMs: number
  /** By institution: the keys that it holds for them. */
  readonly keys: ReadonlyMap<string, ServerKey>
  /** The clock of the machine, for the header of the request. */
  readonly now: () => Date
}

/** Bytes of an answer that are read at most: a file of signatures is a thousandth of it. */
const MOST = 1024 * 1024

/**
 * The region's signature server over HTTP (GM/T 0029, annex C): it signs for institutions whose keys it holds, and says
 * whether a signature is right. A server that is silent, or says what nobody understands, is `unavailable`: nothing is
 * signed or accepted then.
 *
 * @see GM/T 0029-2014, annexes C and D
 */
export function svsClient({ url, timeoutMs, keys, now }: SvsOptions): SignatureServer & SignatureChecker {
  /** @throws Problem unavailable */
  async function ask(path: string, form: Readonly<Record<string, string>>): Promise<ServerAnswer> {
    const response = await fetch(url + path, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'svs-request-version': '1.0',
        'svs-request-time': now().toISOString().replace(/\D/g, '').slice(0, 14),
      },
      body: new URLSearchParams(form).toString(),
    }).catch(() => undefined)
    const text = response?.status === 200 ? await response.text().catch(() => '') : ''
    const answer = text.length > MOST ? undefined : readAnswer(text)
    if (answer === undefined) throw new Problem('unavailable')
    return answer
  }

  return {
    async sign(institutionId, value) {
      const key = keys.get(institutionId)
      if (key === undefined) return undefined
      const { respValue, signedMessage } = await ask(SIGN_MESSAGE, signForm(key, value))
      if (respValue !== 0 || signedMessage === undefined) throw new Problem('unavailable')
      const { serial, subjectText } = signerOf(signedMessage)
      return {
        signature: signedMessage,
        certificateSerial: serial.toUpperCase(),
        certificateSubject: subjectText,
      }
    },
    async check(value, signature) {
      const verdict = verdictOf(await ask(VERIFY_SIGNED_MESSAGE, verifyForm(value, signature)))
      if (verdict === 'trouble') throw new Problem('unavailable')
      return verdict
    },
  }
}

/** The certificate of who signed. @throws Problem unavailable when the server left it out or sent no signature */
function signerOf(signature: Buffer): Certificate {
  try {
    const { certificates, signers } = readSignedData(berToDer(signature))
    const parsed = certificates.map((der) => parseCertificate(der))
    const found = parsed.find((certificate) =>
      signers.some(({ signerId }) => isCertificateOf(signerId, certificate)),
    )
    if (found !== undefined) return found
  } catch {
    // What is no signature is told below.
  }
  throw new Problem('unavailable')
}
