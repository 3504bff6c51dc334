import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import type { CivilDay } from '../domain/primitives/civil-day.ts'
import { type OpenFigure, openFigures } from '../domain/rules/founded.ts'
import { CannotDecide, type Decision, decideFigures } from './decide-figure.ts'
import { readPolicyFile } from './read-policy-file.ts'
import { placeOf } from './source-map.ts'

/** A figure that production doesn't serve, and where it is written. */
export interface PlacedFigure extends OpenFigure {
  readonly file: string
  readonly line: number
  readonly version: string
}

/**
 * The figures that are neither cited nor decided, of all versions that have not ended before a day.
 *
 * @throws PolicyError
 */
export async function openFiguresOf(folder: string, from: CivilDay): Promise<PlacedFigure[]> {
  const found: PlacedFigure[] = []
  for (const file of await yamlFiles(folder)) {
    const text = await readFile(join(folder, file), 'utf8')
    const lines = new LineCounter()
    const document = parseDocument(text, { lineCounter: lines })
    const { versions: written } = document.toJS({ maxAliasCount: 10_000 }) as { versions: { id: string }[] }
    for (const version of readPolicyFile(text, file)) {
      if (version.to !== undefined && version.to < from) continue
      const index = written.findIndex(({ id }) => id === version.id)
      for (const figure of openFigures(version)) {
        const { line } = placeOf(document, lines, `/versions/${index}${figure.path}`)
        found.push({ ...figure, file, line, version: version.id })
      }
    }
  }
  return found
}

/**
 * Writes a decision into the file of its region, as a whole or not at all.
 *
 * @returns the file, the paths of figures that are written as one with it, and whether it was decided so already
 * @throws CannotDecide, PolicyError; then nothing is written
 */
export async function decideInFolder(
  folder: string,
  asked: Decision,
): Promise<{ file: string; also: readonly string[]; already: boolean }> {
  for (const file of await yamlFiles(folder)) {
    const text = await readFile(join(folder, file), 'utf8')
    if (!readPolicyFile(text, file).some(({ id }) => id === asked.version)) continue
    const decided = decideFigures(text, file, asked)
    if (decided.text === text) return { file, also: [], already: true }
    const fresh = join(folder, `.${file}.new`)
    await writeFile(fresh, decided.text)
    await rename(fresh, join(folder, file))
    return { file, also: decided.also, already: false }
  }
  throw new CannotDecide(`No policy file has a version ${asked.version}.`)
}

async function yamlFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort()
}
