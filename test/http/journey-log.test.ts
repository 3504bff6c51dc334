import t from 'tap'
import { wayOverHttp } from '../support/http-way.ts'
import { hubApp } from '../support/hub-app.ts'

t.test('the log of a whole journey, refusals included, holds no personal data and no secret', async (t) => {
  const log: string[] = []
  const it = await hubApp(t, { log })
  const { hub, as } = it
  const { cast } = hub.world
  const way = await wayOverHttp(it, {})
  t.equal(way.handed.status, 200)
  // Refusals name more than answers do: a rule, a malformed body, a wrong second factor, a stranger.
  const bad = hub.envelope({ physician: cast.attending })
  await as(hub.hospital(), 'POST', '/hospital/prescriptions', {
    body: { document: bad.document.toString('base64'), signature: bad.signature.toString('base64') },
  })
  await as(hub.hospital(), 'POST', '/hospital/prescriptions', {
    body: { document: '!', signature: '', [cast.person.name]: cast.person.idNumber },
  })
  const path = new URL(way.pushed.body.patientLink).pathname
  await it.app.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `ending=${cast.person.idNumber.slice(0, 6)}`,
  })
  await it.app.inject({ url: `${path}?name=${encodeURIComponent(cast.person.name)}` })
  await it.app.inject({ url: `/nowhere/${cast.person.idNumber}` })
  const text = log.join('')
  t.ok(log.length >= 10, 'much was logged')
  const { content } = hub.envelope()
  const secrets = [
    cast.person.name,
    cast.person.idNumber,
    cast.person.idNumber.slice(-6),
    cast.person.phone,
    cast.physician.name,
    content.diagnoses[0]!.code,
    content.diagnoses[0]!.name,
    path.slice(3),
    hub.envelope().signature.toString('base64').slice(0, 40),
  ]
  for (const [i, secret] of secrets.entries()) t.notOk(text.includes(secret), `secret ${i}`)
  t.notMatch(text, /authorization|Bearer |idempotency-key|set-cookie/i)
})
