import { readFile } from 'node:fs/promises'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import type { Mend } from './mends.ts'

/** Where the compiler puts what it makes of a source. */
export function compiledPath(source: string): string {
  return `dist/${source.replace(/\.ts$/, '.js')}`
}

/**
 * The compiled file of a mend as it would be without it.
 *
 * @throws RangeError when the mend is not there exactly once
 */
export function without({ file, now, before }: Mend, compiled: string): string {
  const parts = compiled.split(now)
  if (parts.length !== 2) throw new RangeError(`${file} has this ${parts.length - 1} times: ${now}`)
  return parts.join(before)
}

/** A file of the package. */
export async function fileOf(path: string): Promise<string> {
  return await readFile(new URL(path, PACKAGE_ROOT), 'utf8')
}
