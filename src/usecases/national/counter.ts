import { randomBytes } from 'node:crypto'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { isSameIdNumber, printedIdNumber } from '../../domain/primitives/folded-id-number.ts'
import { Problem } from '../../domain/problems.ts'
import { typedCode } from '../../domain/text/typed-code.ts'
import { nationalTime, nodeOf } from '../../national/document.ts'
import { needed } from '../../national/fields.ts'
import { type TextObject, textOf } from '../../national/texts.ts'
import * as counter from '../../storage/national/counter.ts'
import { findTraced } from '../../storage/national/prescriptions.ts'
import { findPickupCode } from '../../storage/patient-access.ts'
import { findPrescription } from '../../storage/prescription/read.ts'
import type { Deps } from '../deps.ts'
import { MISMATCHES_OF_CLIENT } from '../identity-guard.ts'
import { storedDocument } from '../parse-document.ts'
import { registeredPerson } from '../patient/registered-person.ts'
import type { Supplier } from '../pharmacy/supplier.ts'
import { hashOf } from '../secrets.ts'
import type { CredentialReader } from './credential-reader.ts'

/** What the counter needs beside the core. */
export interface CounterParts {
  /** How long a token may be used. */
  readonly tokenSeconds: number
  readonly credentials?: CredentialReader
}

const DAY_MS = 86_400_000
/** More than one person has open at once. */
const MOST_OPEN = 50

const CREDENTIALS: ReadonlyMap<string, counter.Shown> = new Map([
  ['01', 'e-certificate'],
  ['02', 'identity-card'],
  ['03', 'insurance-card'],
])

/**
 * 7201 电子处方二维码解析: what the patient shows is the trace code on the prescription or the pick-up code of his page.
 * Both can't be guessed, so whoever has one was shown it.
 *
 * @returns a token with which this pharmacy may download once, and whose prescription it is
 * @throws Problem malformed, pickup-code-wrong
 */
export async function readPrescriptionCode(
  deps: Deps,
  supplier: Supplier,
  input: TextObject,
  parts: CounterParts,
) {
  const { epc_qrcd } = needed(input, ['epc_qrcd'])
  const { regionCode } = supplier
  const traced = /^\d{20}$/.test(epc_qrcd)
    ? await findTraced(deps.pool, regionCode, hashOf(epc_qrcd))
    : undefined
  const code = typedCode(epc_qrcd)
  const prescriptionNo =
    traced?.prescriptionNo ??
    (code === undefined ? undefined : await findPickupCode(deps.pool, regionCode, hashOf(code)))
  const found =
    prescriptionNo === undefined ? undefined : await findPrescription(deps.pool, regionCode, prescriptionNo)
  if (prescriptionNo === undefined || found === undefined) throw new Problem('pickup-code-wrong')
  const document = storedDocument(found.document)
  const shown = traced === undefined ? 'pickup-code' : 'trace-code'
  const person = nodeOf(document, 'mdtrtinfo')
  const [epc_token] = await giveTokens(deps, supplier, [prescriptionNo], shown, parts, 32)
  return {
    epc_token: epc_token!,
    cert_type: person['psnCertType'] ?? '',
    name: document.patient.name,
    certno: document.patient.idNumber,
    insuplc_admdvs: document.patient.insuredRegion ?? regionCode,
  }
}

/**
 * 7202 电子处方查询, for a patient who comes with a card or 医保电子凭证 only: what is open for this person, each under a
 * token of its own. That somebody asked is on the person's log, whatever came of it.
 *
 * @throws Problem malformed, credential-unreadable; identity-guessed-too-often for a client that tries numbers
 */
