/** How bytes fail to be DER: broken, encoded another way than DER demands, or followed by more. */
export type DerFault = 'malformed' | 'not-der' | 'trailing'

/** Thrown by the reader. Whoever reads turns it into the code of what was being read. */
export class DerError extends Error {
  override readonly name = 'DerError'
  readonly fault: DerFault

  constructor(fault: DerFault) {
    super(`DER: ${fault}`)
    this.fault = fault
  }
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

const MAX_DEPTH = 24

/** One element: its tag byte and where it lies in `source`. Offsets, not copies. */
export interface DerNode {
  readonly source: Buffer
  readonly tag: number
  /** First byte of the tag. */
  readonly start: number
  /** First byte of the content. */
  readonly from: number
  /** Exclusive end. */
  readonly to: number
}

function readNode(source: Buffer, start: number, limit: number): DerNode {
  if (limit - start < 2) throw new DerError('malformed')
  const tag = source[start]!
  if ((tag & 0x1f) === 0x1f) throw new DerError('malformed')
  const first = source[start + 1]!
  let from = start + 2
  let length = first
  if (first === 0x80) throw new DerError('not-der')
  if (first > 0x80) {
    const size = first & 0x7f
    if (size > 4 || limit - from < size) throw new DerError('malformed')
    length = source.readUIntBE(from, size)
    if (length < 0x80 || source[from] === 0) throw new DerError('not-der')
    from += size
  }
  if (length > limit - from) throw new DerError('malformed')
  return { source, tag, start, from, to: from + length }
}

/**
 * The one element that fills a buffer.
 *
 * @throws DerError `trailing` when bytes follow it
 */
export function readDer(source: Buffer): DerNode {
  const node = readNode(source, 0, source.length)
  if (node.to !== source.length) throw new DerError('trailing')
  return node
}

/** The bytes of an element, tag and length included. Shares memory with the source. */
export function encoded(node: DerNode): Buffer {
  return node.source.subarray(node.start, node.to)
}

/** The bytes between header and end. Shares memory with the source. */
export function content(node: DerNode): Buffer {
  return node.source.subarray(node.from, node.to)
}

function demand(node: DerNode, tag: number): DerNode {
  if (node.tag === tag) return node
  // A string in pieces (constructed) is legal BER and never DER.
  throw new DerError(node.tag === (tag | 0x20) ? 'not-der' : 'malformed')
}

/** Walks the children of a constructed element in their order. */
export class DerCursor {
  readonly #parent: DerNode
  #at: number

  constructor(parent: DerNode, tag?: number) {
    if (tag !== undefined) demand(parent, tag)
    if ((parent.tag & 0x20) === 0) throw new DerError('malformed')
    this.#parent = parent
    this.#at = parent.from
  }

  get done(): boolean {
    return this.#at === this.#parent.to
  }

  /** The next child, of the given tag where one is given. */
  next(tag?: number): DerNode {
    const node = readNode(this.#parent.source, this.#at, this.#parent.to)
    if (tag !== undefined) demand(node, tag)
    this.#at = node.to
    return node
  }

  /** The next child if it has the tag; otherwise undefined and nothing moves. */
  optional(tag: number): DerNode | undefined {
    if (this.done || this.#parent.source[this.#at] !== tag) return undefined
    return this.next(tag)
  }

  /** A walk over the children of the next child. */
  enter(tag: number): DerCursor {
    return new DerCursor(this.next(tag))
  }

  /** @throws DerError `trailing` when children are left */
  end(): void {
    if (!this.done) throw new DerError('trailing')
  }
}

/** All children of a constructed element. */
export function childrenOf(node: DerNode, tag?: number): DerNode[] {
  const cursor = new DerCursor(node, tag)
  const children: DerNode[] = []
  while (!cursor.done) children.push(cursor.next())
  return children
}

/** Walks everything below a node, so that parts nobody looks into are DER as well. */
export function assertDer(node: DerNode, depth = 0): void {
  if (depth > MAX_DEPTH) throw new DerError('malformed')
  if ((node.tag & 0x20) === 0) return
  for (const child of childrenOf(node)) assertDer(child, depth + 1)
}

/** True when the children stand in the ascending order that DER demands of a SET OF. */
export function isSorted(children: readonly DerNode[]): boolean {
  return children.every(
    (child, i) => i === 0 || Buffer.compare(encoded(children[i - 1]!), encoded(child)) <= 0,
  )
}
