import t from 'tap'
import { inTransaction } from '../../../src/storage/database.ts'
import { findLink, replaceLink } from '../../../src/storage/patient-access.ts'
import { linkOf, visitOf } from '../../../src/usecases/patient/find-patient.ts'
import { endSession, openSession } from '../../../src/usecases/patient/open-session.ts'
import { hashOf, newLink } from '../../../src/usecases/secrets.ts'
import { testHub } from '../../support/hub.ts'
import { walker } from '../../support/journey.ts'

const hub = await testHub(t)
const { deps } = hub
const walk = walker(hub)

/** A prescription with its token and second factor. */
async function aLink() {
  const it = await walk.submitted()
  return {
    ...it,
    token: it.receipt.patientLink.split('/').at(-1)!,
    ending: it.content.patient.idNumber.slice(-6),
  }
}

t.test('of fifty guesses at once no more than the limit are compared', async (t) => {
  const { token, ending } = await aLink()
  const guesses = Array.from({ length: 50 }, (_, place) => `Z${String(place).padStart(5, '0')}`)
  const codes = await Promise.all(
    guesses.map((guess) => openSession(deps, token, guess).catch((refusal) => refusal.code)),
  )
  const { rows } = await deps.pool.query(
    'select attempts, locked_at from patient_link where link_hash = $1',
    [hashOf(token)],
  )
  t.equal(rows[0].attempts, deps.settings.linkAttempts)
  t.ok(rows[0].locked_at)
  t.same([...new Set(codes)].sort().at(0), 'link-locked')
  t.ok(codes.filter((code) => code === 'second-factor-wrong').length < deps.settings.linkAttempts)
  await t.rejects(openSession(deps, token, ending), { code: 'link-locked' }, 'the right one comes too late')
})

t.test(
  'a right answer gives back its own attempt, the last one too, and the wrong ones stay counted',
  async (t) => {
    const { token, ending } = await aLink()
    for (let wrong = 1; wrong < deps.settings.linkAttempts; wrong += 1) {
      await t.rejects(openSession(deps, token, 'ZZZZZZ'), {
        code: 'second-factor-wrong',
        details: { attemptsLeft: deps.settings.linkAttempts - wrong },
      })
    }
    for (let login = 0; login < 3; login += 1) {
      await openSession(deps, token, ending)
      t.match(await linkOf(deps, token), { attemptsLeft: 1, isLocked: false })
    }
    await t.rejects(openSession(deps, token, 'ZZZZZZ'), { code: 'link-locked' })
    await t.rejects(openSession(deps, token, ending), { code: 'link-locked' })
  },
)

t.test('a link has at most five sessions, of twenty opened at once too, and the newest stay', async (t) => {
  const { token, ending } = await aLink()
  const isLive = async ({ session }: { session: string }) =>
    (await visitOf(deps, token, session)).patient !== undefined
  const opened = []
  for (let login = 0; login < 7; login += 1) {
    hub.now = new Date(hub.now.getTime() + 1000)
    opened.push(await openSession(deps, token, ending))
  }
  t.same(await Promise.all(opened.map(isLive)), [false, false, true, true, true, true, true])
  // Several at once may find the link locked by the others' claims; they are no more than the limit of attempts.
  const crowd = await Promise.allSettled(Array.from({ length: 20 }, () => openSession(deps, token, ending)))
  t.ok(crowd.some(({ status }) => status === 'fulfilled'))
  const { rows } = await deps.pool.query(
    'select count(*)::int as live from patient_session where link_hash = $1',
    [hashOf(token)],
  )
  t.equal(rows[0].live, 5)
  t.match(await linkOf(deps, token), { attemptsLeft: deps.settings.linkAttempts, isLocked: false })
})

t.test('blanks, small letters and full-width signs are the same characters', async (t) => {
  const { token, ending } = await aLink()
  const wide = [...ending].map((sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0)).join('')
  const whole = '44140219600304'
  for (const given of [
    wide,
    `${whole}${ending}`,
    ` ${ending.slice(0, 3)} ${ending.slice(3).toLowerCase()} `,
  ]) {
    t.ok(await openSession(deps, token, given))
  }
  for (const given of ['', ending.slice(1), `<${ending}`, '1'.repeat(60)]) {
    await t.rejects(openSession(deps, token, given), { code: 'malformed' })
  }
  t.equal((await linkOf(deps, token)).attemptsLeft, deps.settings.linkAttempts, 'no attempt was lost')
})

t.test('a session lives to its end and not a millisecond longer', async (t) => {
  const { token, ending } = await aLink()
  const began = hub.now
  const { session, endsAt } = await openSession(deps, token, ending)
  t.equal(endsAt.getTime() - began.getTime(), deps.settings.sessionMinutes * 60_000)
  const patient = async () => (await visitOf(deps, token, session)).patient
  hub.now = new Date(endsAt.getTime() - 1)
  t.ok(await patient())
  hub.now = endsAt
  t.equal(await patient(), undefined)
  hub.now = began
  await endSession(deps, session)
  t.equal(await patient(), undefined, 'ended at the wish of the patient')
})

t.test('the database holds hashes of secrets only', async (t) => {
  const { token, ending } = await aLink()
  const { session } = await openSession(deps, token, ending)
  const { rows } = await deps.pool.query(
    `select string_agg(row_to_json(l)::text, '') || (select string_agg(row_to_json(s)::text, '') from patient_session s) as all
       from patient_link l`,
  )
  for (const secret of [token, session]) {
    t.notOk(rows[0].all.includes(secret))
    t.notOk(rows[0].all.includes(Buffer.from(secret, 'base64url').toString('hex')))
  }
  t.ok(await findLink(deps.pool, hashOf(token)))
})

t.test('a replaced link is dead, and so are its sessions', async (t) => {
  const { no, token, ending } = await aLink()
  const { session } = await openSession(deps, token, ending)
  const link = await linkOf(deps, token)
  const next = newLink(deps.linkKey, no)
  await inTransaction(deps.pool, (tx) => replaceLink(tx, link.regionCode, no, next, hub.now))
  await t.rejects(linkOf(deps, token), { code: 'link-unknown' })
  await t.rejects(openSession(deps, token, ending), { code: 'link-unknown' })
  await t.rejects(visitOf(deps, token, session), { code: 'link-unknown' })
  const fresh = await visitOf(deps, next.token, session)
  t.equal(fresh.patient, undefined, 'a session does not pass to the new link')
  t.ok(await openSession(deps, next.token, ending))
})

t.test('a session of one link is nothing to another', async (t) => {
  const mine = await aLink()
  const other = await aLink()
  const { session } = await openSession(deps, mine.token, mine.ending)
  t.ok((await visitOf(deps, mine.token, session)).patient)
  t.equal((await visitOf(deps, other.token, session)).patient, undefined)
  const hash = hashOf(session).toString('base64url')
  t.equal((await visitOf(deps, mine.token, hash)).patient, undefined)
})
