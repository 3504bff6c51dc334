import {
  correctionsQuery,
  exportQuery,
  imported,
  importParams,
  importQuery,
} from '../../../schemas/register-import.ts'
import type { Deps } from '../../usecases/deps.ts'
import { exportRegister } from '../../usecases/registers/export-register.ts'
import { importRegister, registerCorrections } from '../../usecases/registers/import-register.ts'
import type { Hub } from '../plugins/hub.ts'
import {
  charsetIn,
  correctionsAnswer,
  formatOf,
  sendCorrections,
  sentTable,
  TABLE_HABITS,
  TABLE_LIMIT,
  takeTables,
} from '../plugins/uploaded-table.ts'

const COLUMNS =
  'The columns are the members of an entry’s data as `POST /agency/registers/…` has them, with `validFrom` and `validTo`, and ' +
  'the `key` of a qualification; ' +
  'lists of codes in one cell are divided by semicolons. What is new is added, what differs takes the place of what holds ' +
  'from its first day on, what is the same changes nothing.'

/** Whole registers as tables: in, to be mended, and out. */
export function registerTableRoutes(app: Hub, deps: Deps): void {
  takeTables(app)

  app.post(
    '/agency/registers/:register/import',
    {
      schema: {
        operationId: 'importRegister',
        tags: ['agency'],
        summary: 'Take a table into a register · 批量导入名录',
        description:
          `CSV with a header, or one JSON object a line. ${TABLE_HABITS} ${COLUMNS} No Idempotency-Key: the same table has ` +
          'no second effect.',
        ...sentTable,
        params: importParams,
        querystring: importQuery,
        response: { 200: imported },
      },
      config: { refusals: ['upload-faulty', 'register-conflict'] },
      bodyLimit: TABLE_LIMIT,
      onRequest: app.authenticate('agency', 'register:write'),
    },
    async (request) => {
      const contentType = request.headers['content-type']
      const { reason, dryRun, take, validFrom } = request.query
      const body = request.body as AsyncIterable<Uint8Array>
      return await importRegister(deps, request.caller, request.params.register, body, {
        format: formatOf(contentType),
        charset: charsetIn(contentType),
        reason,
        dryRun: dryRun === 'true',
        goodLines: take === 'good-lines',
        ...(validFrom === undefined ? {} : { validFrom }),
      })
    },
  )

  app.post(
    '/agency/registers/:register/import/corrections',
    {
      schema: {
        operationId: 'listRegisterCorrections',
        tags: ['agency'],
        summary: 'What is to be mended in a table, as a table · 下载名录导入更正清单',
        description: 'Reads a table as `importRegister` does and keeps nothing of it.',
        ...sentTable,
        params: importParams,
        querystring: correctionsQuery,
        response: { 200: correctionsAnswer },
      },
      bodyLimit: TABLE_LIMIT,
      onRequest: app.authenticate('agency', 'register:write'),
    },
    async (request, reply) => {
      const contentType = request.headers['content-type']
      const body = request.body as AsyncIterable<Uint8Array>
      const csv = await registerCorrections(deps, request.caller, request.params.register, body, {
        format: formatOf(contentType),
        charset: charsetIn(contentType),
        ...request.query,
      })
      return await sendCorrections(reply, csv)
    },
  )

  app.get(
    '/agency/registers/:register/export',
    {
      schema: {
        operationId: 'exportRegister',
        tags: ['agency'],
        summary: 'A register of a day as a table · 导出名录',
        description:
          'CSV in UTF-8 with a byte order mark, in the columns of `importRegister`: what was exported can be changed and ' +
          'imported. Members that are no plain values, such as departments, are not in it, nor are payment standards of a ' +
          'generic name.',
        params: importParams,
        querystring: exportQuery,
        response: {
          200: {
            description: 'The entries that hold on the day, by key',
            content: { 'text/csv': { schema: { type: 'string', format: 'binary' } } },
          },
        },
      },
      onRequest: app.authenticate('agency', 'register:read'),
    },
    async (request, reply) => {
      const { register } = request.params
      const csv = exportRegister(deps, request.caller, register, request.query.on)
      return await reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${register}.csv"`)
        .header('cache-control', 'no-store')
        .send(csv as unknown as string)
    },
  )
}
