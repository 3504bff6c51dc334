import { isDeepStrictEqual } from 'node:util'
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml'
import type { FigureDecision } from '../domain/rules/founded.ts'
import { readPolicyFile } from './read-policy-file.ts'

/** Why a figure can't be decided; its message is for the officer. */
export class CannotDecide extends Error {
  override readonly name = 'CannotDecide'
}

/** What one act decides. */
export interface Decision {
  /** Id of the version: `441400/2023-12`. */
  readonly version: string
  /** JSON pointers into the version, as `check --production` names them: `/hold/minutes`. */
  readonly paths: readonly string[]
  /** The same for all of them; absent to decide that the values stay as they are. */
  readonly value?: unknown
  readonly decision: FigureDecision
}

/**
 * Writes a decision into the text of a policy file: value, status and decision of its figures, and not one character
 * besides, so that comments and layout stay.
 *
 * Doing it again changes nothing: so does deciding a figure that is written as one (`*alias`) with one decided before.
 *
 * @param file its name, for messages
 * @returns the new text, the same when it was decided so already; and the paths of other figures that are written as one
 *   with those
 * @throws CannotDecide; PolicyError when the file is faulty or would be with that value
 */
export function decideFigures(text: string, file: string, asked: Decision): { text: string; also: string[] } {
  const versions = readPolicyFile(text, file)
  const document = parseDocument(text)
  const before = document.toJS({ maxAliasCount: 10_000 }) as { versions: { id: string }[] }
  const index = before.versions.findIndex(({ id }) => id === asked.version)
  if (index < 0)
    throw new CannotDecide(
      `${file} has no version ${asked.version}: ${versions.map(({ id }) => id).join(', ')}.`,
    )
  const figures = asked.paths.map((path) => {
    const node = figureAt(document, ['versions', String(index), ...keysOf(path)])
    if (node === undefined) throw new CannotDecide(`${asked.version} has no figure ${path}.`)
    return node
  })
  const changed = [...new Set(figures)]
    .flatMap((figure) => editsOf(text, figure, asked))
    .sort((a, b) => b.at - a.at)
    .reduce((now, { at, until, by }) => now.slice(0, at) + by + now.slice(until), text)
  readPolicyFile(changed, file)
  const differing = differences(before, parseDocument(changed).toJS({ maxAliasCount: 10_000 }))
  const own = asked.paths.map((path) => `/versions/${index}${path}`)
  return {
    text: changed,
    also: differing.filter((path) => !own.includes(path)).map((path) => path.replace(/^\/versions\/\d+/, '')),
  }
}

interface Edit {
  readonly at: number
  readonly until: number
  readonly by: string
}

function editsOf(text: string, figure: YAMLMap, { value, decision }: Decision): Edit[] {
  const status = pairOf(figure, 'status')
  if (status === undefined) throw new CannotDecide('The figure has no status.')
  const written = `{ by: ${quoted(decision.by)}, on: ${quoted(decision.on)}, number: ${quoted(decision.number)}, why: ${quoted(decision.why)} }`
  const old = pairOf(figure, 'decision')
  const was = pairOf(figure, 'value')
  const edits: Edit[] = [{ ...rangeOf(status), by: 'decided' }]
  if (value !== undefined && was !== undefined) edits.push({ ...rangeOf(was), by: JSON.stringify(value) })
  const more = [
    ...(value !== undefined && was === undefined ? [`value: ${JSON.stringify(value)}`] : []),
    ...(old === undefined ? [`decision: ${written}`] : []),
  ]
  if (old !== undefined) edits.push({ ...rangeOf(old), by: written })
  if (more.length > 0) {
    const end = rangeOf(figure.items.at(-1)!).until
    const indent = ' '.repeat(columnOf(text, (figure.items[0]!.key as Node).range![0]))
    const before = figure.flow ? ', ' : `\n${indent}`
    edits.push({ at: end, until: end, by: more.map((member) => before + member).join('') })
  }
  return edits
}

const quoted = (word: string): string => JSON.stringify(word)

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1)
}

/** Where the value of a pair is written, without what follows it. */
function rangeOf(pair: Pair<unknown, unknown>): { at: number; until: number } {
  const [at, until] = (pair.value as Node).range!
  return { at, until }
}

function pairOf(map: YAMLMap, name: string): Pair<unknown, unknown> | undefined {
  return map.items.find(({ key }) => isScalar(key) && key.value === name)
}

function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function figureAt(document: Document, keys: readonly string[]): YAMLMap | undefined {
  const resolved = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node)
  let node: unknown = document.contents
  for (const key of keys) {
    node = resolved(node)
    if (isMap(node)) node = pairOf(node, key)?.value
    else if (isSeq(node)) node = node.items[Number(key)]
    else return undefined
  }
  node = resolved(node)
  return isMap(node) && pairOf(node, 'status') !== undefined ? node : undefined
}

/** Pointers of the figures that differ. */
function differences(before: unknown, after: unknown, path = ''): string[] {
  if (isDeepStrictEqual(before, after)) return []
  const isFigure = typeof after === 'object' && after !== null && 'status' in after
  if (
    isFigure ||
    typeof before !== 'object' ||
    before === null ||
    typeof after !== 'object' ||
    after === null
  )
    return [path]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    differences(
      (before as Record<string, unknown>)[key],
      (after as Record<string, unknown>)[key],
      `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    ),
  )
}
