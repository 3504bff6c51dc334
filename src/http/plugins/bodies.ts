import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { FieldFault } from '../../domain/field-fault.ts'
import { Problem } from '../../domain/problems.ts'
import { type Fields, readFields, readForm } from '../../domain/text/form-text.ts'
import { readJson } from '../../domain/text/json-text.ts'
import { letterFaults } from '../../domain/text/letters.ts'

const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'

/** Media types whose bodies are text, and so are read as UTF-8. Tables say their own charset (`uploaded-table.ts`). */
const TEXT = /^(application\/(json|x-ndjson|x-www-form-urlencoded)|text\/(?!csv\b))/i
/** Every charset that a Content-Type may declare. */
const DECLARED = /;\s*charset\s*=\s*"?([^";\s]*)/gi

/** Where `strictQuery` leaves what is wrong, because a router must not throw. */
const FAULTS = Symbol('faults of the query')

/**
 * The one way in for texts: UTF-8, uncompressed, read by `domain/text` in bodies, queries and parameters alike.
 *
 * Streams are checked by whoever reads them; here only what is said about them.
 */
export const bodies = fp(
  async (app) => {
    app.addHook('preParsing', async (request, reply) => checkDeclared(request, reply))
    app.removeContentTypeParser(JSON_TYPE)
    app.addContentTypeParser(
      JSON_TYPE,
      { parseAs: 'buffer' },
      async (_request: FastifyRequest, body: Buffer) => {
        if (body.length === 0) throw new Problem('malformed', { fields: [EMPTY] })
        const read = readJson(body, '/body', 'dropped')
        if ('faults' in read) throw new Problem('malformed', { fields: read.faults })
        return read.value
      },
    )
    app.addHook('preValidation', async ({ query, params }) => {
      const fields = [
        ...((query as { [FAULTS]?: readonly FieldFault[] } | null)?.[FAULTS] ?? []),
        ...letterFaults(params, '/params'),
      ]
      if (fields.length > 0) throw new Problem('malformed', { fields })
    })
  },
  { name: 'bodies' },
)

/** Lets the routes of a scope take forms, and nothing else. @param bodyLimit bytes */
export function takeForms(
  app: Pick<FastifyInstance, 'addContentTypeParser' | 'removeContentTypeParser'>,
  bodyLimit: number,
): void {
  app.removeContentTypeParser(JSON_TYPE)
  app.addContentTypeParser(
    FORM,
    { parseAs: 'buffer', bodyLimit },
    async (_request: FastifyRequest, body: Buffer) => {
      const read = readForm(body, '/body')
      if ('faults' in read) throw new Problem('malformed', { fields: read.faults })
      return read.fields
    },
  )
}

/** The fields of a query; the hook refuses those that could not be read. */
export function strictQuery(text: string): Fields {
  const read = readFields(text, '/querystring')
  return 'fields' in read ? read.fields : { [FAULTS]: read.faults }
}

/** @throws Problem content-encoding-unsupported, charset-unsupported */
function checkDeclared({ headers }: FastifyRequest, reply: FastifyReply): void {
  const encoding = headers['content-encoding']
  if (encoding !== undefined && !/^\s*(identity)?\s*$/i.test(encoding)) {
    // RFC 9110, 12.5.3: what would be taken instead.
    reply.header('accept-encoding', 'identity')
    throw new Problem('content-encoding-unsupported')
  }
  const type = headers['content-type'] ?? ''
  if (!TEXT.test(type)) return
  for (const [, charset = ''] of type.matchAll(DECLARED)) {
    if (!/^utf-?8$/i.test(charset)) throw new Problem('charset-unsupported')
  }
}

const EMPTY: FieldFault = {
  path: '/body',
  keyword: 'empty',
  message: { zh: '缺少请求内容。', en: 'The body is missing.' },
}
