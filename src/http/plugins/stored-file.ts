import type { FastifyReply } from 'fastify'

/** The answer with a file that somebody uploaded, for the API description. */
export const storedFile = { type: 'string', format: 'binary', description: 'The file itself' } as const

/**
 * Sends a file that somebody uploaded: to be saved and kept nowhere on the way, and without any rights in a browser
 * that shows it after all.
 *
 * @param name ASCII
 */
export function sendStored(
  reply: FastifyReply,
  { mediaType, content }: { readonly mediaType: string; readonly content: Buffer },
  name: string,
): FastifyReply {
  return reply
    .type(mediaType)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'private, no-store')
    .header('content-security-policy', 'sandbox')
    .send(content)
}
