import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { Problem } from '../../domain/problems.ts'
import { type Charset, charsetOf } from '../../tables/text-of.ts'
import type { Hub } from './hub.ts'

/** Anything: the use case reads it line by line. */
export const tableBody = { description: 'CSV with a header' } as const

const FORMATS = { 'application/x-ndjson': 'ndjson', 'text/csv': 'csv' } as const

/** The bytes of a table, CSV or NDJSON, for a route's schema. */
export const sentTable = {
  consumes: Object.keys(FORMATS),
  body: { content: { 'text/csv': { schema: tableBody }, 'application/x-ndjson': { schema: tableBody } } },
} as const

/** Largest table, in bytes. */
export const TABLE_LIMIT = 128 * 1024 * 1024

/** Lets the routes of a group take tables, as streams of bytes. */
export function takeTables(app: Hub): void {
  for (const type of Object.keys(FORMATS)) {
    app.addContentTypeParser(type, (_request, payload, done) => done(null, payload))
  }
}

/** @throws Problem unsupported-media-type */
export function formatOf(contentType: string | undefined): 'csv' | 'ndjson' {
  const type = (contentType ?? '').split(';')[0]!.trim().toLowerCase()
  const format = FORMATS[type as keyof typeof FORMATS]
  if (format === undefined) throw new Problem('unsupported-media-type')
  return format
}

/** Whether an upload is only to be tried. Query values are texts. */
export const tryQuery = {
  type: 'object',
  additionalProperties: false,
  properties: {
    dryRun: {
      type: 'string',
      enum: ['true', 'false'],
      description: '`true`: everything is checked, faults are told, and nothing is kept',
    },
  },
} as const

/** What a description says of how tables are read. */
export const TABLE_HABITS =
  'The header names the columns in any order, case and spelling of blanks, also by their Chinese names. UTF-8, or ' +
  '`charset=GBK` or `GB18030` where the content type says so; commas, semicolons or tabs; rows and columns without ' +
  'content are passed over; days also as 2026/3/5, numbers also as 1,000 or 10.00. Faults are counted by cause, the ' +
  'first hundred told by line and column.'

/** The list of corrections, for the API description. */
export const correctionsAnswer = {
  description: 'The faulty lines with their numbers and reasons, to mend and upload',
  content: { 'text/csv': { schema: { type: 'string', format: 'binary' } } },
} as const

/** @throws Problem charset-unsupported for one that isn't read */
export function charsetIn(contentType: string | undefined): Charset {
  const charset = charsetOf(contentType ?? '')
  if (charset === undefined) throw new Problem('charset-unsupported')
  return charset
}

/** Sends a list of corrections while it is made. */
export async function sendCorrections(reply: FastifyReply, csv: Readable): Promise<FastifyReply> {
  return await reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', 'attachment; filename="corrections.csv"')
    .header('cache-control', 'no-store')
    .send(csv)
}
