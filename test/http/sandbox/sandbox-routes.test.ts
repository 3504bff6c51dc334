import t from 'tap'
import { describeSandbox } from '../../../src/embedded/describe-sandbox.ts'
import { testApp } from '../../support/app.ts'
import { testHub } from '../../support/hub.ts'

t.test('a program gets the sandbox as JSON with every key, a browser a page without any', async (t) => {
  const hub = await testHub(t)
  const { app } = await testApp(t, {
    parts: {
      sandbox: {
        describe: (region) => describeSandbox(hub.state, new Map(), 'https://hub.example', hub.now, region),
        clock: {
          now: () => hub.now,
          machineNow: () => hub.now,
          offsetMs: () => 0,
          setOffset: async () => {},
        },
      },
    },
  })
  let key = ''
  for (const accept of [undefined, '*/*', 'application/json']) {
    const { headers, body } = await app.inject({
      url: '/sandbox',
      headers: accept === undefined ? {} : { accept },
    })
    t.match(headers['content-type'], /^application\/json/)
    key = JSON.parse(body).regions[0].callers[0].privateJwk.d
    t.ok(key)
  }
  const page = await app.inject({
    url: '/sandbox?region=441400',
    headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
  })
  t.match(page.headers, { 'content-type': 'text/html; charset=utf-8', vary: /accept/i })
  t.ok(page.body.includes(`sandbox-pharmacy-${hub.world.cast.designatedPharmacy.institutionId}`))
  t.notMatch(page.body, /"d"|&quot;d&quot;|PRIVATE KEY|<script/)
  t.notOk(page.body.includes(key))
  t.equal((await app.inject('/sandbox?region=999999')).statusCode, 404)
})
