import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { client } from '../../bench/load.ts'
import type { BenchWorld } from '../../bench/world.ts'
import { type Push, type Reply, type Send, token } from '../support/outside.ts'
import type { Findings } from './findings.ts'
import type { Answer, Command, Place } from './model.ts'

/** A prescription as its clients know it. */
export interface Patient {
  readonly no: string
  readonly linkPath: string
  readonly ending: string
  readonly lines: Push['lines']
  cookie?: string | undefined
}

/** How careful the sender of one command is. */
export interface Manner {
  /** The connection is cut once the request is out, and what the hub answered is never read. */
  readonly isCut: boolean
  /** Whoever cut it asks again with the same key; else nobody waits for the answer. */
  readonly asksAgain: boolean
  /** Sends the same once more after the answer, which must be the same. */
  readonly repeats: boolean
}

/** An answer, and whether the same was sent before without one. */
interface Patience extends Reply {
  readonly isLost: boolean
}

/** What came back; undefined when nobody waited, `nothing asked` when there was no form to send or it was an old one. */
type Heard = Reply | Patience | 'nothing asked' | undefined

/** Longer than any fault lasts. */
const GIVE_UP_MS = 120_000
/** A fault of the hub that does not pass is one, and not waited for. */
const MOST_FAULTS = 5
const TOKEN_MS = 150_000

let packs = 0

