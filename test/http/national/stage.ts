import { readConfig } from '../../../src/config.ts'
import { type Credentials, opened, sealed } from '../../../src/demo/national-client/envelope.ts'
import { samplePrescription } from '../../../src/embedded/sandbox/sample-prescription.ts'
import { simulatedCredentialReader } from '../../../src/embedded/sandbox-credentials.ts'
import { seedNational, simulatedSignatureServer } from '../../../src/embedded/sandbox-national.ts'
import type { Scope } from '../../support/database.ts'
import { hubApp } from '../../support/hub-app.ts'

// biome-ignore lint/suspicious/noExplicitAny: an outside client knows the interface only
export type Json = any

let numbers = 0

/** The hub with the sandbox's applications, and clients of the interface that share no code with it. */
export async function nationalStage(t: Scope, options: Parameters<typeof hubApp>[1] = {}) {
  const { state, kek, ...stage } = await openStage(t, options)
  const { hub, app } = stage
  const callers = (await seedNational(hub.deps.pool, state, kek, hub.now)).get(hub.world.regionCode)!
  const credentialsOf = (institutionId: string): Credentials => {
    const client = hub.world.clients.find((each) => each.institutionId === institutionId)!
    return callers[client.clientId]!
  }
  const hospital = credentialsOf(hub.world.cast.hospital.institutionId)

  /** Sends a message as it is. */
  async function send(path: string, payload: string) {
    const answer = await app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/json' },
      payload,
    })
    return { status: answer.statusCode, body: JSON.parse(answer.body) as Json }
  }

  /** Calls a function and opens the answer. */
  async function call(
    path: string,
    data: Json,
    as: Credentials = hospital,
    around: Readonly<Record<string, unknown>> = {},
  ) {
    const { status, body } = await send(`/fixmedins/${path}`, JSON.stringify(sealed(as, data, around)))
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
    return opened(as, body)
  }

  return {
    ...stage,
    credentialsOf,
    hospital,
    send,
    call,
    /** A new prescription of the region's hospital. */
    sample: (): Json => {
      numbers += 1
      return samplePrescription(hub.world, {
        issuedAt: new Date(hub.now.getTime() - 60_000),
        hospitalPrescriptionNo: `NT-${process.pid}-${numbers}`,
      })
    },
  }
}

async function openStage(t: Scope, options: Parameters<typeof hubApp>[1]) {
  const kek = readConfig({}).keyEncryptionKey
  const stage = await hubApp(t, {
    signatureServer: simulatedSignatureServer,
    ...options,
    credentials: simulatedCredentialReader,
  })
  return { ...stage, state: stage.hub.state, kek }
}
