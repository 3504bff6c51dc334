import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Problem } from '../../domain/problems.ts'

/** Bytes that an uploaded table may have: about 1,000,000 lines. */
const MAX_BYTES = 128 * 1024 * 1024

/** A file on disk, of the bytes as they came. */
export interface Spooled {
  readonly path: string
  readonly sha256: Buffer
  readonly bytes: number
  /** Removes it; whoever spooled a file calls this in the end. */
  readonly remove: () => Promise<void>
}

/**
 * Puts an upload on disk while it comes, so that memory stays bounded and no transaction waits for a slow sender.
 *
 * @throws Problem too-large
 */
export async function spool(source: AsyncIterable<Uint8Array>): Promise<Spooled> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-upload-'))
  const remove = async () => await rm(folder, { recursive: true, force: true })
  const path = join(folder, 'upload')
  const hash = createHash('sha256')
  let bytes = 0
  try {
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          bytes += chunk.byteLength
          if (bytes > MAX_BYTES) throw new Problem('too-large', { details: { bytes: MAX_BYTES } })
          hash.update(chunk)
          yield chunk
        }
      },
      createWriteStream(path, { mode: 0o600 }),
    )
  } catch (error) {
    await remove()
    throw error
  }
  return { path, sha256: hash.digest(), bytes, remove }
}
