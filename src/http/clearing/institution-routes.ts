import {
  disputeBody,
  exportParams,
  monthParams,
  statementList,
  statementMoved,
} from '../../../schemas/clearing.ts'
import { fileMatched } from '../../../schemas/clearing-files.ts'
import { stayDeductibleBody, stayParams, stayStated } from '../../../schemas/clearing-stays.ts'
import { FILE_COLUMNS } from '../../domain/clearing/institution-file.ts'
import { disputeLine } from '../../usecases/clearing/dispute.ts'
import { confirmStatement, NO_STATEMENT, ownStatements } from '../../usecases/clearing/statement.ts'
import { fileCorrections, uploadFile } from '../../usecases/clearing/upload-file.ts'
import type { Deps } from '../../usecases/deps.ts'
import { stateStay } from '../../usecases/hospital/state-stay.ts'
import { institutionOf, marked } from '../plugins/answer.ts'
import type { Hub } from '../plugins/hub.ts'
import {
  charsetIn,
  correctionsAnswer,
  sendCorrections,
  TABLE_HABITS,
  tableBody,
  tryQuery,
} from '../plugins/uploaded-table.ts'
import { summaryAnswer } from './answers.ts'
import { statementReadings } from './statement-readings.ts'

/** The bytes of a file. */
const sent = { consumes: ['text/csv'], body: { content: { 'text/csv': { schema: tableBody } } } }

/** Monthly clearing as pharmacies and hospitals see it: only their own statements, once they were sent. */
export function institutionClearingRoutes(app: Hub, deps: Deps, kind: 'pharmacy' | 'hospital'): void {
  const tags = [kind]
  const base = `/${kind}/clearing`
  const named = (verb: string) => `${verb}${kind === 'pharmacy' ? 'Pharmacy' : 'Hospital'}`
  const reads = { onRequest: app.authenticate(kind, 'money:read') }
  const writes = { onRequest: app.authenticate(kind, 'money:write'), preHandler: app.idempotent() }

  app.get(
    base,
    {
      schema: {
        operationId: `${named('list')}Statements`,
        tags,
        summary: 'Own statements, newest first · 本机构清算单',
        response: { 200: statementList },
      },
      ...reads,
    },
    async ({ caller }) => ({
      statements: (await ownStatements(deps, institutionOf(caller))).map(summaryAnswer),
    }),
  )

  statementReadings(app, deps, {
    path: `${base}/:month`,
    params: monthParams,
    exportParams,
    tags,
    onRequest: reads.onRequest,
    operationIds: {
      statement: `${named('read')}Statement`,
      lines: `${named('read')}StatementLines`,
      differences: `${named('read')}Differences`,
      export: `${named('export')}Statement`,
    },
    ...(kind === 'hospital' && {
      stayOperationIds: { page: 'readHospitalStays', csv: 'exportHospitalStays' },
    }),
  })

  if (kind === 'hospital') {
    app.post(
      '/hospital/stays/:stayNo/deductible',
      {
        schema: {
          operationId: 'stateStayDeductible',
          tags,
          summary: "State what a stay's deductible is and how much of it is charged · 申报本次住院起付标准",
          description:
            'Medicine bought outside during the stay is then charged with what is left of it. Without a statement ' +
            'nothing is left: the hospital charges the deductible when it settles the stay.',
          params: stayParams,
          body: stayDeductibleBody,
          response: { 200: stayStated },
        },
        config: { refusals: ['not-yours'] },
        ...writes,
      },
      async ({ caller, params, body, write }, reply) => {
        const answer = await stateStay(deps, institutionOf(caller), write, params.stayNo, body)
        return marked(reply, answer).code(200).send(answer.body)
      },
    )
  }

  app.post(
    `${base}/:month/confirm`,
    {
      schema: {
        operationId: `${named('confirm')}Statement`,
        tags,
        summary: 'Agree to a statement · 确认清算单',
        params: monthParams,
        response: { 200: statementMoved },
      },
      config: { refusals: [...NO_STATEMENT, 'statement-wrong-state'] },
      ...writes,
    },
    async ({ caller, params, write }, reply) => {
      const answer = await confirmStatement(deps, write, { caller, ...params })
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  app.post(
    `${base}/:month/disputes`,
    {
      schema: {
        operationId: `${named('dispute')}Line`,
        tags,
        summary: 'Dispute one line · 对明细提出异议',
        params: monthParams,
        body: disputeBody,
        response: { 200: statementMoved },
      },
      config: {
        refusals: [
          ...NO_STATEMENT,
          'statement-wrong-state',
          'statement-line-unknown',
          'line-disputed-already',
        ],
      },
      ...writes,
    },
    async ({ caller, params, write, body }, reply) => {
      const answer = await disputeLine(deps, write, { caller, ...params }, body)
      return marked(reply, answer).code(200).send(answer.body)
    },
  )

  if (!app.hasContentTypeParser('text/csv')) {
    app.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload))
  }
  app.post(
    `${base}/:month/file`,
    {
      schema: {
        operationId: `${named('match')}File`,
        tags,
        summary: 'Upload the own books of a month and have them matched · 上传对账文件',
        description:
          `CSV with this header: \`${FILE_COLUMNS.map(({ name }) => name).join(',')}\`. ` +
          FILE_COLUMNS.map(({ name, meaning }) => `\`${name}\`: ${meaning}.`).join(' ') +
          ` ${TABLE_HABITS}` +
          ' One row for each line of each settlement that counts in the month and that the institution supplied itself; a return of an earlier month has a ' +
          'negative quantity and demand. No Idempotency-Key: the newest file counts, and the same one gives the same.',
        ...sent,
        params: monthParams,
        querystring: tryQuery,
        response: { 200: fileMatched },
      },
      config: { refusals: [...NO_STATEMENT, 'clearing-file-malformed', 'too-large'] },
      bodyLimit: 128 * 1024 * 1024,
      onRequest: app.authenticate(kind, 'money:write'),
    },
    async ({ caller, params, body, headers, query }) =>
      await uploadFile(deps, institutionOf(caller), params.month, body as AsyncIterable<Uint8Array>, {
        charset: charsetIn(headers['content-type']),
        dryRun: query.dryRun === 'true',
      }),
  )

  app.post(
    `${base}/:month/file/corrections`,
    {
      schema: {
        operationId: `${named('list')}FileCorrections`,
        tags,
        summary: 'What is to be mended in the own books of a month, as a file · 下载对账文件的更正清单',
        description: `Reads a file as \`${named('match')}File\` does and keeps nothing of it.`,
        ...sent,
        params: monthParams,
        response: { 200: correctionsAnswer },
      },
      config: { refusals: [...NO_STATEMENT, 'too-large'] },
      bodyLimit: 128 * 1024 * 1024,
      onRequest: app.authenticate(kind, 'money:write'),
    },
    async ({ caller, params, body, headers }, reply) => {
      const content = body as AsyncIterable<Uint8Array>
      const charset = charsetIn(headers['content-type'])
      return await sendCorrections(
        reply,
        await fileCorrections(deps, institutionOf(caller), params.month, content, charset),
      )
    },
  )
}
