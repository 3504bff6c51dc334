import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { fenToJson } from '../../domain/primitives/money.ts'
import { exportStatement, exportStays, type StatementForm } from '../../usecases/clearing/papers.ts'
import { pageOfLines, pageOfStays } from '../../usecases/clearing/statement.ts'
import { readDifferences } from '../../usecases/clearing/upload-file.ts'
import type { Caller, Deps } from '../../usecases/deps.ts'
import { limitOf } from '../plugins/answer.ts'
import { differenceAnswer, linesAnswer } from './answers.ts'

/** What agency and institutions read in the same way. `institutionId` is named by the agency only. */
export interface Reading {
  readonly caller: Caller
  readonly month: string
  readonly institutionId?: string
  readonly after?: string | undefined
  readonly limit?: string | undefined
}

/** A page of a statement's lines. */
export async function readLines(deps: Deps, reading: Reading) {
  const limit = limitOf(reading.limit)
  const { caller, month, institutionId, after } = reading
  return linesAnswer(await pageOfLines(deps, caller, month, institutionId, after, limit), limit)
}

/** A page of what counts into the hospital's stays. */
export async function readStays(deps: Deps, reading: Reading) {
  const { caller, month, institutionId, after = '' } = reading
  const stays = await pageOfStays(deps, caller, month, institutionId, after, limitOf(reading.limit))
  return {
    stays: stays.map(({ stayNo, settlements, counted, deducted, patient, deductible }) => ({
      stayNo,
      settlements,
      countedFen: fenToJson(counted),
      deductedFen: fenToJson(deducted),
      patientFen: fenToJson(patient),
      deductibleFen: fenToJson(deductible),
    })),
  }
}

/** A page of the differences of the newest file. */
export async function readDifferencePage(deps: Deps, reading: Reading) {
  const limit = limitOf(reading.limit)
  const { caller, month, institutionId, after = '0' } = reading
  const found = await readDifferences(deps, caller, month, institutionId, Number(after), limit)
  const last = found.differences.length === limit ? found.differences.at(-1) : undefined
  return {
    fileId: found.file.fileId,
    sha256: found.file.sha256.toString('hex'),
    uploadedAt: found.file.uploadedAt.toISOString(),
    differences: found.differences.map(differenceAnswer),
    ...(last === undefined ? {} : { next: String(last.differenceNo) }),
  }
}

/** All stays of a month as CSV. */
export async function sendStays(deps: Deps, reading: Reading, reply: FastifyReply) {
  const { caller, month, institutionId } = reading
  const file = await exportStays(deps, caller, month, institutionId)
  const name = `stays-${month}-${institutionId ?? caller.institutionId}.csv`
  return await sendFile(reply, file, TYPES.csv, name)
}

const TYPES: Readonly<Record<StatementForm, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
}

/** Sends a statement as a file. */
export async function sendExport(deps: Deps, reading: Reading, form: StatementForm, reply: FastifyReply) {
  const { caller, month, institutionId } = reading
  const file = await exportStatement(deps, caller, month, institutionId, form)
  const name = `clearing-${month}-${institutionId ?? caller.institutionId}.${form}`
  return await sendFile(reply, file, TYPES[form], name)
}

/**
 * Sends a file that is still being made. Characters that no font of the hub has stand on the paper by their code
 * points; the log says which, so that an operator can install a font, and not whose name it was.
 *
 * @param name ASCII
 */
export async function sendFile(reply: FastifyReply, file: Readable, type: string, name: string) {
  file.once('missing-characters', (codePoints: readonly string[]) => {
    reply.log.warn({ codePoints }, 'paper lacks characters')
  })
  reply.header('content-type', type)
  reply.header('content-disposition', `attachment; filename="${name}"`)
  reply.header('cache-control', 'no-store')
  return await reply.send(file)
}

const binary = { schema: { type: 'string', format: 'binary' } } as const

/** The answer of an export, for the API description. */
export const exportAnswer = {
  description: 'The file',
  content: Object.fromEntries(Object.values(TYPES).map((type) => [type.split(';')[0]!, binary])),
} as const

/** The answer of an export that is CSV only. */
export const csvAnswer = { description: 'The file', content: { 'text/csv': binary } } as const

/** The answer of a paper. */
export const paperAnswer = { description: 'The paper', content: { 'application/pdf': binary } } as const
