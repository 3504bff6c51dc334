import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartRefused } from '../start-refused.ts'
import { readRevocationList } from '../trust/list-reader.ts'
import type { RevocationList } from '../trust/revocation-list.ts'
import { blocksOf, type TrustMaterial, TrustStore } from '../trust/trust-store.ts'
import { readStatusServices } from './status-services.ts'

const NAMES = /\.(pem|crt|cer|der|crl)$/i

/** A file that can't be used. */
export interface BrokenFile {
  /** Within the folder: `crls/root.crl`. */
  readonly file: string
  readonly cause: string
}

interface TrustFile {
  readonly file: string
  readonly content: Buffer
}

/** The files of a trust folder, and what tells them from another reading. */
export interface TrustFiles {
  readonly material: TrustMaterial
  /** Revocation lists that can't be read and are left out, each with its cause. */
  readonly broken: readonly BrokenFile[]
  readonly digest: string
}

/**
 * Reads `anchors/`, `intermediates/`, `crls/` and `time-stamps/` of a folder, PEM or DER, and `ocsp.json`. All but the first may be
 * missing.
 *
 * A revocation list that can't be read is left out, for the others have to go on being renewed.
 *
 * @param known digest of the last reading; undefined is returned when nothing has changed since
 * @throws StartRefused when there is no anchor, or naming a file that can't be read
 */
export async function readTrustFiles(folder: string): Promise<TrustFiles>
export async function readTrustFiles(folder: string, known: string): Promise<TrustFiles | undefined>
export async function readTrustFiles(folder: string, known?: string): Promise<TrustFiles | undefined> {
  const [anchors, intermediates, lists, stamps] = (await Promise.all(
    ['anchors', 'intermediates', 'crls', 'time-stamps'].map((name) => filesOf(folder, name)),
  )) as [TrustFile[], TrustFile[], TrustFile[], TrustFile[]]
  if (anchors.length === 0) {
    throw new StartRefused(
      `TRUST_DIR ${folder} has no certificate in its folder anchors: put the authorities' root certificates there, PEM or DER.`,
    )
  }
  const services = await serviceFileOf(folder)
  const digest = createHash('sha256')
  for (const { content } of [...anchors, ...intermediates, ...lists, ...stamps, ...services]) {
    digest.update(createHash('sha256').update(content).digest())
  }
  const read = { anchors, intermediates, lists, stamps, services, digest: digest.digest('hex') }
  return read.digest === known ? undefined : await usable(folder, read)
}

interface ReadFiles {
  readonly anchors: readonly TrustFile[]
  readonly intermediates: readonly TrustFile[]
  readonly lists: readonly TrustFile[]
  readonly stamps: readonly TrustFile[]
  /** `ocsp.json`, where there is one. */
  readonly services: readonly TrustFile[]
  readonly digest: string
}

/** Tries every file alone, so that the one at fault can be named. */
async function usable(
  folder: string,
  { anchors, intermediates, lists, stamps, services, digest }: ReadFiles,
): Promise<TrustFiles> {
  for (const { file, content } of [...anchors, ...intermediates, ...stamps]) {
    const cause = faultOf({ anchors: [content] })
    if (cause !== undefined)
      throw new StartRefused(
        `信任文件无法读取 · The trust file ${join(folder, file)} cannot be read: ${cause}. Expected certificates, PEM or DER.`,
      )
  }
  const broken: BrokenFile[] = []
  const revocationLists: RevocationList[] = []
  for (const { file, content } of lists) {
    try {
      const read = []
      for (const der of blocksOf([content])) read.push(await readRevocationList(der))
      revocationLists.push(...read)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      broken.push({ file, cause: error.message })
    }
  }
  const certificateIn = (name: string) =>
    [...anchors, ...intermediates].find(({ file }) => file === name)?.content
  const statusServices = services.flatMap(({ file, content }) => {
    try {
      return readStatusServices(content.toString('utf8'), certificateIn)
    } catch (error) {
      throw new StartRefused(
        `信任文件无法读取 · The trust file ${join(folder, file)} cannot be read: ${(error as Error).message}.`,
      )
    }
  })
  const contents = (files: readonly TrustFile[]) => files.map(({ content }) => content)
  return {
    material: {
      anchors: contents(anchors),
      intermediates: contents(intermediates),
      revocationLists,
      statusServices,
      timeStampAnchors: contents(stamps),
    },
    broken,
    digest,
  }
}

function faultOf(material: TrustMaterial): string | undefined {
  try {
    new TrustStore(material)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

async function filesOf(folder: string, part: string): Promise<TrustFile[]> {
  let names: string[]
  try {
    names = (await readdir(join(folder, part))).filter((name) => NAMES.test(name)).sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return await Promise.all(
    names.map(async (name) => ({
      file: `${part}/${name}`,
      content: await readFile(join(folder, part, name)),
    })),
  )
}

async function serviceFileOf(folder: string): Promise<TrustFile[]> {
  try {
    return [{ file: 'ocsp.json', content: await readFile(join(folder, 'ocsp.json')) }]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Milliseconds between two looks at the folder. */
const LOOK_MS = 60_000

export interface TrustWatchOptions {
  readonly folder: string
  /** Of the files that the store was made from. */
  readonly digest: string
  readonly store: TrustStore
  readonly onReload: () => void
  /** A revocation list that is left out. */
  readonly onBroken: (file: BrokenFile) => void
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
      const found = await readTrustFiles(folder, digest)
      if (found === undefined) return
      for (const each of found.broken) options.onBroken(each)
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
