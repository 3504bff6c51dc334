import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Scope } from '../support/database.ts'

/** Options of a test that reads PDF with poppler's tools, where they are installed. */
export const withPdfTools =
  spawnSync('pdftotext', ['-v']).error === undefined ? {} : { skip: 'poppler-utils is not installed' }

/**
 * The text of a PDF as a reader sees it, without blanks.
 *
 * @param name with the environment variable PAPERS set to a folder, the file is kept there under this name
 */
export async function pdfText(t: Scope, pdf: Readable, name: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'paper-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const bytes = await buffer(pdf)
  const path = join(folder, 'paper.pdf')
  writeFileSync(path, bytes)
  const keep = process.env['PAPERS']
  if (keep !== undefined) {
    mkdirSync(keep, { recursive: true })
    writeFileSync(join(keep, `${name}.pdf`), bytes)
  }
  const fonts = execFileSync('pdffonts', [path]).toString().split('\n').slice(2).filter(Boolean)
  if (fonts.length === 0 || !fonts.every((line) => /\s+yes\s+yes\s+yes\s+/.test(line))) {
    throw new Error(`fonts are not embedded as subsets: ${fonts.join(' | ')}`)
  }
  return execFileSync('pdftotext', ['-layout', path, '-']).toString().replaceAll(/\s/g, '')
}
