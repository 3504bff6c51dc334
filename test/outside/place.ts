import type { Json } from './description.ts'
import { type Signer, signatureOf } from './signing.ts'
import type { World } from './world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The civil day in Asia/Shanghai, some days later. */
export const dayOf = (at: Date, later = 0): string =>
  new Date(at.getTime() + 8 * HOUR + later * DAY).toISOString().slice(0, 10)

/** Sets a sandbox on to the morning where it is late: no day is to end while the tests run. */
export async function awayFromMidnight(world: World): Promise<void> {
  const now = await world.now()
  if (new Date(now.getTime() + 8 * HOUR).getUTCHours() < 22) return
  await world.ok(undefined, 'setSandboxClock', { body: { now: `${dayOf(now, 1)}T09:00:00+08:00` } })
}

/** `2026-12` after `2026-11`. */
export function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number)
  return number === 12 ? `${year! + 1}-01` : `${year}-${String(number! + 1).padStart(2, '0')}`
}

/** Counts up, so that nothing is ever used twice in one hub. */
function counter() {
  let last = 0
  return () => {
    last += 1
    return last
  }
}

/** One region of the sandbox: its callers, and what they do together. */
export function placeOf(world: World, code: string, from = 0) {
  const region = world.region(code)
  const { cast } = region
  const next = counter()
  const number = () => from + next()
  const callerOf = (kind: string, id: string) => `sandbox-${kind}-${id}`
  const hospital = callerOf('hospital', cast.hospital.institutionId)
  const pharmacy = callerOf('pharmacy', cast.designatedPharmacy.institutionId)
  const pharmacyId: string = cast.designatedPharmacy.institutionId

  function signersOf(document: Json, office: boolean): Signer[] {
    const good = region.signers.filter(({ standing }: Json) => standing === 'good')
    const of = (purpose: string, more: (who: Json) => boolean = () => true) =>
      good.find(
        (who: Json) =>
          who.purpose === purpose && who.institutionId === document.hospital.institutionId && more(who),
      )
    return [
      of('physician', (who) => who.practitionerId === document.physician.practitionerId),
      of('hospital-seal'),
      ...(office ? [of('insurance-office')] : []),
    ]
  }

  const place = {
    world,
    code,
    region,
    cast,
    hospital,
    pharmacy,
    pharmacyId,
    secondHospital: callerOf(
      'hospital',
      (cast.hospital.institutionId === cast.secondaryHospital.institutionId
        ? cast.tertiaryHospital
        : cast.secondaryHospital
      ).institutionId,
    ),
    secondPharmacy: callerOf('pharmacy', cast.secondPharmacy.institutionId),
    agency: callerOf('agency', code),
    operator: callerOf('operator', code),
    callerOf,
    number,
    /** A trace code that no other pack of this run has. */
    traceCode: () => `8${code}${String(number()).padStart(13, '0')}`,

    /** A prescription of a minute ago; `change` alters it before anybody signs. */
    async document(change: (document: Json) => void = () => {}): Promise<Json> {
      const at = new Date(Math.floor(((await world.now()).getTime() - MINUTE) / 1000) * 1000)
      const document = structuredClone(region.samplePrescription)
      document.hospitalPrescriptionNo = `OUT-${code}-${number()}`
      document.issuedAt = at.toISOString()
      document.visit.visitId = `OUT${code}${number()}`
      document.visit.visitedAt = new Date(at.getTime() - 10 * MINUTE).toISOString()
      for (const line of document.lines) {
        line.startsOn = dayOf(at)
        line.endsOn = dayOf(at, line.days - 1)
      }
      change(document)
      return document
    },

    /** Another person as the patient. */
    patientOf: (person: Json) => ({
      personId: person.personId,
      name: person.name,
      idType: 'resident-id',
      idNumber: person.idNumber,
      sex: person.sex,
      birthDate: person.birthDate,
      insuredRegion: person.insuredRegion,
    }),

    /** As the hospital's system sends it: the bytes and their signatures. */
    signed(document: Json, office = code !== '441400'): { document: string; signature: string } {
      const bytes = Buffer.from(JSON.stringify(document))
      const { intermediateCertificatePem } = world.sandbox.authority
      const signature = signatureOf(
        bytes,
        signersOf(document, office),
        intermediateCertificatePem,
        new Date(document.issuedAt),
      )
      return { document: bytes.toString('base64'), signature: signature.toString('base64') }
    },

    /** Pushed by the hospital. */
    async pushed(change?: (document: Json) => void): Promise<Prescription> {
      const document = await place.document(change)
      const by = callerOf('hospital', document.hospital.institutionId)
      const { body } = await world.ok(by, 'submitPrescription', { body: place.signed(document) })
      return {
        no: body.prescriptionNo,
        link: new URL(body.patientLink).pathname.slice('/p/'.length),
        ending: document.patient.idNumber.slice(-6),
        document,
      }
    },

    /** Pushed, and the patient chose a pharmacy on the page. */
    async chosen(change?: (document: Json) => void, at = pharmacyId): Promise<Prescription & Visit> {
      const it = await place.pushed(change)
      const visit = await enter(world, it)
      await visit.choose(at)
      return { ...it, ...visit }
    },

    /** Taken by the pharmacy that was chosen. */
    async held(change?: (document: Json) => void) {
      const it = await place.chosen(change)
      await world.ok(pharmacy, 'takePrescription', { body: { prescriptionNo: it.no } })
      return it
    },

    review: (no: string, more: object = {}, by = pharmacy) => ({
      path: { no },
      body: {
        pharmacistId: by === pharmacy ? cast.pharmacist.practitionerId : cast.secondPharmacist.practitionerId,
        decision: 'approve',
        buyer: {
          relation: 'patient',
          identityChecked: true,
          papers: ['identity-card', 'insurance-card', 'handbook'],
        },
        ...more,
      },
    }),

    async reviewed(change?: (document: Json) => void) {
      const it = await place.held(change)
      await world.ok(pharmacy, 'reviewPrescription', place.review(it.no))
      return it
    },

    /** What is supplied: all of it, at the pharmacy's own price. */
    lines: ({ document }: Prescription) =>
      document.lines.map(({ lineNo, quantity, drugCode }: Json) => ({
        lineNo,
        quantity,
        unitPriceFen:
          region.stock.find((row: Json) => row.pharmacyId === pharmacyId && row.drugCode === drugCode)
            ?.unitPriceFen ?? 1_000,
      })),

    async requested(change?: (document: Json) => void) {
      const it = await place.reviewed(change)
      const lines = place.lines(it)
      const { body } = await world.ok(pharmacy, 'requestSettlement', { path: { no: it.no }, body: { lines } })
      return { ...it, settlementId: body.settlementId as string }
    },

    /** Settled by a worker. */
    async settled(change?: (document: Json) => void) {
      const it = await place.requested(change)
      const statement = await until(
        () => world.ok(pharmacy, 'getStatement', { path: { no: it.no } }),
        ({ body }) => body.status !== 'requested',
      )
      if (statement.body.status !== 'settled')
        throw new Error(`the settlement is ${statement.body.status}: ${statement.text.slice(0, 1_000)}`)
      return { ...it, statement: statement.body }
    },

    handOver: ({ document }: Prescription, more: object = {}) => ({
      pharmacistId: cast.pharmacist.practitionerId,
      statementSignatureRef: `QM-${number()}`,
      delivery: { way: 'counter', feeFen: 0, coldChain: 'ice-pack', adviceGiven: true },
      lines: document.lines.map(({ lineNo }: Json) => ({
        lineNo,
        batchNo: 'B-1',
        expiresOn: '2039-12-31',
        traceCodes: [place.traceCode()],
      })),
      ...more,
    }),

    async dispensed(change?: (document: Json) => void) {
      const it = await place.settled(change)
      await world.ok(pharmacy, 'handOver', { path: { no: it.no }, body: place.handOver(it) })
      return it
    },
  }
  return place
}

