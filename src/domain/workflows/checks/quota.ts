import { oneOf, parameters, text, texts, whole } from '../../rules/parameter-schemas.ts'
import { defineCheck, objection } from './check.ts'

interface Group {
  readonly counties: readonly string[]
  readonly places: number
}

/**
 * Is there a place left in the county, or in the counties that share places? Agreements by right take none.
 *
 * @see MZ-4.1, MZ-4.2
 */
export const placeLeft = defineCheck<{
  kind: string
  institution: 'hospital' | 'pharmacy'
  each?: number
  shared?: readonly Group[]
  total?: number
}>({
  name: 'place-left',
  parameters: parameters(
    { kind: text, institution: oneOf(['hospital', 'pharmacy']) },
    {
      each: whole(1),
      shared: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['counties', 'places'],
          properties: { counties: texts, places: whole(1) },
        },
      },
      total: whole(1),
    },
  ),
  check(application, facts, { kind, institution, each, shared = [], total }) {
    const county = facts.institutions[application.subject.id]?.countyCode
    const taken = facts.designated.filter(
      (held) =>
        held.kind === kind &&
        held.institutionKind === institution &&
        held.basis === 'application' &&
        held.institutionId !== application.subject.id,
    )
    const group = shared.find(({ counties }) => county !== undefined && counties.includes(county))
    const counties = group?.counties ?? (county === undefined ? [] : [county])
    const places = group?.places ?? each ?? 0
    const inGroup = taken.filter(({ countyCode }) => counties.includes(countyCode)).length
    if (inGroup < places && (total === undefined || taken.length < total)) return []
    return objection(
      `本县（市、区）的名额（${places}家）已用完。`,
      `The places of the county (${places}) are taken.`,
      '/subject',
    )
  },
})

/** Does the county take new applications? @see MZ-4.1 */
export const countyOpen = defineCheck<{ closed: readonly string[] }>({
  name: 'county-open',
  parameters: parameters({ closed: texts }),
  check(application, facts, { closed }) {
    const county = facts.institutions[application.subject.id]?.countyCode
    if (county !== undefined && !closed.includes(county)) return []
    return objection(
      '该区原则上不受理新的申请；确有需要的，请说明理由。',
      'The district takes no new applications in principle; state why an exception is asked for.',
      '/subject',
    )
  },
})
