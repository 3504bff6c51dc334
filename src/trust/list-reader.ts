import { Worker } from 'node:worker_threads'
import { parseRevocationList, type RevocationList } from './revocation-list.ts'
import { type PackedEntries, RevokedSerials } from './revoked-serials.ts'

/** From this size on a list is read in a thread of its own: half a million entries hold a thread for over a second. */
const LARGE_BYTES = 262_144

/** A list as it crosses from one thread to another. */
export type SentList = Omit<RevocationList, 'revoked' | 'signed' | 'signature'> & {
  readonly signed: Uint8Array
  readonly signature: Uint8Array
  readonly revoked: PackedEntries
}

export type ListRead = { readonly list: SentList } | { readonly fault: string }

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)

/**
 * Reads a revocation list, a large one off the main thread, so that prescriptions go on meanwhile.
 *
 * @param der of one list
 * @throws RangeError when it is none
 */
export async function readRevocationList(der: Buffer): Promise<RevocationList> {
  if (der.length < LARGE_BYTES) return parseRevocationList(der)
  const worker = new Worker(new URL('./list-worker.js', import.meta.url), { workerData: der })
  const read = await new Promise<ListRead>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the thread that reads a revocation list ended without it')))
  })
  if ('fault' in read) throw new RangeError(read.fault)
  const { list } = read
  return {
    ...list,
    signed: bufferOf(list.signed),
    signature: bufferOf(list.signature),
    revoked: new RevokedSerials(list.revoked),
  }
}
