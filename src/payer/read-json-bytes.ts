/** Why bytes are no JSON. */
export type JsonFault = 'empty' | 'not-text' | 'not-json'

/**
 * Reads JSON as other systems send it. A byte order mark is dropped (RFC 8259 8.1 allows that) and names the encoding;
 * without one the zeros of UTF-16 do, because JSON begins with two ASCII characters (RFC 4627 3); else it is UTF-8, and
 * what is no UTF-8 is read in the declared encoding or as GB 18030, which older Chinese systems send undeclared.
 */
export function readJsonBytes(
  bytes: Uint8Array,
  contentType: string | undefined,
): { readonly value: unknown } | { readonly cause: JsonFault } {
  const text = decode(bytes, contentType)
  if (text === undefined) return { cause: 'not-text' }
  if (text.trim() === '') return { cause: 'empty' }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return { cause: 'not-json' }
  }
}

function decode(bytes: Uint8Array, contentType: string | undefined): string | undefined {
  const declared = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1]
  for (const label of [utf16Of(bytes), 'utf-8', declared, 'gb18030']) {
    if (label === undefined) continue
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes) // drops the mark
    } catch {
      // Not in this encoding, or no such encoding.
    }
  }
  return undefined
}

function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined))
    return 'utf-16be'
  return undefined
}
