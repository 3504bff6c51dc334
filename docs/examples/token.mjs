// An access token of a sandbox client, for trying calls by hand:
//   TOKEN=$(node docs/examples/token.mjs http://127.0.0.1:8080 sandbox-pharmacy-P44140299001)
import { createPrivateKey, randomUUID, sign } from 'node:crypto'

const [hub = 'http://127.0.0.1:8080', wanted] = process.argv.slice(2)
const { regions } = await (await fetch(`${hub}/sandbox`)).json()
const callers = regions.flatMap((region) => region.callers)
const caller = callers.find(({ clientId }) => clientId === wanted)
if (caller === undefined) {
  console.error(`Name one of these clients:\n${callers.map(({ clientId, name }) => `${clientId}  ${name}`).join('\n')}`)
  process.exit(1)
}

// An assertion signed with the client's own key (RFC 7523); production has the public half of that key.
const { clientId, privateJwk } = caller
const { issuer } = await (await fetch(`${hub}/.well-known/oauth-authorization-server`)).json()
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
const exp = Math.floor(Date.now() / 1000) + 120
const claims = { iss: clientId, sub: clientId, aud: issuer, jti: randomUUID(), exp }
const unsigned = `${part({ alg: 'ES256', kid: privateJwk.kid })}.${part(claims)}`
const key = createPrivateKey({ key: privateJwk, format: 'jwk' })
const signature = sign('sha256', Buffer.from(unsigned), { key, dsaEncoding: 'ieee-p1363' })
const answer = await fetch(`${hub}/oauth/token`, {
  method: 'POST',
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: `${unsigned}.${signature.toString('base64url')}`,
  }),
})
const { access_token: token, error_description: fault } = await answer.json()
if (token === undefined) throw new Error(fault)
console.log(token)
