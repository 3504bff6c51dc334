import type { Json } from '../description.ts'
import { type Place, until } from '../place.ts'

const PDF = Buffer.from('%PDF-1.7\n% sample paper\n')
const OFFICE = { officerNo: 'YB-01' }

/** An application for a patient with its papers, refused with a reason that the patient reads by a link (Shanxi). */
export async function admissionRefused(place: Place): Promise<void> {
  const { world, hospital, agency, cast, secondHospital } = place
  await world.ok(hospital, 'listWorkflows', {})
  const person = cast.unqualifiedPerson
  const application = {
    workflow: 'handbook',
    subjectId: person.personId,
    fields: {
      drugCodes: [cast.drug.drugCode],
      diagnoses: ['C61.x00'],
      physicianIds: [cast.physician.practitionerId],
    },
    signer: OFFICE,
  }
  await world.refused(
    hospital,
    'openApplication',
    { body: { ...application, workflow: 'nothing' } },
    'workflow-unknown',
  )
  const opened = await world.ok(hospital, 'openApplication', { body: application })
  const no: string = opened.body.applicationNo
  const path = { no }
  const first = { path: { no, code: opened.body.lacks.papers[0] } }
  const text = { ...first, raw: Buffer.from('not a paper'), type: 'application/pdf' }
  await world.refused(hospital, 'attachPaper', text, 'paper-not-accepted')
  for (const code of opened.body.lacks.papers) {
    await world.ok(hospital, 'attachPaper', { path: { no, code }, raw: PDF, type: 'application/pdf' })
  }
  await world.ok(hospital, 'readPaper', { path: { no, paperNo: '1' } })
  await world.refused(hospital, 'readPaper', { path: { no, paperNo: '99' } }, 'not-yours')
  await world.ok(hospital, 'readApplication', { path })
  await world.refused(secondHospital, 'readApplication', { path }, 'not-yours')
  await world.ok(agency, 'listApplications', { query: { status: 'open', limit: '1' } })
  await world.refused(agency, 'listApplications', { query: { status: 'lost' } }, 'malformed')
  await world.ok(hospital, 'listReassessments', { query: { dueBy: '2099-12-31', limit: '1' } })
  await world.refused(hospital, 'listReassessments', { query: { dueBy: 'soon' } }, 'malformed')
  const decide = (body: Json) => world.ok(hospital, 'decideApplicationStep', { path, body })
  const early = { step: 'review', decision: 'approve', signer: OFFICE }
  await world.refused(hospital, 'decideApplicationStep', { path, body: early }, 'admission-not-at-step')
  await decide({ step: 'apply', decision: 'approve', signer: OFFICE })
  await decide({
    step: 'appraise',
    decision: 'approve',
    signer: { physicianId: cast.physician.practitionerId },
    fields: { regimen: '按说明书' },
  })
  const reason = '化验结果不支持该适应症'
  await decide({ step: 'review', decision: 'refuse', signer: OFFICE, reason, explained: true })
  await readsDecision(place, person.idNumber.slice(-6), reason)
}

/** The decision reaches the patient as a link; behind the second factor stands the reason. */
async function readsDecision({ world, code }: Place, ending: string, reason: string): Promise<void> {
  const told = await until(
    async () => {
      const { body } = await world.ok(undefined, 'readSandboxNotifications', {})
      return body.notifications.find((it: Json) => it.kind === 'decision' && it.regionCode === code)
    },
    (notice) => notice !== undefined,
  )
  const token = new URL(told.patientLink).pathname.slice('/d/'.length)
  const path = { token }
  await world.ok(undefined, 'openDecisionPage', { path })
  await world.refused(undefined, 'openDecisionPage', { path: { token: 'b'.repeat(32) } }, 404)
  await world.ok(undefined, 'readDecision', { path, form: { ending: '99999Z' } })
  await world.refused(undefined, 'readDecision', { path, form: {} }, 400)
  const page = await world.ok(undefined, 'readDecision', { path, form: { ending } })
  if (!page.text.includes(reason)) throw new Error('the page does not say why')
}

/** Sanctions and complaints, and the record that they leave. */
export async function conduct(place: Place): Promise<void> {
  const { world, hospital, secondHospital, agency, cast, pharmacy } = place
  const subjectId = cast.privateHospital.institutionId
  const sanction = {
    kind: 'suspension',
    subject: 'institution',
    subjectId,
    reason: '核查',
    officerNo: 'JB-01',
  }
  await world.ok(agency, 'imposeSanction', { body: sanction })
  await world.refused(agency, 'imposeSanction', { body: sanction }, 'register-conflict')
  const lift = { key: `suspension:${subjectId}`, reason: '复核撤销', officerNo: 'JB-01' }
  await world.ok(agency, 'liftSanction', { body: lift })
  await world.refused(agency, 'liftSanction', { body: lift }, 'entry-unknown')
  const { institutionId } = cast.hospital
  const complaint = {
    kind: 'complaint',
    subject: 'institution',
    subjectId: institutionId,
    reasonCode: 'not-stocked',
    statement: '未按规定配备谈判药品',
  }
  const unknown = { body: { ...complaint, subjectId: 'H99999900001' } }
  await world.refused(secondHospital, 'fileComplaint', unknown, 'reference-unknown')
  const filed = await world.ok(secondHospital, 'fileComplaint', { body: complaint })
  const listed = await world.ok(agency, 'listComplaints', { query: { open: 'true' } })
  const read = listed.body.items.find((it: Json) => it.complaintId === filed.body.complaintId)
  if (read?.statement !== complaint.statement) throw new Error('a complaint does not read as it was filed')
  await world.refused(agency, 'listComplaints', { query: { open: 'maybe' } }, 'malformed')
  const handling = {
    path: { id: filed.body.complaintId },
    body: { outcome: 'upheld', handling: '约谈并通报', officerNo: 'JB-01' },
  }
  await world.ok(agency, 'handleComplaint', handling)
  await world.refused(agency, 'handleComplaint', handling, 'complaint-handled')
  await world.ok(hospital, 'readCreditRecord', { path: { institutionId } })
  await world.refused(pharmacy, 'readCreditRecord', { path: { institutionId } }, 'not-yours')
}
