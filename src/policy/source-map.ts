import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml'

/**
 * Where a value stands in a YAML file.
 *
 * @param pointer JSON pointer; the nearest existing ancestor stands for what is missing
 * @returns line and column, from 1; aliases lead to where the value was written
 */
export function placeOf(
  document: Document,
  lines: LineCounter,
  pointer: string,
): { line: number; column: number } {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  let node = document.contents as Node | null
  let offset = node?.range?.[0] ?? 0
  for (const key of keys) {
    const step = childOf(resolved(document, node), key)
    if (step === undefined) break
    node = step.value
    offset = step.offset
  }
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(line, 1), column: Math.max(col, 1) }
}

function resolved(document: Document, node: Node | null): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node
}

function childOf(node: Node | null, key: string): { value: Node | null; offset: number } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
    if (pair === undefined || !isScalar(pair.key)) return undefined
    return { value: pair.value as Node | null, offset: pair.key.range?.[0] ?? 0 }
  }
  if (isSeq(node)) {
    const item = node.items[Number(key)] as Node | undefined
    return item === undefined ? undefined : { value: item, offset: item.range?.[0] ?? 0 }
  }
  return undefined
}
