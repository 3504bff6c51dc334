import { describeConfig } from '../config.ts'
import { STATES, TERMINAL, TRANSITIONS } from '../domain/lifecycle/transitions.ts'

/** A part of a document that is made from data. */
export interface GeneratedPart {
  /** From the root of the package. */
  readonly file: string
  /** Between `<!-- name -->` and `<!-- /name -->`. */
  readonly name: string
  readonly text: string
}

/** Every such part, as it should read now. */
export function generatedParts(): readonly GeneratedPart[] {
  return [
    { file: 'README.md', name: 'configuration', text: describeConfig() },
    { file: 'docs/lifecycle.md', name: 'transitions', text: transitionTable() },
    { file: 'docs/lifecycle.md', name: 'matrix', text: transitionMatrix() },
  ]
}

/** Puts a part into a document. @throws RangeError when the document has no place for it */
export function withPart(document: string, { name, file, text }: GeneratedPart): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [document.indexOf(start), document.indexOf(end)]
  if (from < 0 || to < from) throw new RangeError(`${file} has no place for ${name}`)
  return `${document.slice(0, from + start.length)}\n${text}\n${document.slice(to)}`
}

function transitionTable(): string {
  const rows = TRANSITIONS.map(({ from, command, by, guards, to, event }) =>
    [
      `\`${from}\``,
      `\`${command}\``,
      by.join(', '),
      guards.join(', ') || '–',
      `\`${to}\``,
      `\`${event}\``,
    ].join(' | '),
  )
  return [
    '| From | Command | By | If | To | Event |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
    `Ends: ${TERMINAL.map((state) => `\`${state}\``).join(', ')}.`,
  ].join('\n')
}

/** From above, to the right; each cell names the commands that lead there. */
function transitionMatrix(): string {
  const cell = (from: string, to: string) =>
    [
      ...new Set(TRANSITIONS.filter((it) => it.from === from && it.to === to).map(({ command }) => command)),
    ].join(', ') || ' '
  const living = STATES.filter((state) => !TERMINAL.includes(state))
  return [
    `| from \\ to | ${STATES.join(' | ')} |`,
    `|---|${STATES.map(() => '---').join('|')}|`,
    ...living.map((from) => `| **${from}** | ${STATES.map((to) => cell(from, to)).join(' | ')} |`),
  ].join('\n')
}
