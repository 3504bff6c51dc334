import { randomUUID } from 'node:crypto'
import t from 'tap'
import { STYLE_PATH } from '../../../src/http/patient/pages/style.ts'
import { choosePharmacy } from '../../../src/usecases/choose-pharmacy.ts'
import { handOver } from '../../../src/usecases/hand-over.ts'
import { renewLink } from '../../../src/usecases/hospital/renew-link.ts'
import { requestSettlement } from '../../../src/usecases/request-settlement.ts'
import { type Review, reviewPrescription } from '../../../src/usecases/review-prescription.ts'
import { settlePrescription } from '../../../src/usecases/settle-prescription.ts'
import { takePrescription } from '../../../src/usecases/take-prescription.ts'
import { type PatientSite, pathOf, patientSite } from '../../pages/patient-page.ts'
import { aWrite } from '../../support/hub.ts'
import { PATIENT } from '../../support/journey.ts'
import { RANDOM_KEYS } from '../../support/random-keys.ts'
import { scanQr } from '../../support/scan-qr.ts'

/** Shared by the tests that set neither clock nor settings. */
const shared = await patientSite(t)

/** Sends a form as a browser does. */
async function post(site: PatientSite, url: string, form: Record<string, string>, cookie = '') {
  return await site.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
    payload: new URLSearchParams(form).toString(),
  })
}

/** A prescription with its link, entered by the right second factor. */
async function entered(site: PatientSite) {
  const it = await site.walk.submitted()
  const path = pathOf(it.receipt)
  const ending = it.content.patient.idNumber.slice(-6)
  const answer = await post(site, path, { ending })
  const cookie = String(answer.headers['set-cookie']).split(';')[0]!
  const page = await site.app.inject({ url: path, headers: { cookie } })
  const form = /name="form" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
  return { ...it, path, ending, answer, cookie, page, form }
}

t.test('the page before the second factor tells nothing about the person or the medicine', async (t) => {
  const site = shared
  const { receipt, content } = await site.walk.submitted()
  const { statusCode, headers, body } = await site.app.inject(pathOf(receipt))
  t.equal(statusCode, 200)
  for (const secret of [
    content.patient.name,
    content.patient.idNumber,
    content.patient.idNumber.slice(-6),
    content.physician.name,
    content.hospital.name,
    receipt.prescriptionNo,
    ...content.lines.map((line) => line.genericName),
    ...content.diagnoses.map(({ name }) => name),
  ]) {
    t.notOk(body.includes(secret))
  }
  t.match(headers, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': /noindex/,
    'content-security-policy': /default-src 'none'/,
    'x-frame-options': 'DENY',
  })
  t.notMatch(headers['content-security-policy'], /script-src|unsafe/)
  t.notOk(headers['set-cookie'], 'opening a link leaves nothing behind')
})

t.test('the right second factor opens a session of its own for the link', async (t) => {
  const site = shared
  const { answer, page, content, path } = await entered(site)
  t.equal(answer.statusCode, 303)
  t.equal(answer.headers.location, path)
  t.match(String(answer.headers['set-cookie']), /^patient-[0-9a-f]{12}=[A-Za-z0-9_-]{43};/)
  t.match(String(answer.headers['set-cookie']), /; Path=\/p; HttpOnly; SameSite=Strict$/)
  t.match(String(answer.headers['set-cookie']), /Max-Age=1800/)
  t.equal(page.statusCode, 200)
  t.equal(page.headers['cache-control'], 'no-store')
  for (const line of content.lines) t.ok(page.body.includes(line.genericName))
  t.notOk(page.body.includes(content.patient.idNumber))
  t.notMatch(
    page.body,
    /<script|style=|javascript:|\son\w+=|https?:\/\//i,
    'no script, nothing from elsewhere',
  )
  t.equal((await site.app.inject(STYLE_PATH)).statusCode, 200)
  t.equal(
    (await site.app.inject(path)).body.includes(content.lines[0]!.genericName),
    false,
    'without the cookie',
  )
})

