import { readFile } from 'node:fs/promises'
import type { Config } from '../config.ts'
import { svsClient } from '../signature-server/svs-client.ts'
import type { ServerKey } from '../signature-server/svs-message.ts'
import { StartRefused } from '../start-refused.ts'

const TIMEOUT_MS = 5_000

/**
 * The signature server of the configuration.
 *
 * @returns undefined where none is named
 * @throws StartRefused for a file of keys that can't be read
 */
export async function openSignatureServer(
  config: Pick<Config, 'signatureServerUrl' | 'signatureServerKeys'>,
  now: () => Date,
) {
  const { signatureServerUrl: url, signatureServerKeys: file } = config
  if (url === undefined) return undefined
  const keys = file === undefined ? new Map<string, ServerKey>() : await keysOf(file)
  return svsClient({ url, timeoutMs: TIMEOUT_MS, keys, now })
}

async function keysOf(file: string): Promise<ReadonlyMap<string, ServerKey>> {
  try {
    const read = JSON.parse(await readFile(file, 'utf8')) as Readonly<Record<string, Partial<ServerKey>>>
    return new Map(
      Object.entries(read).map(([institutionId, { keyIndex, keyValue }]) => {
        if (!Number.isSafeInteger(keyIndex) || typeof keyValue !== 'string') throw new Error(institutionId)
        return [institutionId, { keyIndex: keyIndex as number, keyValue }]
      }),
    )
  } catch {
    // Never what stands in it: these are access codes.
    throw new StartRefused(
      'SIGNATURE_SERVER_KEYS 无法读取，应为 {"机构编码": {"keyIndex": 1, "keyValue": "权限标识码"}} · SIGNATURE_SERVER_KEYS can not be read: expected JSON with keyIndex and keyValue by institution.',
    )
  }
}
