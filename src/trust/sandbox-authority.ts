import { createPrivateKey } from 'node:crypto'
import { type Identity, identityOf, issueCertificate, type KeyKind } from './certificate-issuing.ts'
import { derOf } from './sign-envelope.ts'

/** An identity as text, so that a sandbox keeps its authority over a restart. Holds a private key. */
export interface StoredIdentity {
  readonly certificatePem: string
  readonly keyPem: string
}

/** @returns PEM of the certificate and of the private key, not encrypted */
export function storeIdentity(identity: Identity): StoredIdentity {
  const keyPem = identity.key.export({ format: 'pem', type: 'pkcs8' }).toString()
  return { certificatePem: identity.certificatePem, keyPem }
}

/** The opposite of `storeIdentity`. */
export function loadIdentity(stored: StoredIdentity): Identity {
  return identityOf(derOf(stored.certificatePem), createPrivateKey(stored.keyPem))
}

/** The sandbox's own authority: a root that is trusted, and an intermediate that issues to signers. */
export interface SandboxAuthority {
  readonly root: Identity
  readonly intermediate: Identity
}

/** Makes root and intermediate, valid from a day before `now` for ten years. Names are plainly samples. */
export async function createSandboxAuthority(
  now: Date,
  keyKind: KeyKind = 'rsa-2048',
): Promise<SandboxAuthority> {
  const suffix = keyKind === 'sm2' ? ' SM2' : ''
  const validity = {
    notBefore: new Date(now.getTime() - 86_400_000),
    notAfter: new Date(now.getTime() + 3650 * 86_400_000),
    keyKind,
  }
  const root = await issueCertificate(undefined, {
    ...validity,
    subject: { C: 'CN', O: 'Sandbox, not for real use', CN: `Sandbox Root${suffix}` },
    authority: { pathLength: 1 },
  })
  const intermediate = await issueCertificate(root, {
    ...validity,
    subject: { C: 'CN', O: 'Sandbox, not for real use', CN: `Sandbox Intermediate${suffix}` },
    authority: { pathLength: 0 },
  })
  return { root, intermediate }
}
