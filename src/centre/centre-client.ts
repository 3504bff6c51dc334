import { answerOpened, type CentreCredentials, requestSealed } from '../national/centre-message.ts'
import type { Centre, CentreAnswer, CentrePharmacist } from '../usecases/national/centre.ts'

/** What a hospital holds to call the centre, as the file of settings has it. */
export interface CentreHospital extends CentreCredentials {
  readonly pharmacist: CentrePharmacist
}

export interface CentreOptions {
  /** Base of the functions, without a slash at the end. */
  readonly url: string
  readonly timeoutMs: number
  readonly hospitals: ReadonlyMap<string, CentreHospital>
  /** The clock of the machine: messages live by it. */
  readonly now: () => Date
}

/** No answer, or none that can be read; it is tried again later. Says nothing of what was sent. */
export class CentreUnavailable extends Error {
  override readonly name = 'CentreUnavailable'
}

/** Codes that ask to come again later, as far as a centre answers with statuses. */
function isPassing(code: number): boolean {
  return code === 429 || (code >= 500 && code < 600)
}

/** The centre above, over HTTP with the direct envelope. */
export function centreClient({ url, timeoutMs, hospitals, now }: CentreOptions): Centre {
  const hospitalOf = (id: string): CentreHospital => {
    const found = hospitals.get(id)
    if (found === undefined) throw new CentreUnavailable(`the centre knows no application of ${id}`)
    return found
  }
  return {
    hospitals: [...hospitals.keys()],
    pharmacistOf: (id) => hospitalOf(id).pharmacist,
    async call(id, path, data): Promise<CentreAnswer> {
      const credentials = hospitalOf(id)
      const response = await fetch(`${url}/${path}`, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(requestSealed(credentials, data, now())),
      }).catch(() => undefined)
      if (response?.status !== 200)
        throw new CentreUnavailable(`the centre answered ${response?.status ?? 'nothing'}`)
      const opened = answerOpened(credentials, await response.text().catch(() => ''))
      if (opened === undefined) throw new CentreUnavailable('the answer of the centre can not be read')
      if (isPassing(opened.code))
        throw new CentreUnavailable(`the centre answered with the code ${opened.code}`)
      return opened
    },
  }
}
