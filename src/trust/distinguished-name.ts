import { childrenOf, content, DerCursor, type DerNode, TAG } from './der-reader.ts'
import { readOid } from './der-values.ts'

/** Short names of the parts of a name, by object identifier. */
export const NAME_PARTS: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
}

const BMP_STRING = 0x1e

function textOf(value: DerNode): string {
  const bytes = content(value)
  if (value.tag !== BMP_STRING) return bytes.toString('utf8')
  return bytes.length % 2 === 0 ? Buffer.from(bytes).swap16().toString('utf16le') : ''
}

/**
 * A name for people to read, in the order of RFC 4514: `CN=…,O=…,C=CN`. Never used to decide anything.
 *
 * @throws DerError when the name is not a sequence of sets of attributes
 */
export function describeName(name: DerNode): string {
  const parts: string[] = []
  for (const set of childrenOf(name, TAG.sequence)) {
    for (const attribute of childrenOf(set, TAG.set)) {
      const cursor = new DerCursor(attribute, TAG.sequence)
      const oid = readOid(cursor.next())
      const value = textOf(cursor.next()).replace(/[\\,+"<>;=]/g, '\\$&')
      cursor.end()
      parts.unshift(`${NAME_PARTS[oid] ?? oid}=${value}`)
    }
  }
  return parts.join(',')
}
