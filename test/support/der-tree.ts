/** DER taken apart, for tests that put it together again with one thing wrong. Knows nothing of the hub's reader. */
export interface Tree {
  tag: number
  /** Of constructed elements. */
  children: Tree[]
  /** Of primitive elements. */
  bytes: Buffer
}

function readOne(source: Buffer): { tree: Tree; size: number } {
  const tag = source[0]!
  const first = source[1]!
  const extra = first < 0x80 ? 0 : first & 0x7f
  const length = extra === 0 ? first : source.readUIntBE(2, extra)
  const from = 2 + extra
  const bytes = source.subarray(from, from + length)
  const isConstructed = (tag & 0x20) !== 0
  const tree = {
    tag,
    children: isConstructed ? readAll(bytes) : [],
    bytes: isConstructed ? Buffer.alloc(0) : bytes,
  }
  return { tree, size: from + length }
}

function readAll(source: Buffer): Tree[] {
  const trees: Tree[] = []
  for (let at = 0; at < source.length; ) {
    const { tree, size } = readOne(source.subarray(at))
    trees.push(tree)
    at += size
  }
  return trees
}

export function takeApart(der: Buffer): Tree {
  return readOne(der).tree
}

export function putTogether(tree: Tree): Buffer {
  const content = (tree.tag & 0x20) === 0 ? tree.bytes : Buffer.concat(tree.children.map(putTogether))
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tree.tag, content.length]), content])
  const hex = content.length.toString(16)
  const length = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return Buffer.concat([Buffer.from([tree.tag, 0x80 | length.length]), length, content])
}

/** The parts of a CMS SignedData that tests change. */
export function partsOf(cms: Tree): { body: Tree; certificates: Tree; signers: Tree } {
  const body = cms.children[1]!.children[0]!
  return {
    body,
    certificates: body.children.find((child) => child.tag === 0xa0)!,
    signers: body.children[body.children.length - 1]!,
  }
}

/** The same signature with one change. */
export function changed(der: Buffer, change: (parts: ReturnType<typeof partsOf>) => void): Buffer {
  const cms = takeApart(der)
  change(partsOf(cms))
  return putTogether(cms)
}
