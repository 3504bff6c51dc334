import { setTimeout as sleep } from 'node:timers/promises'
import {
  around,
  type GatewayCaller,
  gatewayHeaders,
  readAnswer,
  sealedInput,
} from '../../../src/demo/national-client/gateway.ts'
import {
  signatureRequest,
  signedMembers,
  upload,
  uploadCheck,
} from '../../../src/demo/national-client/hospital.ts'
import { NATIONAL_TABLES, type NationalTables } from '../../../src/national/tables.ts'
import { settlePrescription } from '../../../src/usecases/settle-prescription.ts'
import type { Scope } from '../../support/database.ts'
import { type Json, nationalStage } from './stage.ts'

const PATH = '/fsi/api/callFsiService/callService'

/** A hospital and pharmacies of the national interface, over the application. */
export async function gatewayStage(t: Scope, tables: Partial<NationalTables> = {}) {
  const stage = await nationalStage(t, { nationalTables: { ...NATIONAL_TABLES, ...tables } })
  const { hub, app } = stage
  const { designatedPharmacy, pharmacist } = hub.world.cast
  const callerOf = (institutionId: string): GatewayCaller => ({
    ...stage.credentialsOf(institutionId),
    institutionId,
    institutionName: '样例药店',
    region: hub.world.regionCode,
  })
  const pharmacy = callerOf(designatedPharmacy.institutionId)

  /** Sends a body as it is. */
  async function sendRaw(body: string, headers: Record<string, string> = {}, path = PATH) {
    const answer = await app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/json', ...headers },
      payload: body,
    })
    return { status: answer.statusCode, body: JSON.parse(answer.body) as Json }
  }

  /** A sealed call, opened. @param over members around the business object to send otherwise */
  async function ask(infno: string, data: Json, as: GatewayCaller = pharmacy, over: Json = {}) {
    const message = { ...around(as, infno, new Date(), sealedInput(as, data)), ...over }
    const { status, body } = await sendRaw(JSON.stringify(message))
    if (status !== 200) throw new Error(`${infno}: ${status} ${JSON.stringify(body)}`)
    return readAnswer(as, body)
  }

  /** As `ask`, in plain, by the headers of the gateway. */
  async function askPlain(infno: string, input: unknown, headers = gatewayHeaders(pharmacy, new Date())) {
    const message = around(pharmacy, infno, new Date(), input)
    const { body } = await sendRaw(JSON.stringify(message), headers)
    return readAnswer(pharmacy, body)
  }

  /** Lets a worker decide what is requested while something waits for it. */
  async function working<T>(waiting: Promise<T>): Promise<T> {
    let isDone = false
    const ended = waiting.finally(() => {
      isDone = true
    })
    while (!isDone) {
      const { rows } = await hub.deps.pool.query<{ regionCode: string; settlementId: string }>(
        `select region_code as "regionCode", settlement_id as "settlementId" from settlement where status = 'requested'`,
      )
      for (const job of rows) await settlePrescription(hub.deps, job)
      await sleep(20)
    }
    return await ended
  }

  /** D001 to D003. */
  async function uploaded(): Promise<{
    readonly hiRxno: string
    readonly rxTraceCode: string
    readonly signed: Json
  }> {
    const check = uploadCheck(stage.sample())
    const { data: numbers, code, message } = await stage.call('uploadChk', check)
    if (code !== 0) throw new Error(message)
    const signed = signedMembers(check, numbers as Json, { code: 'HY441400000001', name: '样例审方药师' })
    const { data } = await stage.call('rxFixmedinsSign', signatureRequest(signed))
    const sent = await stage.call('rxFileUpld', upload(signed, data))
    if (sent.code !== 0) throw new Error(sent.message)
    return { ...(numbers as { hiRxno: string; rxTraceCode: string }), signed }
  }

  return {
    ...stage,
    pharmacy,
    callerOf,
    sendRaw,
    ask,
    askPlain,
    working,
    uploaded,
    staff: { code: pharmacist.practitionerId, name: pharmacist.name, licenceNo: pharmacist.licenceNo },
    /** Yuan for one unit, as the pharmacy's stock has it. */
    priceOf: (drugCode: string) =>
      String(
        (hub.world.stock.find(
          (each) => each.pharmacyId === designatedPharmacy.institutionId && each.drugCode === drugCode,
        )?.unitPriceFen ?? 1000) / 100,
      ),
  }
}
