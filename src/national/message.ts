import { textOf as utf8Of } from '../domain/text/utf8.ts'
import { dataKeyOf, decrypted, encrypted } from './cipher.ts'
import { signText, signTexts } from './sign-text.ts'
import { isSigned, type KeyPair, signature } from './signature.ts'
import { isTextObject, readTexts, type TextObject, textOf } from './texts.ts'

/** What the hub knows of an application. */
export interface Application {
  readonly appId: string
  readonly appSecret: string
  /** Base64 of 04, x and y: verifies what the application signs. */
  readonly publicKey: string
  /** Signs what the application is answered. */
  readonly platform: KeyPair
}

/** Why a message isn't opened. */
export type EnvelopeFault =
  | 'algorithm-unknown'
  | 'version-unknown'
  | 'time-missing'
  | 'outside-the-window'
  | 'not-decrypted'
  | 'not-json'
  | 'signature-wrong'

/** Opened: the business object with every scalar as the text that was sent, and its JSON. */
export type Opened = { readonly data: TextObject; readonly json: string } | { readonly fault: EnvelopeFault }

/** The edition of the interface; some clients leave it out. */
export const VERSION = '1.0.0'

/**
 * Opens a message: algorithms, version, time, decryption, signature over the plain business object, in this order.
 *
 * @param message as received, `encType` and the like in any case
 * @param windowMs how far its time may lie from `now`, either way
 * @param sentAt the time that stands outside the message, where a gateway carries it
 */
export function open(
  message: TextObject,
  application: Application,
  now: Date,
  windowMs: number,
  sentAt?: Date,
): Opened {
  const { appId, appSecret, publicKey } = application
  const is = (member: string, value: string) => textOf(message, member)?.toUpperCase() === value
  if (!is('encType', 'SM4') || !is('signType', 'SM2')) return { fault: 'algorithm-unknown' }
  const version = textOf(message, 'version')
  if (version !== undefined && version !== VERSION) return { fault: 'version-unknown' }
  const time = sentAt?.getTime() ?? timeOf(textOf(message, 'timestamp'))
  if (time === undefined) return { fault: 'time-missing' }
  if (Math.abs(time - now.getTime()) > windowMs) return { fault: 'outside-the-window' }
  const bytes = decrypted(dataKeyOf(appId, appSecret), textOf(message, 'encData') ?? '')
  if (bytes === undefined) return { fault: 'not-decrypted' }
  const json = utf8Of(bytes)
  const read = json === undefined ? undefined : readTexts(json, '/data')
  if (json === undefined || read === undefined || 'faults' in read || !isTextObject(read.value))
    return { fault: 'not-json' }
  const data = read.value
  const signData = textOf(message, 'signData') ?? ''
  if (!signTexts(message, data, appSecret).some((text) => isSigned(publicKey, text, signData)))
    return { fault: 'signature-wrong' }
  return { data, json }
}

/** Milliseconds since 1970, as digits with or without a fraction. */
function timeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{12,14}(\.\d+)?$/.test(text) ? Math.floor(Number(text)) : undefined
}

/** What every direct answer carries. An error has `encData`, too: one client decrypts before it looks at `code`. */
export interface Message {
  readonly code: number
  readonly message: string
  readonly appId: string
  readonly timestamp: string
  readonly encType: 'SM4'
  readonly signType: 'SM2'
  readonly encData: string
  readonly signData: string
}

/** Seals the answer to an application. @param output the business object alone */
export function seal(
  application: Application,
  answer: { readonly code: number; readonly message: string; readonly output: object },
  now: Date,
): Message {
  const { appId, appSecret, platform } = application
  const plain = {
    code: answer.code,
    message: answer.message,
    appId,
    timestamp: String(now.getTime()),
    encType: 'SM4',
    signType: 'SM2',
  } as const
  const json = ascii(JSON.stringify(answer.output))
  const [around, data] = [readTexts(JSON.stringify(plain), ''), readTexts(json, '')]
  if ('faults' in around || 'faults' in data) throw new Error('an answer of our own is no JSON')
  return {
    ...plain,
    encData: encrypted(dataKeyOf(appId, appSecret), json),
    signData: signature(platform, signText(around.value as TextObject, data.value as TextObject, appSecret)),
  }
}

/** What a gateway's answer carries in `output` when its request was sealed. */
export interface SealedOutput {
  readonly appid: string
  readonly encType: 'SM4'
  readonly signType: 'SM2'
  readonly encData: string
  readonly signData: string
}

/** Seals the business object of a gateway's answer: its time stands outside, and is not signed. */
export function sealOutput(application: Application, output: object): SealedOutput {
  const { appId, appSecret, platform } = application
  const plain = { appid: appId, encType: 'SM4', signType: 'SM2' } as const
  const json = ascii(JSON.stringify(output))
  const data = readTexts(json, '')
  if ('faults' in data) throw new Error('an answer of our own is no JSON')
  return {
    ...plain,
    encData: encrypted(dataKeyOf(appId, appSecret), json),
    signData: signature(platform, signText(plain, data.value as TextObject, appSecret)),
  }
}

/** Characters beyond ASCII as \u escapes: some clients decode the plain text with the character set of their machine. */
function ascii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
