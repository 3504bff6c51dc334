import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { readConfig } from '../../../src/config.ts'
import { samplePeopleOf } from '../../../src/embedded/sandbox-people.ts'
import { inTransaction } from '../../../src/storage/database.ts'
import { dropSecrets } from '../../../src/storage/staff/persons.ts'
import { endSessionsOf } from '../../../src/storage/staff/sessions.ts'
import { AT_THE_MACHINE, invite } from '../../../src/usecases/staff/invite.ts'
import { stepOf, totpAt } from '../../../src/usecases/staff/totp.ts'
import { PUBLIC_URL } from '../../support/app.ts'
import { hubApp } from '../../support/hub-app.ts'
import { Browser } from './browser.ts'

/** The clock of the machine. */
let now = new Date('2026-11-22T02:00:00Z')
const { hub, app } = await hubApp(t, { machineClock: () => now })
const { world, deps } = hub
const staff = {
  ...deps,
  machineClock: () => now,
  keyEncryptionKey: readConfig({ PUBLIC_URL }).keyEncryptionKey,
  publicUrl: PUBLIC_URL,
}
const [pharmacist, , clerk, officer] = samplePeopleOf(world)

async function asSample(person: typeof pharmacist): Promise<Browser> {
  const browser = new Browser(app)
  const entered = await browser.send(`/staff/samples/${person!.personId}`)
  t.equal(entered.location, '/work')
  return browser
}

/** The secret that an invitation page shows, as one text. */
const secretIn = (html: string) => /<code>((?:[A-Z2-7]{4} ?){8})<\/code>/.exec(html)![1]!.replaceAll(' ', '')
/** The next code that was not used yet. */
const codeOf = (secret: string, ahead: number) => totpAt(secret, stepOf(now) + ahead)

t.test('somebody is invited, joins once, signs in, is dismissed and is out at once', async (t) => {
  const office = await asSample(officer)
  await office.open('/staff/people')
  const refused = await office.send('/staff/people', {
    role: 'pharmacist',
    name: '李卫',
    login: 'Li.Wei',
    institutionId: 'P00000000000',
  })
  t.equal(refused.status, 422)
  t.match(refused.html, /role="alert"[\s\S]*机构编码不在名录中/)
  t.match(refused.html, /value="李卫"/, 'what was typed stays')
  const { institutionId, practitionerId } = pharmacist!
  const made = await office.send('/staff/people', {
    role: 'pharmacist',
    name: '李卫',
    login: 'Li.Wei',
    institutionId: institutionId!,
    practitionerId: practitionerId!,
  })
  t.equal(made.status, 200)
  const link = /<code>(https:[^<]+)<\/code>/.exec(made.html)![1]!
  t.ok(link.startsWith(`${PUBLIC_URL}/staff/invitations/`))
  const path = new URL(link).pathname
  t.notMatch((await office.open('/staff/people')).html, /invitations/, 'the link is shown once')

  const browser = new Browser(app)
  const page = await browser.open(path)
  t.match(page.html, /李卫[\s\S]*执业药师[\s\S]*li\.wei/)
  const secret = secretIn(page.html)
  const password = 'correct horse'
  const wrong = await browser.send(path, { password, again: `${password}!`, code: '000000' })
  t.equal(wrong.status, 400)
  t.equal(
    (await browser.send(path, { password: '1234567890', again: '1234567890', code: codeOf(secret, 0) }))
      .status,
    422,
  )
  const joined = await browser.send(path, { password, again: password, code: codeOf(secret, -1) })
  t.equal(joined.location, '/work')
  t.match(
    joined.headers['set-cookie'],
    /^__Host-staff=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  )
  t.equal((await new Browser(app).open(path)).status, 404, 'an invitation works once')
  t.equal((await browser.open('/work')).location, '/counter')

  const again = new Browser(app)
  await again.open('/staff/sign-in')
  const used = await again.send('/staff/sign-in', { login: 'li.wei', password, code: codeOf(secret, -1) })
  t.equal(used.status, 403, 'a code counts once')
  const entered = await again.send('/staff/sign-in', { login: 'LI.WEI', password, code: codeOf(secret, 0) })
  t.equal(entered.location, '/work')

  await office.open('/staff/people')
  const { rows } = await deps.pool.query("select person_id from staff_person where login = 'li.wei'")
  t.equal((await office.send('/staff/people/dismiss', { person: rows[0].person_id })).status, 200)
  for (const out of [browser, again])
    t.equal((await out.open('/work')).location, '/staff/sign-in?next=%2Fwork')
  t.equal(
    (await again.send('/staff/sign-in', { login: 'li.wei', password, code: codeOf(secret, 1) })).status,
    403,
  )
  const { rows: log } = await deps.pool.query(
    'select what from staff_sign_in where person_id = $1 order by sign_in_id',
    [rows[0].person_id],
  )
  t.same(
    log.map(({ what }) => what),
    ['joined', 'refused', 'signed-in', 'left'],
  )
})

