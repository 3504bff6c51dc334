import type { FieldFault } from '../field-fault.ts'

/** The mark that some editors write before a text. It is no part of it (RFC 8259, 8.1). */
export const BYTE_ORDER_MARK = '\ufeff'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads bytes as UTF-8 and as nothing else: a letter that is lost on the way in is lost for ever.
 *
 * @returns the text, with its byte order mark; undefined when the bytes are no UTF-8
 */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}

/** A text without the byte order mark in front. */
export function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

/** The fault of bytes that `textOf` does not read. */
export function encodingFault(path: string): FieldFault {
  return {
    path,
    keyword: 'encoding',
    message: {
      zh: '内容不是 UTF-8 编码；请转换为 UTF-8（不可用 GBK、GB 18030、UTF-16）后发送。',
      en: 'The bytes are no UTF-8: convert GBK, GB 18030 or UTF-16 to UTF-8 before sending.',
    },
  }
}
