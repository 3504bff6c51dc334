import { randomInt, randomUUID } from 'node:crypto'
import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import type { Drug } from '../domain/registers.ts'
import { type PrescriptionChoice, samplePrescription } from '../embedded/sandbox/sample-prescription.ts'
import { signEnvelope } from '../trust/sign-envelope.ts'
import { type AnsweredFinding, printRules } from './rules-of.ts'
import { expectStatus, expectThat, type OnTheWay, type Stage } from './stage.ts'
import { type SystemClient, UnexpectedAnswer } from './system-client.ts'
import { courseOf, isUsual } from './usual-courses.ts'

/** Patients to prescribe for; where supplies may not overlap, earlier runs have used up the first ones. */
const PATIENTS = [
  'assisted',
  'employee',
  'resident',
  'lowIncome',
  'charityPerson',
  'specialDiseasePerson',
  'extremePoverty',
] as const
/** Longest courses that are tried: where a course may not be exceeded, earlier runs may have left a few days of it. */
const DAYS = [undefined, 6] as const
/** Drugs that are tried at most. */
const CANDIDATES = 6
/** Physicians who may not prescribe this; in some regions a lesser title suffices. */
const WRONG_PHYSICIANS = ['attending', 'notFiledPhysician', 'sanctionedPhysician'] as const

interface Envelope {
  readonly document: string
  readonly signature: string
}

/** A prescription of the sandbox's kind, issued now. */
async function write(stage: Stage, choice: PrescriptionChoice): Promise<PrescriptionDocument> {
  return samplePrescription(stage.region, {
    ...choice,
    issuedAt: new Date((await stage.clock.now()).getTime() - 60_000),
    hospitalPrescriptionNo: `DEMO-${Date.now()}-${randomInt(10_000)}`,
  })
}

/**
 * Drugs of the ordinary indication or of a known course that the pharmacy has, the dearest course first: the more
 * there is to pay, the more layers of the policy show.
 */
function drugsToShow({ region: { cast, drugs, stock } }: Stage): readonly Drug[] {
  const chargeOf = (drug: Drug) =>
    courseOf(drug).quantity *
    (stock.find(
      ({ pharmacyId, drugCode }) =>
        pharmacyId === cast.designatedPharmacy.institutionId && drugCode === drug.drugCode,
    )?.unitPriceFen ?? 0)
  const related = drugs.filter(
    (drug) =>
      chargeOf(drug) > 0 &&
      (isUsual(drug) || drug.restrictedIcd?.some((code) => cast.drug.restrictedIcd?.includes(code))),
  )
  return [...related.sort((a, b) => chargeOf(b) - chargeOf(a)).slice(0, CANDIDATES), cast.drug]
}

/** The first prescription that the pre-check accepts and the funds pay for. */
async function acceptable(stage: Stage, hospital: SystemClient): Promise<PrescriptionDocument> {
  for (const days of DAYS) {
    for (const drug of drugsToShow(stage)) {
      for (const part of PATIENTS) {
        const person = stage.region.cast[part]
        const document = await write(stage, { person, drugs: [drug], ...courseOf(drug, days) })
        const { accepted, findings } = await preCheck(hospital, document)
        if (accepted && !findings.some(({ effect }) => effect === 'not-covered')) return document
      }
    }
  }
  throw new UnexpectedAnswer(
    'the policy accepts none of the prescriptions; after many runs the sample patients have used up what it grants ' +
      'them: set DATA_DIR to another folder',
  )
}

/** What the hub would say to a prescription; it stores nothing. */
async function preCheck(
  hospital: SystemClient,
  document: PrescriptionDocument,
): Promise<{ accepted: boolean; findings: AnsweredFinding[] }> {
  const answer = await hospital.post('/hospital/prescriptions/pre-check', {
    document: Buffer.from(JSON.stringify(document)).toString('base64'),
  })
  return expectStatus(answer, 200, 'the pre-check')
}

/** Signs as the hospital's own software does: physician, hospital seal, insurance office, each with its key. */
function sign(stage: Stage, document: PrescriptionDocument): Envelope {
  const bytes = Buffer.from(JSON.stringify(document))
  const signers = ['physician', 'hospital-seal', 'insurance-office'].flatMap((purpose) =>
    stage.region.signers
      .filter(
        (who) =>
          who.purpose === purpose &&
          who.standing === 'good' &&
          (purpose === 'physician'
            ? who.practitionerId === document.physician.practitionerId
            : who.institutionId === document.hospital.institutionId),
      )
      .slice(0, 1)
      .map((who) => ({
        certificate: who.certificatePem,
        key: who.keyPem,
        chain: [stage.intermediatePem],
      })),
  )
  const signature = signEnvelope(bytes, signers, new Date(document.issuedAt))
  return { document: bytes.toString('base64'), signature: signature.toString('base64') }
}

