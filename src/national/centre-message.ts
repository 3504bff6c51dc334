import { textOf as utf8Of } from '../domain/text/utf8.ts'
import { dataKeyOf, decrypted, encrypted } from './cipher.ts'
import { VERSION } from './message.ts'
import { signText, signTexts } from './sign-text.ts'
import { isSigned, type KeyPair, signature } from './signature.ts'
import { isTextObject, readTexts, type TextObject, textOf } from './texts.ts'

/** What somebody holds who calls a centre. */
export interface CentreCredentials {
  readonly appId: string
  readonly appSecret: string
  readonly keys: KeyPair
  /** Verifies answers; where it isn't given they are taken unverified, as public clients do. */
  readonly platformPublicKey?: string
}

/** Seals a request as a client of the interface does. */
export function requestSealed(
  { appId, appSecret, keys }: CentreCredentials,
  data: object,
  now: Date,
): Readonly<Record<string, string>> {
  const plain = {
    appId,
    version: VERSION,
    encType: 'SM4',
    signType: 'SM2',
    timestamp: String(now.getTime()),
  }
  const json = JSON.stringify(data)
  const read = readTexts(json, '')
  if ('faults' in read) throw new Error('a request of our own is no JSON')
  return {
    ...plain,
    encData: encrypted(dataKeyOf(appId, appSecret), json),
    signData: signature(keys, signText(plain, read.value as TextObject, appSecret)),
  }
}

/** Opens an answer. @returns undefined when it can't be read, or the platform did not sign it */
export function answerOpened(
  { appId, appSecret, platformPublicKey }: CentreCredentials,
  text: string,
): { readonly code: number; readonly data: Readonly<Record<string, unknown>> } | undefined {
  const read = readTexts(text, '')
  if ('faults' in read || !isTextObject(read.value)) return undefined
  const message = read.value
  const code = Number(textOf(message, 'code') ?? Number.NaN)
  if (!Number.isSafeInteger(code)) return undefined
  const sealed = textOf(message, 'encData')
  // A refusal may come without data.
  if (sealed === undefined) return code === 0 ? undefined : { code, data: {} }
  const bytes = decrypted(dataKeyOf(appId, appSecret), sealed)
  const json = bytes && utf8Of(bytes)
  const data = json === undefined ? undefined : readTexts(json, '')
  if (json === undefined || data === undefined || 'faults' in data || !isTextObject(data.value))
    return undefined
  const { value } = data
  const isRight =
    platformPublicKey === undefined ||
    signTexts(message, value, appSecret).some((text) =>
      isSigned(platformPublicKey, text, textOf(message, 'signData') ?? ''),
    )
  return isRight ? { code, data: value } : undefined
}