t.test('the cookie is for encrypted connections only where the hub has them', async (t) => {
  const site = await patientSite(t)
  Object.assign(site.hub.deps.settings, { publicUrl: 'https://hub.test' })
  const { answer } = await entered(site)
  t.match(String(answer.headers['set-cookie']), /^__Secure-patient-.*; Secure; SameSite=Strict$/)
})

t.test('wrong second factors are counted on the page and lock the link', async (t) => {
  const site = shared
  const { receipt, content } = await site.walk.submitted()
  const path = pathOf(receipt)
  for (const left of [4, 3, 2, 1]) {
    const answer = await post(site, path, { ending: 'ZZZZZZ' })
    t.equal(answer.statusCode, 303)
    t.notOk(answer.headers['set-cookie'])
    t.match((await site.app.inject(path)).body, `还可以尝试 <b>${left}</b> 次`)
  }
  const malformed = await post(site, path, { ending: '12' })
  t.equal(malformed.headers.location, `${path}?notice=six-needed`, 'costs no attempt')
  t.equal((await post(site, path, { ending: 'ZZZZZZ' })).statusCode, 429)
  const late = await post(site, path, { ending: content.patient.idNumber.slice(-6) })
  t.equal(late.statusCode, 429, 'locked for the right one too')
  t.match(late.headers['content-type'], /^text\/html/)
  t.equal((await site.app.inject(path)).statusCode, 429)
})

t.test('an unknown link has a clear page', async (t) => {
  const site = shared
  for (const token of ['0'.repeat(32), 'short', '%3Cscript%3E', 'a'.repeat(150)]) {
    const { statusCode, headers, body } = await site.app.inject(`/p/${token}`)
    t.equal(statusCode, 404, token)
    t.match(headers['content-type'], /^text\/html/)
    t.match(body, '链接无效')
    t.notMatch(body, '<script')
  }
  t.equal((await post(site, `/p/${'0'.repeat(32)}`, { ending: '123456' })).statusCode, 404)
})

t.test('MZ-6.4 the choice goes by form, session and form token, and no GET changes anything', async (t) => {
  const site = shared
  const it = await entered(site)
  const pharmacy = site.hub.world.cast.designatedPharmacy.institutionId
  const url = `${it.path}/choice`
  const state = () => site.walk.stateOf(it.no)

  t.match(
    (await post(site, url, { form: it.form, pharmacy })).headers.location,
    /notice=session-ended$/,
    'no session',
  )
  t.match((await post(site, url, { form: 'x', pharmacy }, it.cookie)).headers.location, /notice=form-old$/)
  t.equal((await site.app.inject({ url, headers: { cookie: it.cookie } })).statusCode, 405)
  for (const address of [it.path, `${it.path}?notice=chosen&from=singlemessage`]) {
    t.equal((await site.app.inject({ url: address, headers: { cookie: it.cookie } })).statusCode, 200)
    t.equal(
      (await site.app.inject({ method: 'HEAD', url: address, headers: { cookie: it.cookie } })).statusCode,
      200,
    )
  }
  t.equal(await state(), 'open')

  const none = site.hub.world.cast.undesignatedPharmacy.institutionId
  t.match(
    (await post(site, url, { form: it.form, pharmacy: none }, it.cookie)).headers.location,
    /notice=rules-failed$/,
  )
  t.equal(await state(), 'open')
  const done = await post(site, url, { form: it.form, pharmacy }, it.cookie)
  t.equal(done.statusCode, 303)
  t.match(done.headers.location, /notice=chosen$/)
  t.equal(await state(), 'chosen')

  await site.walk.take(it.no)
  const second = site.hub.world.cast.secondPharmacy.institutionId
  const late = await post(site, url, { form: it.form, pharmacy: second }, it.cookie)
  t.match(late.headers.location, /notice=held-by-another$/)
  const page = await site.app.inject({ url: it.path, headers: { cookie: it.cookie } })
  t.match(page.body, '药店已接单')
  t.notMatch(page.body, 'class="pharmacy', 'nothing to choose any more')
  t.notMatch(page.body, 'class="qr"')
  const renewed = await site.app.inject({
    url: `${it.path}?notice=chosen`,
    headers: { cookie: it.cookie },
  })
  t.match(renewed.body, '药店已接单')
  t.notMatch(renewed.body, '到店后出示取药码即可', 'it was said of what has moved on since')
})

