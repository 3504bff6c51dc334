// The thread of `list-reader.ts`: reads one list and sends it back without copying its entries.
import { parentPort, workerData } from 'node:worker_threads'
import type { ListRead } from './list-reader.ts'
import { parseRevocationList } from './revocation-list.ts'

try {
  const { revoked, ...list } = parseRevocationList(Buffer.from(workerData as Uint8Array))
  const { keys, offsets, times, flags } = revoked.packed
  const read: ListRead = { list: { ...list, revoked: revoked.packed } }
  const moved = [keys, offsets, times, flags].map(({ buffer }) => buffer as ArrayBuffer)
  parentPort?.postMessage(read, moved)
} catch (error) {
  if (!(error instanceof RangeError)) throw error
  const read: ListRead = { fault: error.message }
  parentPort?.postMessage(read)
}