/** A prescription that the policy refuses, because that teaches most. */
export async function refusedAttempt(stage: Stage, hospital: SystemClient): Promise<void> {
  const { print, region } = stage
  for (const part of WRONG_PHYSICIANS) {
    const document = await write(stage, { physician: region.cast[part] })
    // Asked first, so that nothing is left behind where this physician may prescribe.
    if ((await preCheck(hospital, document)).accepted) continue
    const answer = await hospital.post('/hospital/prescriptions', sign(stage, document))
    print.step(
      document.hospital.name,
      `医师${document.physician.name}开方上传，平台不予接收`,
      'A physician who may not prescribe this does; the hub says no and says why',
    )
    const body = expectStatus(answer, 422, 'a prescription by the wrong physician')
    const findings = body.findings as AnsweredFinding[]
    expectThat(
      body.code === 'rules-failed' && findings.some(({ effect }) => effect === 'reject'),
      `refused without a rule: ${JSON.stringify(body)}`,
    )
    for (const { ruleId, article, effect, message } of findings) {
      print.rule(effect === 'reject' ? 'failed' : 'warned', ruleId, `（${article}）${message.zh}`, message.en)
    }
    print.fact(`HTTP 422 ${body.code}，未保存任何内容`, 'Nothing was stored')
    return
  }
  expectThat(false, 'no physician was refused')
}

/** The hospital asks before it signs, then pushes, and pushes again as after a lost answer. */
export async function push(stage: Stage, hospital: SystemClient): Promise<OnTheWay> {
  const { print } = stage
  const document = await acceptable(stage, hospital)
  print.step(
    document.hospital.name,
    `医师${document.physician.name}为${document.patient.name}开具处方，医院签章后上传`,
    'A physician prescribes; physician and hospital sign with their own keys; the system pushes it',
  )
  for (const { genericName, form, specification, quantity, unit, days } of document.lines) {
    print.fact(`${genericName} ${form} ${specification}，${quantity}${unit}，用药 ${days} 天`)
  }
  for (const { code, name } of document.diagnoses) print.fact(`诊断 ${code} ${name}`)
  const envelope = sign(stage, document)
  const key = randomUUID()
  const receipt = expectStatus(await hospital.post('/hospital/prescriptions', envelope, key), 201, 'the push')
  printRules(print, stage.policy, 'intake', receipt.findings)
  print.fact(`签名验证：${receipt.signature.status}；政策版本：${receipt.policyVersion}`)
  print.fact(`处方编号 ${receipt.prescriptionNo}`, 'The number, in the national form')
  print.fact(
    `有效至 ${shanghai(receipt.expiresAt)}（不含），开具当日为第 1 天`,
    'Valid until then, exclusive; the day of issue is day 1',
  )
  const again = expectStatus(await hospital.post('/hospital/prescriptions', envelope, key), 201, 'the repeat')
  expectThat(again.prescriptionNo === receipt.prescriptionNo, 'a repeat made another prescription')
  print.fact('网络重发同一请求，得到同一回执', 'Sent again with the same Idempotency-Key: the same receipt')
  return {
    prescriptionNo: receipt.prescriptionNo,
    patientLink: receipt.patientLink,
    document,
  }
}

/** What became of it, as the hospital sees it. */
export async function followUp(
  stage: Stage,
  hospital: SystemClient,
  { prescriptionNo }: OnTheWay,
): Promise<void> {
  const { print } = stage
  const status = expectStatus(
    await hospital.get(`/hospital/prescriptions/${prescriptionNo}`),
    200,
    'the status',
  )
  print.step(
    '医院查询 · Hospital',
    '处方的去向：每一步都有记录',
    'What became of the prescription: every step is on record',
  )
  for (const { revision, type, at, actorKind } of status.events) {
    print.plain(
      `   ${String(revision).padStart(3)}  ${shanghai(at)}  ${String(actorKind).padEnd(9)} ${type}\n`,
    )
  }
  expectThat(status.state === 'dispensed', `the prescription is ${status.state} at the end`)
}

/** An instant as a person in China reads it. */
export function shanghai(instant: string): string {
  return new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}