t.test('a form that another site made the browser send has no effect and costs no try', async (t) => {
  const site = shared
  const it = await entered(site)
  const pharmacy = site.hub.world.cast.designatedPharmacy.institutionId
  const from = (headers: Record<string, string>, url: string, form: Record<string, string>) =>
    site.app.inject({
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        cookie: it.cookie,
        host: 'hub.example',
        ...headers,
      },
      payload: new URLSearchParams(form).toString(),
    })
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://elsewhere.example' },
  ]) {
    for (const [url, form] of [
      [`${it.path}/choice`, { form: it.form, pharmacy }],
      [`${it.path}/leave`, { form: it.form }],
      [it.path, { ending: 'ZZZZZZ' }],
    ] as const) {
      const answer = await from(headers, url, form)
      t.match([answer.statusCode, answer.headers.location], [303, `${it.path}?notice=form-old`], url)
      t.notOk(answer.headers['set-cookie'])
    }
  }
  const token = it.path.slice(3)
  const decision = await from({ 'sec-fetch-site': 'cross-site' }, `/d/${token}`, { ending: 'ZZZZZZ' })
  t.match([decision.statusCode, decision.headers.location], [303, `/d/${token}?notice=form-old`])
  t.equal(await site.walk.stateOf(it.no), 'open')
  t.notMatch((await site.app.inject(it.path)).body, '还可以尝试')
  t.match((await site.app.inject({ url: it.path, headers: { cookie: it.cookie } })).body, '待选药店')
  for (const headers of [
    { 'sec-fetch-site': 'same-origin', origin: 'null' },
    { origin: 'https://hub.example' },
    { origin: 'null' },
  ]) {
    const { headers: answered } = await from(headers, `${it.path}/choice`, { form: it.form, pharmacy })
    t.match(answered.location, /notice=chosen$/)
  }
})

t.test("MZ-6.5 the patient reads the pharmacist's words: the reason of a refusal, and advice", async (t) => {
  const site = shared
  const { deps, world } = site.hub
  const pharmacy = site.hub.pharmacy()
  const read = async (words: Partial<Review>) => {
    const it = await entered(site)
    await choosePharmacy(deps, PATIENT(site.hub), aWrite(PATIENT(site.hub)), it.no, pharmacy.institutionId)
    await site.walk.take(it.no)
    const review = {
      pharmacistId: world.cast.pharmacist.practitionerId,
      decision: 'approve',
      ...words,
    } as const
    await reviewPrescription(deps, pharmacy, aWrite(pharmacy), it.no, review)
    return (await site.app.inject({ url: it.path, headers: { cookie: it.cookie } })).body
  }
  const refused = await read({ decision: 'refuse', reasonCode: 'dose-unsafe', opinion: '<b>每日一次</b>' })
  t.match(refused, /药师审方意见[\s\S]*审核未通过<\/b>：用法用量不适宜[\s\S]*&lt;b&gt;每日一次&lt;\/b&gt;/)
  t.match(await read({ opinion: '饭后服用' }), /审核通过<\/b><\/p>\s*<p>饭后服用/)
  t.notMatch(await read({}), /药师审方意见/, 'nothing to say, nothing said')
})

t.test('a session opens its own prescription only', async (t) => {
  const site = shared
  const mine = await entered(site)
  const other = await entered(site)
  const stolen = `${other.cookie.split('=')[0]}=${mine.cookie.split('=')[1]}`
  const page = await site.app.inject({ url: other.path, headers: { cookie: stolen } })
  t.match(page.body, 'name="ending"', 'asks for the second factor')
  const answer = await post(
    site,
    `${other.path}/choice`,
    { form: mine.form, pharmacy: site.hub.world.cast.designatedPharmacy.institutionId },
    stolen,
  )
  t.match(answer.headers.location, /notice=session-ended$/)
  t.equal(await site.walk.stateOf(other.no), 'open')
})

