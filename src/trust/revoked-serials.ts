/** How one certificate stands in a list. */
export interface RevokedEntry {
  /** Epoch milliseconds. */
  readonly revokedAt: number
  /** True for a compromised key: no signature of it can be believed, however early. */
  readonly isCompromised: boolean
  /** Delta lists only: it was on hold and is not any more. */
  readonly isRemoved: boolean
}

const COMPROMISED = 1
const REMOVED = 2

/** The entries of a list as plain arrays: half a million of them cross from one thread to another without a copy. */
export interface PackedEntries {
  /** Keys one after another, sorted: serial numbers in hex, with the issuer in front where it is another's. */
  readonly keys: Uint8Array
  /** Where each key begins, and the end of the last. */
  readonly offsets: Uint32Array
  /** Epoch milliseconds, and flags. */
  readonly times: Float64Array
  readonly flags: Uint8Array
}

/** Who stands in a list, found by halving. */
export class RevokedSerials {
  readonly packed: PackedEntries
  readonly #keys: Buffer

  constructor(packed: PackedEntries) {
    this.packed = packed
    const { buffer, byteOffset, byteLength } = packed.keys
    this.#keys = Buffer.from(buffer, byteOffset, byteLength)
  }

  get size(): number {
    return this.packed.times.length
  }

  /** @param serial as in `Certificate.serial`; @param issuer hash of the issuer's name, where the list is indirect */
  find(serial: string, issuer = ''): RevokedEntry | undefined {
    const wanted = Buffer.from(`${issuer}${serial}`, 'latin1')
    const { offsets, times, flags } = this.packed
    let low = 0
    let high = this.size - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const order = this.#keys.compare(wanted, 0, wanted.length, offsets[middle], offsets[middle + 1])
      if (order === 0) {
        const set = flags[middle]!
        return {
          revokedAt: times[middle]!,
          isCompromised: (set & COMPROMISED) !== 0,
          isRemoved: (set & REMOVED) !== 0,
        }
      }
      if (order < 0) low = middle + 1
      else high = middle - 1
    }
    return undefined
  }
}

/** Packs entries; of two for one certificate the later in the list counts. @param entries key and entry */
export function packEntries(entries: ReadonlyMap<string, RevokedEntry>): PackedEntries {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
  const offsets = new Uint32Array(sorted.length + 1)
  const times = new Float64Array(sorted.length)
  const flags = new Uint8Array(sorted.length)
  let end = 0
  for (const [i, [key, entry]] of sorted.entries()) {
    offsets[i] = end
    end += key.length
    times[i] = entry.revokedAt
    flags[i] = (entry.isCompromised ? COMPROMISED : 0) | (entry.isRemoved ? REMOVED : 0)
  }
  offsets[sorted.length] = end
  const keys = Buffer.from(sorted.map(([key]) => key).join(''), 'latin1')
  return { keys: new Uint8Array(keys), offsets, times, flags }
}
