import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const NONCE = 12
const TAG = 16

/**
 * Encrypts a secret for a table: AES-256-GCM; nonce, tag and content in this order.
 *
 * @param kek 32 bytes
 * @param purpose bound to the content: sealed for one purpose, it opens for no other
 */
export function seal(kek: Buffer, purpose: string, content: Buffer | string): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', kek, nonce).setAAD(Buffer.from(purpose))
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** @returns undefined when this key did not seal it for this purpose, or when it was altered */
export function unseal(kek: Buffer, purpose: string, sealed: Buffer): Buffer | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', kek, sealed.subarray(0, NONCE), { authTagLength: TAG })
      .setAAD(Buffer.from(purpose))
      .setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
    return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()])
  } catch {
    return undefined
  }
}
