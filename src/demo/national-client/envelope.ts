import { createCipheriv, createDecipheriv } from 'node:crypto'
import { sign, verifies } from './sm2.ts'

/** What an institution's system holds to speak the national interface. */
export interface Credentials {
  readonly appId: string
  readonly appSecret: string
  /** Base64 of d. */
  readonly privateKey: string
  /** Base64 of 04, x and y: verifies answers. */
  readonly platformPublicKey: string
}

type Json = Readonly<Record<string, unknown>>

/** The data key: see the interface's derivation from id and secret. */
export function dataKey(appId: string, appSecret: string): string {
  return sm4(appId.slice(0, 16), appSecret).slice(0, 16)
}

/** SM4-ECB of a text under a key of 16 characters, as upper-case hex. */
export function sm4(key: string, text: string): string {
  const cipher = createCipheriv('sm4-ecb', Buffer.from(key), null)
  return (cipher.update(text, 'utf8', 'hex') + cipher.final('hex')).toUpperCase()
}

/** The text of hex under SM4-ECB. */
export function unSm4(key: string, hex: string): string {
  const decipher = createDecipheriv('sm4-ecb', Buffer.from(key), null)
  return decipher.update(hex, 'hex', 'utf8') + decipher.final('utf8')
}

/** Empty values go, members are sorted, scalars become strings: what the usual Java client does before it signs. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy)
  if (value === null || typeof value !== 'object') return String(value)
  const members: [string, unknown][] = []
  for (const name of Object.keys(value).sort()) {
    const member = (value as Json)[name]
    if (member === null || member === undefined || member === '') continue
    if (Array.isArray(member) && member.length === 0) continue
    members.push([name, tidy(member)])
  }
  return Object.fromEntries(members)
}

/** The text that is signed. @param around the members of the message; those that are never signed may be among them */
export function textToSign(around: Json, data: Json, appSecret: string): string {
  const { signData: _s, encData: _e, extra: _x, ...signed } = { ...around, data } as Json
  const tidied = tidy(signed) as Json
  const pieces = Object.entries(tidied).map(
    ([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`,
  )
  return `${pieces.join('&')}&key=${appSecret}`
}

/** Seals a request. @param around overrides members, for the habits of certain clients; undefined leaves one out */
export function sealed(credentials: Credentials, data: Json, around: Json = {}): Json {
  const { appId, appSecret, privateKey } = credentials
  const message: Json = {
    appId,
    version: '1.0.0',
    encType: 'SM4',
    signType: 'SM2',
    timestamp: String(Date.now()),
    ...around,
  }
  return {
    ...message,
    encData: sm4(dataKey(appId, appSecret), JSON.stringify(data)),
    signData: sign(privateKey, textToSign(message, data, appSecret)),
  }
}

/** Opens an answer. @throws Error when the platform did not sign it */
export function opened(
  { appId, appSecret, platformPublicKey }: Credentials,
  answer: Json,
): { readonly code: number; readonly message: string; readonly data: Json } {
  const data = JSON.parse(unSm4(dataKey(appId, appSecret), String(answer['encData']))) as Json
  if (!verifies(platformPublicKey, textToSign(answer, data, appSecret), String(answer['signData'])))
    throw new Error('the answer is not signed by the platform')
  return { code: Number(answer['code']), message: String(answer['message']), data }
}
