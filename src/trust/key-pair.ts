import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'

export interface KeyPair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

/**
 * Makes a new key pair on a curve (by the name OpenSSL knows, as `P-256`) or for RSA with so many bits. The one way to
 * do so here: the pair is made as bytes and read back.
 *
 * Node 20's key objects share a lock with the job that made them. While such a key is exported or described, the lock is
 * held and memory is taken; when that starts a collection that ends the job, the job waits for the lock that its own
 * thread holds, and the process stands still for ever. A key that was read shares its lock with nobody.
 */
export function makeKeyPair(kind: { readonly curve: string } | { readonly rsaBits: number }): KeyPair {
  const publicKeyEncoding = { type: 'spki', format: 'der' } as const
  const privateKeyEncoding = { type: 'pkcs8', format: 'der' } as const
  const pair =
    'curve' in kind
      ? generateKeyPairSync('ec', { namedCurve: kind.curve, publicKeyEncoding, privateKeyEncoding })
      : generateKeyPairSync('rsa', { modulusLength: kind.rsaBits, publicKeyEncoding, privateKeyEncoding })
  return {
    publicKey: createPublicKey({ key: pair.publicKey, ...publicKeyEncoding }),
    privateKey: createPrivateKey({ key: pair.privateKey, ...privateKeyEncoding }),
  }
}
