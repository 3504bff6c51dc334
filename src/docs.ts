import { readFileSync, writeFileSync } from 'node:fs'
import { PACKAGE_ROOT } from './package-root.ts'
import { generatedParts, withPart } from './runtime/generated-docs.ts'

// Writes the parts of the documents that are made from data.
for (const part of generatedParts()) {
  const file = new URL(part.file, PACKAGE_ROOT)
  writeFileSync(file, withPart(readFileSync(file, 'utf8'), part))
}
