import { describeConfig } from '../config.ts'
import { CODE_LISTS } from '../domain/codes.ts'
import {
  CANCEL_WAITS,
  STATES,
  TERMINAL,
  TRANSITIONS,
  transitionsOf,
} from '../domain/lifecycle/transitions.ts'

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
    { file: 'docs/lifecycle.md', name: 'paper', text: paperTables() },
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

/** What an objection of the hospital does in each state, and the codes of the paper fallback. @see MZ-7.5 */
function paperTables(): string {
  const effects = STATES.map((state) => {
    if (CANCEL_WAITS.includes(state)) return [state, '`cancel-pending`', '`cancel-requested`']
    if (transitionsOf(state, 'cancel').length > 0) return [state, '`cancelled`', '`cancelled`']
    return [state, '`recorded`: listed for the agency', '`paper-objected`']
  })
  const codes = (['paper-reasons', 'paper-objection-reasons'] as const).flatMap((list) =>
    CODE_LISTS[list].codes.map(
      ({ code, zh, en }) => `| ${CODE_LISTS[list].title.en} | \`${code}\` | ${zh} | ${en} |`,
    ),
  )
  return [
    '| State at the objection | What it comes to | Event |',
    '|---|---|---|',
    ...effects.map(([state, effect, event]) => `| \`${state}\` | ${effect} | ${event} |`),
    '',
    '| | Code | 中文 | Meaning |',
    '|---|---|---|---|',
    ...codes,
  ].join('\n')
}
