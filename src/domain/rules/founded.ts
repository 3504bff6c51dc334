import type { FigureStatus } from '../finding.ts'
import { type CivilDay, isCivilDay } from '../primitives/civil-day.ts'
import type { PolicyVersion } from './policy-version.ts'

/** Who set a figure that no document states. An act of the agency that anybody can ask for by its number. */
export interface FigureDecision {
  readonly by: string
  readonly on: CivilDay
  readonly number: string
  readonly why: string
}

/** JSON Schema of the decision behind a figure. */
export const decisionSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['by', 'on', 'number', 'why'],
  properties: {
    by: { type: 'string', minLength: 1, description: 'Who decided' },
    on: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'On which day' },
    number: { type: 'string', minLength: 1, description: 'Number of the act' },
    why: { type: 'string', minLength: 1, description: 'Reason' },
  },
} as const

/** True for a figure that a production may rest on: a document states it, or the agency decided it. */
export function isFounded(status: FigureStatus): status is 'cited' | 'decided' {
  return status === 'cited' || status === 'decided'
}

/** What is wrong between the standing of a figure and its decision, as the end of a sentence; undefined when nothing. */
export function decisionFault(figure: {
  readonly status: FigureStatus
  readonly decision?: FigureDecision
}): string | undefined {
  if (figure.status === 'decided' && figure.decision === undefined)
    return 'a decided figure names its decision: by, on, number, why'
  if (figure.decision !== undefined && !isCivilDay(figure.decision.on))
    return 'a decision was made on a day like 2025-11-20'
  if (figure.status !== 'decided' && figure.decision !== undefined)
    return 'only a figure of status decided has a decision'
  return undefined
}

/** A figure that no production may rest on. */
export interface OpenFigure {
  /** JSON pointer into the version: `/hold/minutes`. */
  readonly path: string
  readonly status: 'sample' | 'unset'
  /** The duty that calls for it. */
  readonly source: string
}

/** Every figure of a version, wherever it stands, that is neither cited nor decided, in the order of the file. */
export function openFigures(version: PolicyVersion): OpenFigure[] {
  const { documents: _, name: __, counties: ___, calendar: ____, ...content } = version
  return openIn(content, '')
}

function openIn(node: unknown, path: string): OpenFigure[] {
  if (typeof node !== 'object' || node === null) return []
  const { status, source } = node as { status?: FigureStatus; source?: string }
  if (typeof status === 'string' && typeof source === 'string')
    return isFounded(status) ? [] : [{ path, status, source }]
  return Object.entries(node).flatMap(([key, member]) =>
    openIn(member, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
}