t.test('leaving ends the session', async (t) => {
  const site = shared
  const it = await entered(site)
  t.match((await post(site, `${it.path}/leave`, { form: 'x' }, it.cookie)).headers.location, /form-old$/)
  t.match(
    (await post(site, `${it.path}/leave`, { form: it.form }, it.cookie)).headers.location,
    /notice=left$/,
  )
  const page = await site.app.inject({ url: it.path, headers: { cookie: it.cookie } })
  t.match(page.body, 'name="ending"')
})

t.test('every way a prescription can stand has its page', async (t) => {
  const site = await patientSite(t)
  const { walk, hub } = site
  for (const [reach, words] of [
    [walk.held, '药店已接单'],
    [walk.reviewed, '药师已审核'],
    [walk.settling, '结算中'],
    [walk.settled, '已结算，可取药'],
    [walk.dispensed, '已取药'],
  ] as const) {
    const person = hub.world.cast.person
    const it = await reach({ person })
    const path = pathOf(it.receipt)
    const answer = await post(site, path, { ending: person.idNumber.slice(-6) })
    const cookie = String(answer.headers['set-cookie']).split(';')[0]!
    const page = await site.app.inject({ url: path, headers: { cookie } })
    t.match(page.body, words)
    t.equal(page.body.includes('您个人支付'), words === '已结算，可取药' || words === '已取药', words)
    await hub.deps.pool.query('delete from patient_session')
  }
})

t.test('MZ-6.3 an expired prescription says so the moment it ends, before any sweep', async (t) => {
  const site = await patientSite(t)
  Object.assign(site.hub.deps.settings, { sessionMinutes: 60 * 24 * 9 })
  const it = await entered(site)
  const read = async (now: Date) => {
    site.hub.now = now
    return (await site.app.inject({ url: it.path, headers: { cookie: it.cookie } })).body
  }
  const end = new Date(it.receipt.expiresAt).getTime()
  t.match(await read(new Date(end - 1)), '待选药店')
  t.match(await read(new Date(end)), '已失效')
  t.equal(await site.walk.stateOf(it.no), 'open', 'reading marked nothing')
})

t.test('tokens, cookies and identity numbers stay out of the log', async (t) => {
  const site = await patientSite(t)
  const it = await entered(site)
  await post(site, it.path, { ending: 'ZZZZZZ' })
  const pharmacy = site.hub.world.cast.designatedPharmacy.institutionId
  await post(site, `${it.path}/choice`, { form: it.form, pharmacy }, it.cookie)
  await site.app.inject('/p/not-a-link')
  const log = site.log.join('')
  t.match(log, '"route":"/p/:token"')
  t.match(log, '"code":"second-factor-wrong"')
  const token = it.path.slice(3)
  for (const secret of [
    token,
    it.cookie.split('=')[1]!,
    it.form,
    it.ending,
    it.content.patient.name,
    'ZZZZZZ',
  ]) {
    t.notOk(log.includes(secret))
  }
})