export type Place = ReturnType<typeof placeOf>

/** One prescription, as the outside knows it. */
export interface Prescription {
  readonly no: string
  /** The secret part of the patient's link. */
  readonly link: string
  /** The patient's second factor. */
  readonly ending: string
  readonly document: Json
}

export type Visit = Awaited<ReturnType<typeof enter>>

/** The patient opens the link and passes the second factor; a browser without scripts. */
export async function enter(world: World, { link, ending }: Prescription) {
  const path = { token: link }
  const entered = await world.ok(undefined, 'openPatientSession', { path, form: { ending } })
  const cookie = String(entered.headers['set-cookie']).split(';')[0]!
  const headers = { cookie }
  const page = async () => (await world.ok(undefined, 'openPatientPage', { path, headers })).text
  /** The token that the forms of the page carry. */
  const formToken = async () => /name="form" value="([^"]+)"/.exec(await page())?.[1] ?? ''
  return {
    cookie,
    page,
    formToken,
    async choose(pharmacy: string) {
      const form = { form: await formToken(), pharmacy }
      const answer = await world.ok(undefined, 'choosePharmacy', { path, headers, form })
      if (!String(answer.headers.location).includes('notice=chosen'))
        throw new Error(`the choice led to ${answer.headers.location}`)
      return answer
    },
  }
}

const PATIENCE_MS = 60_000

/** Asks again until the answer is as it should be. @throws Error after a minute */
export async function until<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  const begun = Date.now()
  for (;;) {
    const answer = await ask()
    if (isRight(answer)) return answer
    if (Date.now() - begun > PATIENCE_MS) throw new Error('it did not come to pass within a minute')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