/** Hospital, patients, two pharmacies and the agency, each over HTTP alone, at any of the addresses of the hub. */
export async function makePeople(world: BenchWorld, ports: readonly number[], findings: Findings) {
  const { region } = world
  const { cast, stock } = region.world
  const issuer = `http://127.0.0.1:${ports[0]}`
  const doors = ports.map((port) => client(`http://127.0.0.1:${port}`, 64))
  const pharmacies = [cast.designatedPharmacy, cast.secondPharmacy] as const
  const pharmacists = [cast.pharmacist, cast.secondPharmacist] as const
  const counts = { sent: 0, unanswered: 0, unavailable: 0 }
  let turn = 0
  const once: Send = async (...request) => {
    turn += 1
    counts.sent += 1
    return await doors[turn % doors.length]!(...request)
  }

  /** Asks until there is an answer: what a lost connection or a 503 with `Retry-After` tells every client to do. */
  const patiently = async (...[method, path, headers, body]: Parameters<Send>): Promise<Patience> => {
    const until = Date.now() + GIVE_UP_MS
    let isLost = false
    for (let faults = 0; ; ) {
      const reply = await once(method, path, headers, body).catch(() => undefined)
      if (reply === undefined) {
        counts.unanswered += 1
        isLost = true
      } else if (reply.status === 503) counts.unavailable += 1
      else if (reply.status >= 500) {
        findings.add(`answer ${reply.status}`, `${method} ${shape(path)} ${reply.body}`)
        faults += 1
        if (faults === MOST_FAULTS) return { ...reply, isLost }
      } else return { ...reply, isLost }
      if (Date.now() > until) throw new Error(`${method} ${shape(path)} was not answered for two minutes`)
      await pause(20 + 80 * Math.random())
    }
  }

  const tokens = new Map<string, { readonly bearer: Promise<string>; readonly until: number }>()
  const bearerOf = async (clientId: string): Promise<string> => {
    const known = tokens.get(clientId)
    if (known !== undefined && Date.now() < known.until) return await known.bearer
    // An assertion counts once: one whose answer was lost is replaced by a new one.
    const fetch = async (): Promise<string> => {
      for (;;) {
        const bearer = await token(once, issuer, region, clientId).catch(() => undefined)
        if (bearer !== undefined) return bearer
        await pause(50)
      }
    }
    const bearer = fetch()
    tokens.set(clientId, { bearer, until: Date.now() + TOKEN_MS })
    return await bearer
  }
  const hospital = `sandbox-hospital-${cast.hospital.institutionId}`
  const agency = Object.keys(region.keys.clients).find((id) => id.startsWith('sandbox-agency'))!
  const pharmacy = (place: Place) => `sandbox-pharmacy-${pharmacies[place].institutionId}`

  const ask = async (by: string, method: string, path: string, manner: Manner, body?: unknown) => {
    const headers = {
      authorization: `Bearer ${await bearerOf(by)}`,
      'idempotency-key': randomUUID(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body)
    if (manner.isCut) {
      await cutOff(ports[turn % ports.length]!, method, path, headers, text)
      if (!manner.asksAgain) return undefined
    }
    const reply = await patiently(method, path, headers, text)
    if (manner.repeats && method === 'POST' && reply.status < 300) {
      const second = await patiently(method, path, headers, text)
      if (second.status !== reply.status || second.body !== reply.body)
        findings.add(
          'a repeat is answered otherwise',
          `${shape(path)} ${reply.body} then ${second.status} ${second.body}`,
        )
    }
    return { ...reply, isLost: reply.isLost || manner.isCut }
  }

  const linesOf = (it: Patient, place: Place) =>
    it.lines.map(({ lineNo, quantity, drugCode }) => ({
      lineNo,
      quantity,
      unitPriceFen: stock.find(
        (row) => row.pharmacyId === pharmacies[place].institutionId && row.drugCode === drugCode,
      )!.unitPriceFen,
    }))
  const goods = (it: Patient) =>
    it.lines.map(({ lineNo }) => {
      packs += 1
      const traceCodes = [`7${String(packs).padStart(19, '0')}`]
      return { lineNo, batchNo: 'B1', expiresOn: '2028-01-01', traceCodes }
    })

  const choose = async (it: Patient, place: Place, manner: Manner): Promise<Heard> => {
    const form = (path: string, fields: Record<string, string>, cookie = '') => {
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        ...(cookie === '' ? {} : { cookie }),
      }
      return [path, headers, new URLSearchParams(fields).toString()] as const
    }
    it.cookie ??= (await patiently('POST', ...form(it.linkPath, { ending: it.ending }))).cookie
    if (it.cookie === undefined) throw new Error('the second factor gave no session')
    const page = await patiently('GET', it.linkPath, { cookie: it.cookie })
    const formToken = /name="form" value="([^"]+)"/.exec(page.body)?.[1]
    if (formToken === undefined) return 'nothing asked'
    const sent = form(
      `${it.linkPath}/choice`,
      { form: formToken, pharmacy: pharmacies[place].institutionId },
      it.cookie,
    )
    // A form has no key: whoever lost its answer looks again instead of sending it again.
    if (manner.isCut) return void (await cutOff(ports[turn % ports.length]!, 'POST', ...sent))
    for (;;) {
      try {
        const reply = await once('POST', ...sent)
        if (reply.status !== 303) return reply
        const notice = new URL(reply.location ?? '', issuer).searchParams.get('notice')
        if (notice === 'session-ended' || notice === 'form-old') {
          it.cookie = undefined
          return 'nothing asked'
        }
        return { ...reply, status: notice === 'chosen' ? 303 : 409 }
      } catch (error) {
        counts.unanswered += 1
        // Nobody listened, so nothing was done.
        if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') return undefined
        await pause(50)
      }
    }
  }

  const send = async (it: Patient, command: Command, manner: Manner): Promise<Heard> => {
    const at = (who: 'pharmacy' | 'hospital' | 'agency', verb: string) =>
      `/${who}/prescriptions/${it.no}/${verb}`
    const asPharmacy = (place: Place, verb: string, body: unknown) =>
      ask(pharmacy(place), 'POST', at('pharmacy', verb), manner, body)
    switch (command.do) {
      case 'choose':
        return await choose(it, command.place, manner)
      case 'take':
        return await ask(pharmacy(command.place), 'POST', '/pharmacy/takes', manner, {
          prescriptionNo: it.no,
        })
      case 'approve':
        return await asPharmacy(command.place, 'review', {
          pharmacistId: pharmacists[command.place].practitionerId,
          decision: 'approve',
          buyer: {
            relation: 'patient',
            identityChecked: true,
            papers: ['identity-card', 'insurance-card', 'handbook'],
          },
        })
      case 'refuse':
        return await asPharmacy(command.place, 'review', {
          pharmacistId: pharmacists[command.place].practitionerId,
          decision: 'refuse',
          reasonCode: 'other',
        })
      case 'release':
        return await asPharmacy(command.place, 'release', { reasonCode: 'out-of-stock' })
      case 'request':
        return await asPharmacy(command.place, 'settlement', { lines: linesOf(it, command.place) })
      case 'hand-over':
        return await asPharmacy(command.place, 'hand-over', {
          pharmacistId: pharmacists[command.place].practitionerId,
          statementSignatureRef: 'STATEMENT-1',
          delivery: { way: 'counter', feeFen: 0 },
          lines: goods(it),
        })
      case 'reverse':
        return command.by === 'agency'
          ? await ask(agency, 'POST', at('agency', 'reverse'), manner, { reasonCode: 'other' })
          : await asPharmacy(command.by, 'reverse', { reasonCode: 'other' })
      case 'return':
        return command.by === 'agency'
          ? await ask(agency, 'POST', at('agency', 'return'), manner, { reasonCode: 'dispensing-error' })
          : await asPharmacy(command.by, 'return', { reasonCode: 'dispensing-error' })
      case 'defer':
        return await ask(agency, 'POST', at('agency', 'defer'), manner, { reasonCode: 'settlement-overdue' })
      case 'cancel':
        return await ask(
          command.by === 'agency' ? agency : hospital,
          'POST',
          at(command.by, 'cancel'),
          manner,
          {
            reasonCode: 'duplicate',
          },
        )
      case 'read':
        return await ask(
          command.by === 'agency' ? agency : hospital,
          'GET',
          `/${command.by}/prescriptions/${it.no}`,
          {
            isCut: false,
            asksAgain: false,
            repeats: false,
          },
        )
    }
  }

  return {
    counts,
    /** Sends a prescription until there is a receipt. */
    async push(manner: Manner): Promise<Patient> {
      const push = world.push()
      const reply = await ask(
        hospital,
        'POST',
        '/hospital/prescriptions',
        { ...manner, asksAgain: true },
        push.body,
      )
      if (reply?.status !== 201)
        throw new Error(`a push was answered ${reply?.status} ${reply?.body.slice(0, 500)}`)
      const receipt = JSON.parse(reply.body) as { prescriptionNo: string; patientLink: string }
      return {
        no: receipt.prescriptionNo,
        linkPath: new URL(receipt.patientLink).pathname,
        ending: push.idNumber.slice(-6),
        lines: push.lines,
      }
    },
    /** @returns undefined when nobody waited for an answer */
    async command(
      it: Patient,
      command: Command,
      manner: Manner,
    ): Promise<Answer | 'nothing asked' | undefined> {
      const reply = await send(it, command, manner)
      if (reply === 'nothing asked') return reply
      if (reply === undefined || reply.status >= 500) return undefined
      const isDone = reply.status < 400
      if (command.do !== 'read')
        return { isDone, ...('isLost' in reply && !isDone && reply.isLost ? { mayComeLate: true } : {}) }
      if (reply.status !== 200)
        throw new Error(`a prescription cannot be read: ${reply.status} ${reply.body}`)
      const told = JSON.parse(reply.body)
      if (told.chain?.intact === false) findings.add('a chain is broken', reply.body.slice(0, 500))
      return { isDone: true, state: told.status?.state ?? told.state }
    },
    /** A page of what the hospital is told. */
    async feed(after: string | undefined): Promise<{ entries: FeedEntry[]; next: string }> {
      const path = `/hospital/events?limit=200${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`
      const reply = await ask(hospital, 'GET', path, { isCut: false, asksAgain: false, repeats: false })
      if (reply?.status !== 200) throw new Error(`the feed cannot be read: ${reply?.status} ${reply?.body}`)
      return JSON.parse(reply.body)
    },
    hospitalId: cast.hospital.institutionId,
  }
}

export type People = Awaited<ReturnType<typeof makePeople>>

export interface FeedEntry {
  readonly prescriptionNo: string
  readonly revision: number
}

/** Sends a request whole, and hangs up before anything comes back. */
async function cutOff(
  port: number,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Promise<void> {
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      const head = Object.entries({
        host: `127.0.0.1:${port}`,
        ...headers,
        'content-length': Buffer.byteLength(body),
      })
      const lines = head.map(([name, value]) => `${name}: ${value}`)
      socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`, () =>
        socket.destroy(),
      )
    })
    socket.once('error', () => {})
    socket.once('close', () => resolve())
  })
}

/** A path without what names a prescription or opens a link. */
function shape(path: string): string {
  return path
    .replace(/\?.*/, '')
    .replace(/\/p\/[^/]+/, '/p/…')
    .replace(/\/prescriptions\/[^/]+/, '/prescriptions/…')
}
