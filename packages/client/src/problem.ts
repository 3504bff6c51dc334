import type { Problem } from './types.ts'

/** The hub said no. Decide by `code`; `retry` says whether the same may be sent again. */
export class HubProblem extends Error {
  override readonly name = 'HubProblem'
  readonly status: number
  readonly code: string
  readonly problem: Problem

  constructor(status: number, problem: Problem) {
    super(`${problem.code}: ${problem.detailEn ?? problem.titleEn}`)
    this.status = status
    this.code = problem.code
    this.problem = problem
  }
}

/** There was no answer that could be understood, however often it was asked. */
export class HubUnreachable extends Error {
  override readonly name = 'HubUnreachable'
}
