import { randomUUID } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'
import type { SandboxRegionState } from '../../src/embedded/seed-sandbox.ts'

/** What came back. */
export interface Reply {
  readonly status: number
  readonly body: string
  /** `name=value` of the first cookie that was set. */
  readonly cookie: string | undefined
  /** Where a form leads on to. */
  readonly location?: string | undefined
}

/** Sends one request. May send it several times when the answer is lost: writes carry an Idempotency-Key. */
export type Send = (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
) => Promise<Reply>

/** One prescription on its way, as the outside knows it. */
export interface Traveller {
  readonly no: string
  readonly linkPath: string
  /** The patient's second factor. */
  readonly ending: string
  readonly lines: readonly { readonly lineNo: number; readonly quantity: string; readonly drugCode: string }[]
}

/** A pushed prescription as the hospital's system sends it. */
export interface Push {
  readonly body: string
  readonly idNumber: string
  readonly lines: Traveller['lines']
}

let packs = 0

/** Gets an access token by private_key_jwt. @see RFC 7523 */
export async function token(
  send: Send,
  issuer: string,
  region: SandboxRegionState,
  clientId: string,
): Promise<string> {
  const jwk = region.keys.clients[clientId]!
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(issuer)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('2m')
    .sign(await importJWK(jwk as never, 'ES256'))
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  })
  const reply = await send(
    'POST',
    '/oauth/token',
    { 'content-type': 'application/x-www-form-urlencoded' },
    form.toString(),
  )
  if (reply.status !== 200) throw new Error(`no token for ${clientId}: ${reply.status} ${reply.body}`)
  return (JSON.parse(reply.body) as { access_token: string }).access_token
}

/**
 * Hospital, patient and pharmacy as outside programs: each step is one call over HTTP, as their systems make it.
 *
 * @param issuer the hub's public URL
 */
export async function outsiders(send: Send, issuer: string, region: SandboxRegionState) {
  const { cast, stock } = region.world
  const pharmacyId = cast.designatedPharmacy.institutionId
  const hospital = await token(send, issuer, region, `sandbox-hospital-${cast.hospital.institutionId}`)
  const pharmacy = await token(send, issuer, region, `sandbox-pharmacy-${pharmacyId}`)
  const ask = async (
    method: string,
    path: string,
    bearer: string,
    body?: unknown,
  ): Promise<Record<string, unknown>> => {
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body)
    const headers = {
      authorization: `Bearer ${bearer}`,
      'idempotency-key': randomUUID(),
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const reply = await send(method, path, headers, text)
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.body.slice(0, 500)}`)
    return JSON.parse(reply.body) as Record<string, unknown>
  }
  const form = (path: string, cookie: string, fields: Record<string, string>) =>
    send(
      'POST',
      path,
      { 'content-type': 'application/x-www-form-urlencoded', ...(cookie === '' ? {} : { cookie }) },
      new URLSearchParams(fields).toString(),
    )
  const priceOf = (drugCode: string) =>
    stock.find((row) => row.pharmacyId === pharmacyId && row.drugCode === drugCode)!.unitPriceFen
  return {
    pharmacyToken: pharmacy,
    ask,
    async submit(push: Push): Promise<Traveller> {
      const receipt = await ask('POST', '/hospital/prescriptions', hospital, push.body)
      return {
        no: receipt['prescriptionNo'] as string,
        linkPath: new URL(receipt['patientLink'] as string).pathname,
        ending: push.idNumber.slice(-6),
        lines: push.lines,
      }
    },
    /** The patient as a browser would: second factor, page, form. */
    async choose(it: Traveller): Promise<void> {
      const { cookie, status } = await form(it.linkPath, '', { ending: it.ending })
      if (cookie === undefined) throw new Error(`the second factor gave no session: ${status}`)
      const page = await send('GET', it.linkPath, { cookie })
      const formToken = /name="form" value="([^"]+)"/.exec(page.body)?.[1]
      if (formToken === undefined) throw new Error(`no form on the page: ${page.status}`)
      const reply = await form(`${it.linkPath}/choice`, cookie, { form: formToken, pharmacy: pharmacyId })
      if (reply.status !== 303) throw new Error(`choice: ${reply.status}`)
    },
    take: (it: Traveller) => ask('POST', '/pharmacy/takes', pharmacy, { prescriptionNo: it.no }),
    review: (it: Traveller) =>
      ask('POST', `/pharmacy/prescriptions/${it.no}/review`, pharmacy, {
        pharmacistId: cast.pharmacist.practitionerId,
        decision: 'approve',
        buyer: {
          relation: 'patient',
          identityChecked: true,
          papers: ['identity-card', 'insurance-card', 'handbook'],
        },
      }),
    settle: (it: Traveller) =>
      ask('POST', `/pharmacy/prescriptions/${it.no}/settlement`, pharmacy, {
        lines: it.lines.map(({ lineNo, quantity, drugCode }) => ({
          lineNo,
          quantity,
          unitPriceFen: priceOf(drugCode),
        })),
      }),
    stateOf: async (it: Traveller) =>
      (await ask('GET', `/pharmacy/prescriptions/${it.no}`, pharmacy))['state'] as string,
    handOver: (it: Traveller) =>
      ask('POST', `/pharmacy/prescriptions/${it.no}/hand-over`, pharmacy, {
        pharmacistId: cast.pharmacist.practitionerId,
        statementSignatureRef: 'STATEMENT-1',
        delivery: { way: 'counter', feeFen: 0 },
        lines: it.lines.map(({ lineNo }) => {
          packs += 1
          return {
            lineNo,
            batchNo: 'B1',
            expiresOn: '2028-01-01',
            traceCodes: [`9${String(packs).padStart(19, '0')}`],
          }
        }),
      }),
  }
}
