import t from 'tap'
import type { Notification } from '../../../src/notifier/notification.ts'
import { told, waitingNotices } from '../../support/notices.ts'
import { admissionApp, CENTRE, OFFICE } from './apply.ts'

const REASON = '化验结果不支持该适应症'

async function refusedApplication(t: Parameters<typeof admissionApp>[0]) {
  const it = await admissionApp(t, { regions: ['140000'] })
  const { cast } = it.hub.world
  const hospital = it.hub.hospital()
  const person = cast.unqualifiedPerson
  const fields = {
    drugCodes: [cast.drug.drugCode],
    diagnoses: ['C61.x00'],
    physicianIds: [cast.physician.practitionerId],
  }
  const { body } = await it.open(hospital, 'handbook', person.personId, fields)
  const no: string = body.applicationNo
  await it.complete(hospital, no)
  await it.decide(hospital, no, { step: 'apply', ...OFFICE })
  const physician = { physicianId: cast.physician.practitionerId }
  await it.decide(hospital, no, { step: 'appraise', ...physician, fields: { regimen: '按说明书' } })
  const none = (await waitingNotices(it.hub, 'decision')).length
  const refuse = { step: 'review', decision: 'refuse', ...OFFICE, reason: REASON }
  await it.decide(hospital, no, refuse)
  const unexplained = (await waitingNotices(it.hub, 'decision')).length
  await it.decide(hospital, no, { ...refuse, explained: true })
  const look = async (link: string, ending?: string) => {
    const url = new URL(link).pathname
    if (ending === undefined) return await it.app.inject({ url })
    return await it.app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ending }).toString(),
    })
  }
  return { ...it, hospital, person, no, look, before: [none, unexplained] }
}

const linkOf = (told: Notification | undefined): string => {
  if (told?.kind !== 'decision') throw new Error('no decision was told')
  return told.link
}

t.test(
  'SX-4.2 a refusal is told to the patient, who reads the reason behind the second factor',
  async (t) => {
    const { hub, look, person, before } = await refusedApplication(t)
    t.same(before, [0, 0], 'steps in between and refused decisions tell nothing')
    const [work, ...more] = await waitingNotices(hub, 'decision')
    t.same(
      [Object.keys(work!.body).sort(), more.length],
      [['kind', 'noticeId'], 0],
      'the queue has ids alone',
    )
    const [notice] = await told(hub, 'decision')
    t.match(notice, { kind: 'decision', phone: person.phone, decidedAt: hub.now.toISOString() })
    for (const secret of [REASON, person.name, person.idNumber, person.personId])
      t.notOk(JSON.stringify(notice).includes(secret))

    const link = linkOf(notice)
    const gate = await look(link)
    t.equal(gate.statusCode, 200)
    for (const secret of [REASON, person.name, '未通过', '谈判药品']) t.notOk(gate.body.includes(secret))
    t.match(gate.headers, { 'cache-control': 'no-store', 'x-robots-tag': /noindex/ })

    const page = await look(link, person.idNumber.slice(-6))
    t.equal(page.statusCode, 200)
    t.equal(page.headers['cache-control'], 'no-store')
    t.notOk(page.headers['set-cookie'])
    for (const words of [
      REASON,
      '谈判药品待遇准入（诊疗手册）：未通过',
      'Admission and treatment handbook: Refused',
    ])
      t.ok(page.body.includes(words), words)
    t.ok(page.body.includes(hub.world.cast.hospital.name), 'who decided')
    t.notOk(page.body.includes(person.idNumber))
  },
)

t.test('SX-4.2 a wrong second factor shows nothing and five of them lock the link', async (t) => {
  const { hub, look, person } = await refusedApplication(t)
  const link = linkOf((await told(hub, 'decision'))[0])
  const ending = person.idNumber.slice(-6)
  const wrong = ending.startsWith('0') ? `1${ending.slice(1)}` : `0${ending.slice(1)}`
  for (let count = 1; count <= 4; count += 1) t.equal((await look(link, wrong)).statusCode, 303)
  t.match((await look(link)).body, /还可以尝试 <b>1<\/b> 次/)
  t.equal((await look(link, ending)).statusCode, 200, 'the right one gives back its own attempt')
  t.match((await look(link)).body, /还可以尝试 <b>1<\/b> 次/, 'and leaves the wrong ones counted')
  t.match((await look(link, 'ab')).headers, { location: /notice=six-needed/ })
  await look(link, wrong)
  for (const answer of [await look(link), await look(link, ending)]) {
    t.equal(answer.statusCode, 429)
    t.notOk(answer.body.includes(REASON))
  }
  t.equal((await look('http://hub.test/d/0123456789abcdefghijklmnopqrstuv')).statusCode, 404)
})

t.test('FS-4.2b an exclusion and its end are told to the person, with reason and days', async (t) => {
  const { hub, as, agency, app } = await admissionApp(t, { regions: ['210400'] })
  const person = hub.world.cast.resident
  const body = { kind: 'benefit-excluded', subject: 'person', subjectId: person.personId, reason: '伪造病情' }
  await as(agency, 'POST', '/admissions/sanctions', { body: { ...body, ...CENTRE } })
  await as(agency, 'POST', '/admissions/sanctions', { body: { ...body, ...CENTRE } })
  const key = `benefit-excluded:${person.personId}`
  await as(agency, 'POST', '/admissions/sanctions/lift', { body: { key, reason: '复核撤销', ...CENTRE } })
  const notices = await told(hub, 'decision')
  t.equal(notices.length, 2, 'what was refused tells nothing')
  const pages = await Promise.all(
    notices.map(async (notice) => {
      const url = new URL(linkOf(notice)).pathname
      const payload = new URLSearchParams({ ending: person.idNumber.slice(-6) }).toString()
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      return (await app.inject({ method: 'POST', url, headers, payload })).body
    }),
  )
  for (const words of ['停止享受待遇', '重点监控', '2026-11-22 至 2027-11-21', '伪造病情', 'Imposed'])
    t.ok(pages[0]!.includes(words), words)
  for (const words of ['停止享受待遇', '自始撤销', '复核撤销', 'Lifted'])
    t.ok(pages[1]!.includes(words), words)
  t.notOk(pages[1]!.includes('伪造病情'))
})

t.test('SC-P2 a sanction on an institution is told to nobody as a patient', async (t) => {
  const { hub, as, agency } = await admissionApp(t, { regions: ['510600'] })
  const subjectId = hub.world.cast.hospital.institutionId
  const body = { kind: 'suspension', subject: 'institution', subjectId, reason: '核查', ...CENTRE }
  t.equal((await as(agency, 'POST', '/admissions/sanctions', { body })).status, 201)
  t.same(await waitingNotices(hub, 'decision'), [])
})
