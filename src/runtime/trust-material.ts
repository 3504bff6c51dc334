import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartRefused } from '../start-refused.ts'
import type { TrustMaterial, TrustStore } from '../trust/trust-store.ts'

const NAMES = /\.(pem|crt|cer|der|crl)$/i

/** The files of a trust folder, and what tells them from another reading. */
export interface TrustFiles {
  readonly material: TrustMaterial
  readonly digest: string
}

/**
 * Reads `anchors/`, `intermediates/` and `crls/` of a folder, PEM or DER. The last two may be missing.
 *
 * @throws StartRefused when no anchor can be read
 */
export async function readTrustFiles(folder: string): Promise<TrustFiles> {
  const [anchors, intermediates, revocationLists] = (await Promise.all(
    ['anchors', 'intermediates', 'crls'].map((name) => filesOf(join(folder, name))),
  )) as [Buffer[], Buffer[], Buffer[]]
  if (anchors.length === 0) {
    throw new StartRefused(
      `TRUST_DIR ${folder} has no certificate in its folder anchors: put the authorities' root certificates there, PEM or DER.`,
    )
  }
  const digest = createHash('sha256')
  for (const file of [...anchors, ...intermediates, ...revocationLists]) {
    digest.update(createHash('sha256').update(file).digest())
  }
  return { material: { anchors, intermediates, revocationLists }, digest: digest.digest('hex') }
}

async function filesOf(folder: string): Promise<Buffer[]> {
  let names: string[]
  try {
    names = (await readdir(folder)).filter((name) => NAMES.test(name)).sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return await Promise.all(names.map((name) => readFile(join(folder, name))))
}

/** Milliseconds between two looks at the folder. */
const LOOK_MS = 60_000

export interface TrustWatchOptions {
  readonly folder: string
  /** Of the files that the store was made from. */
  readonly digest: string
  readonly store: TrustStore
  readonly onReload: () => void
  /** The old material stays in force. */
  readonly onError: (error: Error) => void
}

/**
 * Puts changed trust files into the store, every minute and at `look`.
 *
 * @returns `look`, to read them at once, and `stop`
 */
export function watchTrustFiles(options: TrustWatchOptions): { look(): Promise<void>; stop(): void } {
  const { folder, store } = options
  let { digest } = options
  async function look(): Promise<void> {
    try {
      const found = await readTrustFiles(folder)
      if (found.digest === digest) return
      store.replace(found.material)
      digest = found.digest
      options.onReload()
    } catch (error) {
      options.onError(error as Error)
    }
  }
  const timer = setInterval(() => void look(), LOOK_MS)
  timer.unref()
  return { look, stop: () => clearInterval(timer) }
}
