import { createCipheriv, createDecipheriv } from 'node:crypto'

/**
 * The key with which an application's data are encrypted: the secret under SM4 with the first 16 characters of the
 * application's id, as upper-case hex, of which the first 16 characters are the key as ASCII.
 *
 * @param appId at least 16 ASCII characters
 * @returns 16 bytes
 */
export function dataKeyOf(appId: string, appSecret: string): Buffer {
  const sealed = encrypted(Buffer.from(appId.slice(0, 16), 'ascii'), appSecret)
  return Buffer.from(sealed.slice(0, 16), 'ascii')
}

/** SM4 in ECB with PKCS#7 padding (GB/T 32907, as the interface demands it). @returns upper-case hex */
export function encrypted(key: Buffer, text: string): string {
  const cipher = createCipheriv('sm4-ecb', key, null)
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    .toString('hex')
    .toUpperCase()
}

/** @returns the bytes; undefined when they are no hex of either case, or not under this key */
export function decrypted(key: Buffer, hex: string): Buffer | undefined {
  if (!/^(?:[0-9a-f]{32})+$/i.test(hex)) return undefined
  try {
    const decipher = createDecipheriv('sm4-ecb', key, null)
    return Buffer.concat([decipher.update(hex, 'hex'), decipher.final()])
  } catch {
    return undefined
  }
}
