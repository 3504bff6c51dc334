import { Problem } from '../../domain/problems.ts'

/**
 * The bytes that a member of the body stands for. One text for one sequence of bytes: what is signed must not have
 * two spellings.
 *
 * @param name member of the body
 * @throws Problem malformed for base64 that is not canonical
 */
export function bytesOf(text: string, name: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') === text) return bytes
  throw new Problem('malformed', {
    fields: [
      {
        path: `/body/${name}`,
        keyword: 'contentEncoding',
        message: { zh: '应为标准 Base64 编码。', en: 'Must be standard base64 with padding.' },
      },
    ],
  })
}
