import type { FastifyRequest } from 'fastify'
import type { FieldFault } from '../../domain/field-fault.ts'
import { PROBLEMS, type Problem } from '../../domain/problems.ts'
import { fieldAt } from '../../national/document.ts'
import { asProblem, statusOf } from '../plugins/problem-details.ts'

/** A refusal as the interface has it. */
export interface NationalRefusal {
  /** The HTTP status of the same refusal in the hub's own interface, unless the region sets another. */
  readonly code: number
  readonly message: string
}

/** Longest message that clients keep. */
const LONGEST = 500

/** What a thrown thing is to a client of the national interface; logs what nobody expected. */
export function refusalOf(
  error: unknown,
  request: FastifyRequest,
  errorCodes: Readonly<Record<string, number>> = {},
): NationalRefusal {
  const problem = asProblem(error)
  const code = statusOf(problem.code)
  request.problemCode = problem.code
  if (code >= 500 && error !== problem) request.log.error({ err: error }, 'request failed')
  return { code: errorCodes[problem.code] ?? code, message: messageOf(problem) }
}

/** Our reason in words: title, remedy, and what rules or fields it is about. Never what was sent. */
function messageOf(problem: Problem): string {
  const { title, remedy } = PROBLEMS[problem.code]
  const reasons = [
    ...problem.findings
      .filter(({ effect }) => effect === 'reject')
      .map(({ message, ruleId }) => `${message.zh}（${ruleId}）`),
    ...problem.fields.map((field) => `${nameOf(field)}${field.message.zh}`),
  ]
  const members = problem.details['members']
  const about = Array.isArray(members) ? `（${members.join('、')}）` : ''
  const state = problem.details['state']
  const used = problem.code === 'wrong-state' && state === 'dispensed' ? '处方已使用。' : ''
  return `${used}[${problem.code}] ${title.zh}${about}：${reasons.length > 0 ? reasons.join('；') : remedy.zh}`.slice(
    0,
    LONGEST,
  )
}

function nameOf({ path }: FieldFault): string {
  const name = fieldAt(path) ?? path.replace(/^\/(body\/)?/, '')
  return name === '' ? '' : `${name} `
}