t.test(
  'a wrong password, a wrong code and a name that nobody has are told alike, and the sixth try rests',
  async (t) => {
    const link = await invite(staff, AT_THE_MACHINE, {
      role: 'officer-city',
      regionCode: '441400',
      name: '王芳',
      login: 'wang',
    })
    const path = new URL(link).pathname
    const first = new Browser(app)
    const secret = secretIn((await first.open(path)).html)
    const password = '一马当先万马奔腾吧'
    await first
      .send(path, { password, again: password, code: codeOf(secret, -1) })
      .then(({ status }) => t.equal(status, 422))
    const strong = '一马当先万马奔腾，好'
    t.equal(
      (await first.send(path, { password: strong, again: strong, code: codeOf(secret, -1) })).status,
      303,
    )
    const told = new Set<string>()
    for (const login of ['wang', 'nobody-has-it']) {
      const browser = new Browser(app)
      const answers: number[] = []
      for (let count = 1; count <= 6; count += 1) {
        const { status, html } = await browser.send('/staff/sign-in', {
          login,
          password: strong,
          code: '000000',
        })
        answers.push(status)
        if (count < 6) told.add(/role="alert"[\s\S]*?<\/div>/.exec(html)![0])
      }
      t.same(answers, [403, 403, 403, 403, 403, 429], login)
    }
    t.equal(told.size, 1)
    const right = await new Browser(app).send('/staff/sign-in', {
      login: 'wang',
      password: strong,
      code: codeOf(secret, 0),
    })
    t.equal(right.status, 429, 'the right answer waits, too')
    t.match(right.html, /暂时锁定/)
  },
)

t.test('who was invited anew while the old password was compared is not let in by it', async (t) => {
  const link = await invite(staff, AT_THE_MACHINE, {
    role: 'officer-city',
    regionCode: '441400',
    name: '周敏',
    login: 'zhou',
  })
  const path = new URL(link).pathname
  const first = new Browser(app)
  const secret = secretIn((await first.open(path)).html)
  const password = 'correct horse'
  await first.send(path, { password, again: password, code: codeOf(secret, -1) })
  const { rows } = await deps.pool.query("select person_id from staff_person where login = 'zhou'")
  const [{ person_id: personId }] = rows
  const { entering } = await inTransaction(deps.pool, async (tx) => {
    await dropSecrets(tx, personId)
    await endSessionsOf(tx, personId)
    const entering = new Browser(app).send('/staff/sign-in', {
      login: 'zhou',
      password,
      code: codeOf(secret, 0),
    })
    for (let waiting = 0; waiting === 0; await sleep(10))
      waiting = (
        await deps.pool.query(
          `select from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and query like '%totp_step = $2%'`,
        )
      ).rows.length
    return { entering }
  })
  t.equal((await entering).status, 403)
  const left = await deps.pool.query('select from staff_session where person_id = $1', [personId])
  t.equal(left.rows.length, 0, 'no session waits for the person to join anew')
})

t.test('at a browser where somebody is signed in another one joins, or enters as a sample', async (t) => {
  const office = await asSample(officer)
  const link = await invite(staff, AT_THE_MACHINE, {
    role: 'officer-city',
    regionCode: '441400',
    name: '吴静',
    login: 'wu',
  })
  const path = new URL(link).pathname
  const page = await office.open(path)
  const form = /name="form" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
  const secret = secretIn(page.html)
  const password = 'correct horse'
  const typed = { password, again: password, code: codeOf(secret, 0) }
  t.equal((await office.send(path, typed)).status, 409, 'not without the token of the session')
  t.equal((await office.send(path, { ...typed, form })).location, '/work')
  const sample = `/staff/samples/${clerk!.personId}`
  await office.open(sample)
  t.equal((await office.send(sample)).location, '/work')
  t.equal((await office.open('/work')).location, '/counter', 'as the clerk now')
})

t.test('forms of other sites, forms of ended sessions and strangers change nothing', async (t) => {
  const office = await asSample(officer)
  await office.open('/staff/people')
  const typed = { role: 'supervisor', name: '赵', login: 'zhao' }
  const foreign = await office.send('/staff/people', typed, { 'sec-fetch-site': 'cross-site' })
  t.equal(foreign.status, 409)
  t.equal((await office.send('/staff/people', { ...typed, form: 'x' })).status, 409)
  const asClerk = await asSample(clerk)
  t.equal((await asClerk.open('/staff/people')).status, 403)
  const nobody = await new Browser(app).send('/staff/people', { ...typed, form: 'x' })
  t.equal(nobody.location, '/staff/sign-in?next=')
  await office.open('/staff/people')
  await office.send('/staff/sign-out')
  t.equal((await office.open('/staff/people')).status, 303)
  const { rows } = await deps.pool.query("select from staff_person where login = 'zhao'")
  t.equal(rows.length, 0)
})

t.test(
  'a session ends when it was idle for half an hour, and after twelve hours however it is used',
  async (t) => {
    const minutes = (count: number) => {
      now = new Date(now.getTime() + count * 60_000)
    }
    const idle = await asSample(pharmacist)
    minutes(29)
    t.equal((await idle.open('/work')).location, '/counter')
    minutes(29)
    t.equal((await idle.open('/work')).location, '/counter', 'use moves its end on')
    minutes(20)
    t.equal((await idle.open('/counter', { 'sec-fetch-dest': 'empty' })).status, 200, 'looks by itself')
    minutes(10)
    const ended = await idle.open('/work')
    t.match(ended.location, /^\/staff\/sign-in/)
    t.match((await idle.open(ended.location!)).html, /登录已结束/)
    const used = await asSample(pharmacist)
    for (let quarter = 1; quarter < 48; quarter += 1) {
      minutes(15)
      t.equal((await used.open('/work')).location, '/counter')
    }
    minutes(15)
    t.match((await used.open('/work')).location, /^\/staff\/sign-in/)
  },
)

t.test('after signing in somebody goes on where he was, and never to another site', async (t) => {
  for (const [next, to] of [
    ['/counter/months', '/counter/months'],
    ['//evil.example', '/work'],
    ['/counter//evil', '/counter//evil'],
    ['https://evil.example', '/work'],
    ['/staff/../\\evil', '/work'],
  ] as const) {
    const browser = new Browser(app)
    await browser.open(`/staff/sign-in?next=${encodeURIComponent(next)}`)
    t.equal((await browser.send(`/staff/samples/${pharmacist!.personId}`, { next })).location, to, next)
  }
})
