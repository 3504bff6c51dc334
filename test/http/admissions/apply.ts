import { randomUUID } from 'node:crypto'
import type { Caller } from '../../../src/usecases/deps.ts'
import { accessToken } from '../../support/access-token.ts'
import type { Scope } from '../../support/database.ts'
import type { testHub } from '../../support/hub.ts'
import { type Got, type HubApp, hubApp } from '../../support/hub-app.ts'

/** The smallest bytes that pass for a PDF. */
export const PDF = Buffer.from('%PDF-1.7\n% sample paper\n')

export interface Sending {
  readonly step: string
  readonly decision?: string
  readonly fields?: object
  readonly physicianId?: string
  readonly officerNo?: string
  readonly reason?: string
  readonly explained?: boolean
}

export const OFFICE = { officerNo: 'YB-01' } as const
export const CENTRE = { officerNo: 'JB-01' } as const

function signerOf({ physicianId, officerNo }: Pick<Sending, 'physicianId' | 'officerNo'>): object {
  return {
    ...(physicianId === undefined ? {} : { physicianId }),
    ...(officerNo === undefined ? {} : { officerNo }),
  }
}

/** A hub over HTTP and the verbs of an application. */
export async function admissionApp(t: Scope, options: Parameters<typeof testHub>[1] = {}) {
  const it: HubApp = await hubApp(t, options)
  const { as, app, hub } = it
  const verbs = {
    open: (
      caller: Caller,
      workflow: string,
      subjectId: string,
      fields: object,
      signer: Pick<Sending, 'physicianId' | 'officerNo'> = OFFICE,
    ): Promise<Got> =>
      as(caller, 'POST', '/admissions/applications', {
        body: { workflow, subjectId, fields, signer: signerOf(signer) },
      }),
    decide(caller: Caller, no: string, sending: Sending, key: string = randomUUID()): Promise<Got> {
      const { step, decision = 'approve', fields, reason, explained } = sending
      return as(caller, 'POST', `/admissions/applications/${no}/decisions`, {
        key,
        body: {
          step,
          decision,
          signer: signerOf(sending),
          ...(fields === undefined ? {} : { fields }),
          ...(reason === undefined ? {} : { reason }),
          ...(explained === undefined ? {} : { explained }),
        },
      })
    },
    read: (caller: Caller, no: string): Promise<Got> => as(caller, 'GET', `/admissions/applications/${no}`),
    async token(caller: Caller): Promise<string> {
      return await accessToken(app, hub.deps.pool, caller)
    },
    async attach(caller: Caller, no: string, code: string, content: Buffer = PDF, type = 'application/pdf') {
      const answer = await app.inject({
        method: 'POST',
        url: `/admissions/applications/${no}/papers/${code}`,
        headers: {
          authorization: `Bearer ${await verbs.token(caller)}`,
          'idempotency-key': randomUUID(),
          'content-type': type,
        },
        payload: content,
      })
      return { status: answer.statusCode, body: JSON.parse(answer.body) }
    },
    /** Attaches every paper that the application still needs. */
    async complete(caller: Caller, no: string): Promise<void> {
      const { body } = await verbs.read(caller, no)
      for (const { code } of body.papersNeeded) await verbs.attach(caller, no, code)
    },
  }
  return { ...it, ...verbs, agency: hub.agency() }
}

/** `duty check` of each rejecting finding of a refusal, or its code. */
export function refusals({ body }: Got): string[] {
  const found = (body.findings ?? []).filter(({ effect }: { effect: string }) => effect === 'reject')
  return found.length === 0
    ? [body.code]
    : found.map(({ ruleId, rule }: { ruleId: string; rule: string }) => `${ruleId} ${rule}`)
}
