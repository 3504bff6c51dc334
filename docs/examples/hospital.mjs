// A hospital's system in fifty lines: Node and OpenSSL, nothing else. Against a sandbox:
//   node docs/examples/hospital.mjs http://127.0.0.1:8080
import { execFileSync } from 'node:child_process'
import { createPrivateKey, randomUUID, sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const hub = process.argv[2] ?? 'http://127.0.0.1:8080'
// A real hospital has its own keys and certificates; a sandbox hands out samples.
const sandbox = await (await fetch(`${hub}/sandbox?region=441400`)).json()
const { callers, signers, samplePrescription } = sandbox.regions[0]

// 1. An access token for a signed assertion (RFC 7523).
const { clientId, privateJwk } = callers.find((it) => it.institutionId === samplePrescription.hospital.institutionId)
const { issuer } = await (await fetch(`${hub}/.well-known/oauth-authorization-server`)).json()
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
const seconds = Math.floor(Date.now() / 1000)
const claims = { iss: clientId, sub: clientId, aud: issuer, jti: randomUUID(), exp: seconds + 120 }
const unsigned = `${part({ alg: 'ES256', kid: privateJwk.kid })}.${part(claims)}`
const key = createPrivateKey({ key: privateJwk, format: 'jwk' })
const signed = sign('sha256', Buffer.from(unsigned), { key, dsaEncoding: 'ieee-p1363' })
const token = await (
  await fetch(`${hub}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: `${unsigned}.${signed.toString('base64url')}`,
    }),
  })
).json()

// 2. The exact bytes of the document, and a detached CMS signature by physician and hospital seal.
const folder = mkdtempSync(join(tmpdir(), 'hospital-'))
const file = (name, content) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const document = Buffer.from(JSON.stringify({ ...samplePrescription, hospitalPrescriptionNo: `EX-${Date.now()}` }))
const isGood = (it) => it.standing === 'good' && it.institutionId === samplePrescription.hospital.institutionId
const physician = signers.find((it) => isGood(it) && it.practitionerId === samplePrescription.physician.practitionerId)
const seal = signers.find((it) => isGood(it) && it.purpose === 'hospital-seal')
const options = [physician, seal].flatMap((it, n) => [
  ...['-signer', file(`${n}.crt`, it.certificatePem), '-inkey', file(`${n}.key`, it.keyPem)],
])
const chain = file('chain.crt', sandbox.authority.intermediateCertificatePem)
execFileSync('openssl', [
  ...['cms', '-sign', '-binary', '-md', 'sha256', '-in', file('document.json', document), ...options],
  ...['-certfile', chain, '-outform', 'DER', '-out', join(folder, 'signature.der')],
])
const signature = readFileSync(join(folder, 'signature.der'))
rmSync(folder, { recursive: true })

// 3. The push. Sent again with the same key it gets the same receipt.
const answer = await fetch(`${hub}/hospital/prescriptions`, {
  method: 'POST',
  headers: {
    authorization: `Bearer ${token.access_token}`,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
  },
  body: JSON.stringify({ document: document.toString('base64'), signature: signature.toString('base64') }),
})
console.log(answer.status, await answer.json())
process.exitCode = answer.status === 201 ? 0 : 1
