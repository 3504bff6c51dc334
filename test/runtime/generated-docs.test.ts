import { readFileSync } from 'node:fs'
import t from 'tap'
import { CODE_LISTS } from '../../src/domain/codes.ts'
import { STATES, TRANSITIONS } from '../../src/domain/lifecycle/transitions.ts'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { generatedParts, withPart } from '../../src/runtime/generated-docs.ts'
import { SETTINGS } from '../../src/settings.ts'

for (const part of generatedParts()) {
  t.test(`${part.file} has the current ${part.name}; if not, run npm run docs`, async (t) => {
    const text = readFileSync(new URL(part.file, PACKAGE_ROOT), 'utf8')
    t.equal(withPart(text, part), text)
  })
}

t.test('the page of the lifecycle names every state and event', async (t) => {
  const text = readFileSync(new URL('docs/lifecycle.md', PACKAGE_ROOT), 'utf8')
  for (const state of STATES) t.match(text, `| \`${state}\` | `)
  for (const { event } of TRANSITIONS) t.match(text, `\`${event}\``)
})

t.test('MZ-7.5 the page of the lifecycle tells the way of a paper prescription', async (t) => {
  const text = readFileSync(new URL('docs/lifecycle.md', PACKAGE_ROOT), 'utf8')
  const paper = text.slice(text.indexOf('<!-- paper -->'))
  t.match(paper, '| `held` | `cancel-pending` | `cancel-requested` |')
  t.match(paper, '| `open` | `cancelled` | `cancelled` |')
  for (const state of ['settled', 'dispensed', 'expired']) t.match(paper, `| \`${state}\` | \`recorded\``)
  for (const { code } of [
    ...CODE_LISTS['paper-reasons'].codes,
    ...CODE_LISTS['paper-objection-reasons'].codes,
  ])
    t.match(paper, `\`${code}\``)
})

t.test('the README names every setting', async (t) => {
  const text = readFileSync(new URL('README.md', PACKAGE_ROOT), 'utf8')
  for (const { env } of Object.values(SETTINGS)) t.match(text, `\`${env}\``)
})

t.test('the documents link to files that exist', async (t) => {
  for (const file of ['README.md', 'ARCHITECTURE.md']) {
    const text = readFileSync(new URL(file, PACKAGE_ROOT), 'utf8')
    for (const [, link = ''] of text.matchAll(/\]\(([^)#:]+)\)/g)) {
      t.doesNotThrow(
        () => readFileSync(new URL(link.endsWith('/') ? 'package.json' : link, PACKAGE_ROOT)),
        link,
      )
    }
  }
})
