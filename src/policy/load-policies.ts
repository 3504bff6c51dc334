import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PolicyVersion } from '../domain/rules/policy-version.ts'
import { loadCalendar } from './load-calendar.ts'
import { type PolicyBook, policyBook } from './policy-book.ts'
import { PolicyError, type PolicyFault } from './policy-fault.ts'
import { readPolicyFile } from './read-policy-file.ts'

/**
 * Loads every `*.yaml` of a folder, and the working days of its folder `calendar`.
 *
 * @param folder path or file URL of the policy folder
 * @throws PolicyError with the faults of all files together, or for a folder that has none
 */
export async function loadPolicies(folder: string | URL): Promise<PolicyBook> {
  const path = typeof folder === 'string' ? folder : fileURLToPath(folder)
  const files = await filesOf(path)
  const calendar = await loadCalendar(path)
  const versions: PolicyVersion[] = []
  const faults: PolicyFault[] = []
  const fileOf = new Map<string, string>()
  for (const file of files) {
    try {
      const read = readPolicyFile(await readFile(join(path, file), 'utf8'), file)
      const { region } = read[0]!
      const other = fileOf.get(region)
      if (other === undefined)
        versions.push(...read.map((version) => Object.freeze({ ...version, calendar })))
      else
        faults.push({ file, line: 1, column: 1, message: `Region ${region} already has the file ${other}.` })
      fileOf.set(region, file)
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error
      faults.push(...error.faults)
    }
  }
  if (faults.length > 0) throw new PolicyError(faults)
  return policyBook(versions)
}

async function filesOf(folder: string): Promise<string[]> {
  const refused = (why: string) =>
    new PolicyError([
      { file: folder, line: 1, column: 1, message: `${why}: POLICIES_DIR names the folder of the policies.` },
    ])
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw refused(`The folder cannot be read (${error.code})`)
  })
  const files = names.filter((name) => name.endsWith('.yaml')).sort()
  if (files.length === 0) throw refused('The folder has no file *.yaml')
  return files
}