export async function listForCredential(
  deps: Deps,
  supplier: Supplier,
  input: TextObject,
  parts: CounterParts,
) {
  const { regionCode, institutionId, id: clientId } = supplier
  const now = deps.clock()
  const misses = await counter.countMisses(deps.pool, regionCode, clientId, new Date(now.getTime() - DAY_MS))
  if (misses >= MISMATCHES_OF_CLIENT) throw new Problem('identity-guessed-too-often')
  const { shown, idNumber } = await readCredential(supplier, input, parts)
  const personId =
    idNumber === undefined
      ? undefined
      : await counter.findPersonByIdNumber(deps.pool, regionCode, printedIdNumber(idNumber), dayOf(now))
  const open =
    personId === undefined ? [] : await counter.listOpen(deps.pool, regionCode, personId, now, MOST_OPEN)
  const asked = { regionCode, clientId, institutionId, personId, shown, found: open.length, at: now }
  await counter.addInquiry(deps.pool, asked)
  if (idNumber === undefined) throw new Problem('credential-unreadable')
  const numbers = open.map(({ prescriptionNo }) => prescriptionNo)
  const tokens = await giveTokens(deps, supplier, numbers, shown, parts, 15)
  return open.map(({ document: bytes, expiresAt }, index) => {
    const document = storedDocument(bytes)
    const primary = document.diagnoses.find(({ primary }) => primary === true) ?? document.diagnoses[0]!
    return {
      auth_rxno: tokens[index]!,
      diag_name: primary.name.slice(0, 40),
      fixmedins_code: document.hospital.institutionId,
      fixmedins_name: document.hospital.name,
      prsc_time: nationalTime(new Date(document.issuedAt)),
      dept_name: document.visit.departmentName,
      valid_end_time: nationalTime(new Date(expiresAt.getTime() - 1000)),
    }
  })
}

/** @param bytes of chance: 15 make the 30 characters that the interface has for `auth_rxno`, 32 the 64 of `epc_token` */
async function giveTokens(
  deps: Deps,
  { regionCode, institutionId }: Supplier,
  prescriptionNos: readonly string[],
  shown: counter.Shown,
  { tokenSeconds }: CounterParts,
  bytes: 15 | 32,
): Promise<string[]> {
  const now = deps.clock()
  const made = prescriptionNos.map((prescriptionNo) => {
    const token = randomBytes(bytes).toString('hex').toUpperCase()
    const endsAt = new Date(now.getTime() + tokenSeconds * 1000)
    return {
      token,
      hash: hashOf(token),
      regionCode,
      prescriptionNo,
      pharmacyId: institutionId,
      shown,
      givenAt: now,
      endsAt,
    }
  })
  await counter.keepTokens(deps.pool, made)
  return made.map(({ token }) => token)
}

/**
 * Whose credential is shown. The number of a social-security card is the citizen's identity number by law (社会保险法 58);
 * a card that bears another one is read by the region's service, and so is 医保电子凭证.
 *
 * @returns no number for what can't be read
 * @throws Problem malformed; unavailable where the region has no service to read it
 */
export async function readCredential(
  { regionCode }: Pick<Supplier, 'regionCode'>,
  input: TextObject,
  { credentials }: CounterParts,
): Promise<{ readonly shown: counter.Shown; readonly idNumber: string | undefined }> {
  const { mdtrt_cert_type, mdtrt_cert_no: number } = needed(input, ['mdtrt_cert_type', 'mdtrt_cert_no'])
  const shown = CREDENTIALS.get(mdtrt_cert_type.padStart(2, '0'))
  if (shown === undefined) {
    const message = { zh: '应为 01、02 或 03。', en: 'Must be 01, 02 or 03.' }
    throw new Problem('malformed', { fields: [{ path: '/mdtrt_cert_type', keyword: 'enum', message }] })
  }
  if (shown === 'identity-card') return { shown, idNumber: number }
  const kind = shown === 'e-certificate' ? 'e-certificate' : 'insurance-card'
  const cardSn = kind === 'insurance-card' ? needed(input, ['card_sn']).card_sn : textOf(input, 'card_sn')
  if (kind === 'insurance-card' && /^\d{17}[\dXx]$/.test(number)) return { shown, idNumber: number }
  if (credentials === undefined) throw new Problem('unavailable')
  const idNumber = await credentials.idNumberOf(regionCode, {
    kind,
    number,
    ...(cardSn === undefined ? {} : { cardSn }),
  })
  return { shown, idNumber }
}

/**
 * Holds the credential of a request against the patient of a prescription.
 *
 * @returns what was shown
 * @throws Problem credential-unreadable, credential-of-another
 */
export async function requireCredentialOf(
  deps: Deps,
  supplier: Supplier,
  input: TextObject,
  patient: { readonly personId: string; readonly idNumber: string },
  parts: CounterParts,
): Promise<counter.Shown> {
  const { psn_no } = needed(input, ['psn_no'])
  const { shown, idNumber } = await readCredential(supplier, input, parts)
  if (idNumber === undefined) throw new Problem('credential-unreadable')
  const registered = await registeredPerson(deps, supplier.regionCode, patient.personId)
  const isPatient = [patient.idNumber, registered?.idNumber ?? ''].some((own) =>
    isSameIdNumber(own, idNumber),
  )
  if (psn_no !== patient.personId || !isPatient) throw new Problem('credential-of-another')
  return shown
}