t.test(
  'the log on the page has every visit, wrong tries, the lock and a renewed link, of nobody else',
  async (t) => {
    const site = await patientSite(t)
    const { hub } = site
    const it = await site.walk.submitted()
    const other = await entered(site)
    const ending = it.content.patient.idNumber.slice(-6)
    const tick = () => {
      hub.now = new Date(hub.now.getTime() + 1000)
    }
    const enter = async (path: string, given = ending) => {
      tick()
      return String((await post(site, path, { ending: given })).headers['set-cookie']).split(';')[0]!
    }
    const logOf = (body: string) =>
      [...body.matchAll(/<p><b>([^<]+)<\/b>([^<]+)<\/p>/g)].map(([, who, what]) => `${who} ${what}`)
    const read = async (path: string, cookie: string) =>
      logOf((await site.app.inject({ url: path, headers: { cookie } })).body)

    const path = pathOf(it.receipt)
    await site.app.inject(path)
    await post(site, path, { ending: '12' })
    await enter(path, 'ZZZZZZ')
    const cookie = await enter(path)
    const opened = [
      '您（凭链接） 通过验证，打开处方页',
      '持有链接的人 验证未通过，没有看到处方',
      '开方医院 开具并上传处方',
    ]
    t.same(await read(path, cookie), opened)
    t.same(await read(path, cookie), opened, 'looking again within a visit is the same visit')

    // With the wrong one before, these are the five of the link's life.
    for (let times = 0; times < 4; times += 1) await enter(path, 'ZZZZZZ')
    tick()
    const hospital = hub.hospital()
    const { body } = await renewLink(hub.deps, hospital, aWrite(hospital), it.no)
    const renewed = 'patientLink' in body ? pathOf(body) : ''
    const wrong = '持有链接的人 验证未通过，没有看到处方'
    t.same(await read(renewed, await enter(renewed)), [
      '您（凭链接） 通过验证，打开处方页',
      '开方医院 重新发送链接，旧链接作废',
      '流转平台 验证错误次数过多，锁定链接',
      ...Array.from({ length: 4 }, () => wrong),
      ...opened,
    ])
    t.same(await read(other.path, other.cookie), [
      '您（凭链接） 通过验证，打开处方页',
      '开方医院 开具并上传处方',
    ])
    const { rows } = await hub.deps.pool.query('select * from patient_access')
    t.same([...new Set(rows.flatMap((row) => Object.keys(row)))].sort(), [
      'access_id',
      'at',
      'prescription_no',
      'region_code',
      'what',
    ])
    t.notMatch(site.log.join(''), new RegExp(`${ending}|ZZZZZZ`))
  },
)

t.test('what others wrote cannot become markup', async (t) => {
  const site = shared
  const it = await site.walk.submitted({
    document: {
      visit: {
        visitId: 'V1',
        departmentCode: 'A03',
        departmentName: '<script>alert(1)</script>"\'&',
        visitedAt: '2026-11-22T09:00:00+08:00',
        medicalType: '11',
      },
    },
  })
  const path = pathOf(it.receipt)
  const answer = await post(site, path, { ending: it.content.patient.idNumber.slice(-6) })
  const cookie = String(answer.headers['set-cookie']).split(';')[0]!
  const { body } = await site.app.inject({ url: `${path}?notice=<b>x</b>`, headers: { cookie } })
  t.match(body, '&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;')
  t.notMatch(body, '<script')
  t.notMatch(body, '<b>x</b>')
})

