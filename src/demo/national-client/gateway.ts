import { createHash, randomBytes } from 'node:crypto'
import { type Credentials, dataKey, sm4, textToSign, unSm4 } from './envelope.ts'
import { wallTime } from './hospital.ts'
import { sign, verifies } from './sm2.ts'

type Json = Readonly<Record<string, unknown>>

/** Who calls through the gateway of the insurance. */
export interface GatewayCaller extends Credentials {
  readonly institutionId: string
  readonly institutionName: string
  readonly region: string
}

let sequence = 0

/** A number of a message: the institution, the time, and a sequence of four digits. */
export function messageNumber({ institutionId }: Pick<GatewayCaller, 'institutionId'>, at: Date): string {
  sequence = (sequence + 1) % 10_000
  return `${institutionId}${wallTime(at).replace(/\D/g, '')}${String(sequence).padStart(4, '0')}`
}

/** What stands around the business object. */
export function around(caller: GatewayCaller, infno: string, at: Date, input: unknown): Json {
  return {
    infno,
    msgid: messageNumber(caller, at),
    mdtrtarea_admvs: caller.region,
    insuplc_admdvs: caller.region,
    recer_sys_code: 'FSI_LOCAL',
    infver: 'V1.0',
    opter_type: '1',
    opter: '001',
    opter_name: '收费员',
    inf_time: wallTime(at),
    fixmedins_code: caller.institutionId,
    fixmedins_name: caller.institutionName,
    sign_no: '',
    input,
  }
}

/** The business object under SM4 with an SM2 signature, as a gateway wraps it. */
export function sealedInput({ appId, appSecret, privateKey }: Credentials, data: Json): Json {
  const plain = { appid: appId, encType: 'SM4', signType: 'SM2' }
  return {
    ...plain,
    encData: sm4(dataKey(appId, appSecret), JSON.stringify(data)),
    signData: sign(privateKey, textToSign(plain, data, appSecret)),
  }
}

/** The headers of a gateway that signs who calls. */
export function gatewayHeaders({ appId, appSecret }: Credentials, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const nonce = randomBytes(6).toString('hex')
  return {
    'x-tif-paasid': appId,
    'x-tif-timestamp': timestamp,
    'x-tif-nonce': nonce,
    'x-tif-signature': createHash('sha256')
      .update(timestamp + appSecret + nonce + timestamp)
      .digest('hex'),
  }
}

/** What a gateway answered: its code, its words, and the business object in plain. */
export interface GatewayResult {
  readonly infcode: number
  readonly message: string
  // biome-ignore lint/suspicious/noExplicitAny: a pharmacy's system knows the interface only
  readonly output: any
}

/** Reads an answer; a sealed one is opened. @throws Error when the platform did not sign it */
export function readAnswer(
  { appId, appSecret, platformPublicKey }: Credentials,
  answer: Json,
): GatewayResult {
  const output = answer['output'] as Json
  const told = { infcode: Number(answer['infcode']), message: String(answer['err_msg']) }
  if (output?.['encData'] === undefined) return { ...told, output }
  const data = JSON.parse(unSm4(dataKey(appId, appSecret), String(output['encData']))) as Json
  if (!verifies(platformPublicKey, textToSign(output, data, appSecret), String(output['signData'])))
    throw new Error('the answer is not signed by the platform')
  return { ...told, output: data }
}
