import { readFileSync } from 'node:fs'
import { PROBLEMS, Problem, type ProblemCode } from '../../domain/problems.ts'
import { PACKAGE_ROOT } from '../../package-root.ts'
import { problemDocument } from '../plugins/problem-details.ts'
import { type Description, type MediaType, operationsOf } from './document.ts'

/** Requests and answers as they really were, by operation id; made by `npm run examples`. */
export type KeptExamples = Readonly<
  Record<
    string,
    {
      readonly requestType?: string
      readonly request?: unknown
      readonly answerType?: string
      readonly answer?: unknown
    }
  >
>

/** The examples that were kept from a run of the tests from outside. */
export function keptExamples(): KeptExamples {
  return JSON.parse(readFileSync(new URL('assets/api-examples.json', PACKAGE_ROOT), 'utf8')) as KeptExamples
}

const PROBLEM_TYPE = 'application/problem+json'
const SOME_REQUEST = '0b6c1f5e-2f6a-4c1e-9d0a-7a1f6c3b2d10'

/** Adds examples: of requests and answers those that were kept, of refusals those that their codes make. */
export function addExamples(description: Description, kept: KeptExamples, publicUrl: string): void {
  for (const operation of operationsOf(description)) {
    const { requestType, request, answerType, answer } = kept[operation.operationId ?? ''] ?? {}
    addExample(operation.requestBody?.content, requestType, request)
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      if (Number(status) < 300) addExample(response.content, answerType, answer)
      const problems = response.content?.[PROBLEM_TYPE]
      if (problems !== undefined) problems.examples = refusals(response.description ?? '', publicUrl)
    }
  }
}

/** Of one media type: that in which it came. */
function addExample(
  content: Readonly<Record<string, MediaType>> | undefined,
  type: string | undefined,
  example: unknown,
): void {
  const media = Object.entries(content ?? {}).find(([name]) => name.split(';')[0] === type)?.[1]
  if (media !== undefined && example !== undefined) media.example = example
}

/** One example for each code that the description of a refusal names. */
function refusals(
  description: string,
  publicUrl: string,
): Record<string, { summary: string; value: unknown }> {
  const codes = [...description.matchAll(/`([a-z-]+)`:/g)].map(([, code]) => code as ProblemCode)
  return Object.fromEntries(
    codes.map((code) => [
      code,
      {
        summary: PROBLEMS[code].title.en,
        value: problemDocument(new Problem(code), publicUrl, SOME_REQUEST),
      },
    ]),
  )
}