t.test('MZ-6.5 the patient has the own papers as files, with the own session only', async (t) => {
  const site = await patientSite(t)
  const { hub, walk } = site
  const pharmacy = hub.pharmacy()
  const it = await entered(site)
  const other = await entered(site)
  const ask = (paper: string, cookie = it.cookie) =>
    site.app.inject({ url: `${it.path}/papers/${paper}`, headers: { cookie } })
  const linksOf = async () => {
    const { body } = await site.app.inject({ url: it.path, headers: { cookie: it.cookie } })
    return [...body.matchAll(/\/papers\/[0-9a-f-]{36}\/([a-z-]+)"/g)].map((match) => match[1])
  }
  t.same(await linksOf(), [])
  t.equal((await ask('settlement')).statusCode, 409, 'nothing is settled yet')

  await walk.choose(it.no)
  await walk.take(it.no)
  await walk.review(it.no)
  const lines = walk.lines(it.content)
  const { body } = await requestSettlement(hub.deps, pharmacy, aWrite(pharmacy), it.no, { lines })
  await settlePrescription(hub.deps, { regionCode: hub.world.regionCode, settlementId: body.settlementId })
  t.same(await linksOf(), ['settlement', 'fee-list', 'receipt'])
  t.equal((await ask('receipt')).statusCode, 200, 'MZ-6.5 the receipt goes out before the medicine')

  await handOver(hub.deps, pharmacy, aWrite(pharmacy), it.no, walk.handOverOf(it.content))
  t.same(await linksOf(), ['settlement', 'fee-list', 'receipt'])
  for (const paper of ['settlement', 'fee-list', 'receipt']) {
    const answer = await ask(paper)
    t.equal(answer.statusCode, 200, paper)
    t.match(answer.headers, {
      'content-type': 'application/pdf',
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="${paper}.pdf"`,
    })
    t.equal(answer.rawPayload.subarray(0, 5).toString('latin1'), '%PDF-')
  }
  t.equal((await ask('prescription')).statusCode, 400, 'there is no such paper')
  const named = await ask(`${body.settlementId}/receipt`)
  t.equal(named.statusCode, 200, 'the settlement by its number')
  t.equal((await ask(`${randomUUID()}/receipt`)).statusCode, 409, 'one of another prescription')

  const foreign = other.cookie.split('=')[1]
  for (const cookie of ['', other.cookie, `${it.cookie.split('=')[0]}=${foreign}`]) {
    const answer = await ask('settlement', cookie)
    t.equal(answer.statusCode, 303, cookie === '' ? 'no session' : 'the session of another link')
    t.equal(answer.headers.location, `${it.path}?notice=session-ended`)
    t.equal(answer.body, '')
  }
  const theirs = await site.app.inject({
    url: `${other.path}/papers/settlement`,
    headers: { cookie: other.cookie },
  })
  t.equal(theirs.statusCode, 409, 'another link has none of these papers')
})

t.test('the sandbox shows what it would have sent; production has no such address', async (t) => {
  const site = shared
  t.same((await site.app.inject('/sandbox/notifications')).json(), { notifications: [] })
  const production = await patientSite(t, {
    environment: {
      MODE: 'production',
      PUBLIC_URL: 'https://hub.example',
      KEY_ENCRYPTION_KEY: RANDOM_KEYS[0],
      LINK_KEY: RANDOM_KEYS[1],
      METRICS_TOKEN: 'x'.repeat(24),
      TRUST_DIR: '/etc/hub/trust',
      DATABASE_URL: 'postgresql://unused',
      NOTIFIER_URL: 'https://notifier.example/',
      NOTIFIER_SECRET: 'y'.repeat(24),
    },
  })
  t.equal((await production.app.inject('/sandbox/notifications')).statusCode, 404)
})

t.test('MZ-6.4 a choice at the counter does not show a code that no longer works', async (t) => {
  const site = await patientSite(t)
  const it = await entered(site)
  const { hub } = site
  await choosePharmacy(
    hub.deps,
    PATIENT(hub),
    aWrite(PATIENT(hub)),
    it.no,
    hub.world.cast.secondPharmacy.institutionId,
  )
  const read = async () => (await site.app.inject({ url: it.path, headers: { cookie: it.cookie } })).body
  const codeOf = (body: string) => /<code>([^<]+)<\/code>/.exec(body)?.[1]?.replaceAll(' ', '')
  const code = codeOf(await read())
  t.match(code, /^[0-9A-HJKMNP-TV-Z]{26}$/)
  t.equal(scanQr(await read()), code, 'the picture says the same as the digits')
  const pharmacy = hub.pharmacy()
  await takePrescription(hub.deps, pharmacy, aWrite(pharmacy), { pickupCode: code! })
  t.equal(codeOf(await read()), undefined)
  hub.now = new Date(hub.now.getTime() + 24 * 3_600_000)
  Object.assign(hub.deps.settings, { sessionMinutes: 0 })
  await hub.deps.pool.query("update patient_session set ends_at = ends_at + interval '2 days'")
  t.equal(codeOf(await read()), code, 'the hold ran out; the code of the link is still the one that works')
})
