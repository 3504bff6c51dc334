import type { SignatureProblemCode } from '../domain/signature-problems.ts'

/** 签名验签服务器 by HTTP (GM/T 0029, annex C): one address a service, forms both ways. */
export const SIGN_MESSAGE = '/SignMessage'
export const VERIFY_SIGNED_MESSAGE = '/VerifySignedMessage'

/** SGD_SM3_SM2 (GM/T 0006). */
const SM3_WITH_SM2 = '131585'

/** Which key of the server signs for an institution, and the access code for it. */
export interface ServerKey {
  readonly keyIndex: number
  readonly keyValue: string
}

/** What there is in common: detached, with the certificates of the chain, with signed attributes. */
const DETACHED = {
  hashFlag: 'FALSE',
  originalText: 'FALSE',
  certificateChain: 'TRUE',
  crl: 'FALSE',
  authenticationAttributes: 'TRUE',
} as const

/** The form that asks to sign. */
export function signForm(key: ServerKey, value: Buffer): Readonly<Record<string, string>> {
  return {
    signMethod: SM3_WITH_SM2,
    keyIndex: String(key.keyIndex),
    keyValue: key.keyValue,
    inDataLen: String(value.length),
    inData: value.toString('base64'),
    ...DETACHED,
  }
}

/** The form that asks whether a signature is right. */
export function verifyForm(value: Buffer, signature: Buffer): Readonly<Record<string, string>> {
  return {
    inDataLen: String(value.length),
    inData: value.toString('base64'),
    signedMessage: signature.toString('base64'),
    ...DETACHED,
  }
}

/** What a server answered: a form, or JSON with the same members. */
export interface ServerAnswer {
  /** 0 done; else a code of annex D. */
  readonly respValue: number
  readonly signedMessage?: Buffer
}

/** @returns undefined for what is no answer of such a server */
export function readAnswer(text: string): ServerAnswer | undefined {
  const members = membersOf(text)
  const code = members?.['respValue']?.trim()
  if (members === undefined || code === undefined || !/^(\d{1,10}|0x[0-9a-f]{1,8})$/i.test(code))
    return undefined
  const { signedMessage } = members
  return {
    respValue: Number(code),
    // A blank stands for the plus of base64 where a server does not escape it.
    ...(signedMessage === undefined
      ? {}
      : { signedMessage: Buffer.from(signedMessage.replaceAll(' ', '+'), 'base64') }),
  }
}

function membersOf(text: string): Readonly<Record<string, string>> | undefined {
  if (!text.trimStart().startsWith('{')) return Object.fromEntries(new URLSearchParams(text.trim()))
  try {
    const read = JSON.parse(text) as Readonly<Record<string, unknown>>
    return Object.fromEntries(Object.entries(read).map(([name, value]) => [name, String(value)]))
  } catch {
    return undefined
  }
}

/** What a refusal means; every other code is the server's own trouble. */
const REFUSALS: Readonly<Record<number, SignatureProblemCode>> = {
  67108871: 'root-not-trusted',
  67108873: 'certificate-expired',
  67108874: 'certificate-not-yet-valid',
  67108875: 'certificate-revoked',
  67108876: 'signature-wrong',
}

/**
 * The verdict of a server about a signature.
 *
 * @returns undefined when it is right; `trouble` when the server could not tell
 */
export function verdictOf({ respValue }: ServerAnswer): SignatureProblemCode | 'trouble' | undefined {
  return respValue === 0 ? undefined : (REFUSALS[respValue] ?? 'trouble')
}
