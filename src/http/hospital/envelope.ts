import { Problem } from '../../domain/problems.ts'

/**
 * The bytes that a member of the body stands for. Line breaks and blanks, as tools write them every 64 or 76 signs and
 * at the end, mean nothing and are dropped (RFC 2045, 6.8). Everything else is one text for one sequence of bytes: what
 * is signed must not have two spellings.
 *
 * @param name member of the body
 * @throws Problem malformed for the URL-safe alphabet, PEM, missing padding and whatever else is not canonical
 */
export function bytesOf(text: string, name: string): Buffer {
  const plain = /\s/.test(text) ? text.replace(/\s+/g, '') : text
  const bytes = Buffer.from(plain, 'base64')
  if (bytes.length > 0 && bytes.toString('base64') === plain) return bytes
  throw new Problem('malformed', {
    fields: [
      {
        path: `/body/${name}`,
        keyword: 'contentEncoding',
        message: {
          zh: '应为标准 Base64（字母表含 + 和 /，末尾补 =），不含 PEM 首尾行；换行会被忽略。',
          en: 'Must be standard base64: the alphabet with + and /, padded with =, without PEM lines. Line breaks are ignored.',
        },
      },
    ],
  })
}
