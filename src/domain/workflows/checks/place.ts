import { inForce } from '../../facts.ts'
import { addDays, addYears } from '../../primitives/civil-day.ts'
import { oneOf, parameters, someOf, texts, whole } from '../../rules/parameter-schemas.ts'
import { needsGeneTest } from '../application.ts'
import {
  defineCheck,
  objection,
  PLACE_WORDS,
  PLACES,
  type Place,
  placeFields,
  placeOf,
  placePath,
} from './check.ts'

/** Does the institution hold an agreement of one of these kinds today? @see CQ-4.2, SX-3, SC-D3, FS-3.6 */
export const placeDesignated = defineCheck<{ of: Place; kinds: readonly string[] }>({
  name: 'place-designated',
  parameters: parameters({ of: oneOf(PLACES), kinds: texts }),
  fields: ({ of }) => placeFields(of),
  check(application, facts, { of, kinds }) {
    const place = placeOf(of, application, facts)
    const held = inForce(place?.designations ?? [], facts.today)
    if (held.some(({ kind }) => kinds.includes(kind))) return []
    const who = PLACE_WORDS[of]
    return objection(
      `${who.zh}当前没有所需的定点协议（${kinds.join('、')}），请选择已定点的机构。`,
      `The ${who.en} holds no live designation (${kinds.join(', ')}); choose one that does.`,
      placePath(of),
    )
  },
})

/**
 * Is the institution not designated for this already? In the last `renewalDays` before the end the time after it may be
 * asked for, once.
 *
 * @see CQ-4.2
 */
export const notYetDesignated = defineCheck<{ of: Place; kind: string; renewalDays?: number }>({
  name: 'not-yet-designated',
  parameters: parameters(
    { of: oneOf(PLACES), kind: { type: 'string', minLength: 1 } },
    { renewalDays: whole(0) },
  ),
  fields: ({ of }) => placeFields(of),
  check(application, facts, { of, kind, renewalDays }) {
    const { today } = facts
    const inTheWay = (placeOf(of, application, facts)?.designations ?? []).filter(
      (one) =>
        one.kind === kind &&
        (one.validTo === undefined || one.validTo >= today) &&
        (renewalDays === undefined ||
          one.validTo === undefined ||
          one.validFrom > today ||
          addDays(one.validTo, -renewalDays) > today),
    )
    if (inTheWay.length === 0) return []
    return objection(
      '该机构已经是定点机构，无需申请。',
      'The institution is designated already.',
      placePath(of),
    )
  },
})

/** Is the institution of this kind, level and ownership? @see MZ-4.1, CQ-4.2, FS-3.3 */
export const placeIs = defineCheck<{
  of: Place
  kinds: readonly string[]
  levels?: readonly string[]
  ownership?: string
}>({
  name: 'place-is',
  parameters: parameters(
    { of: oneOf(PLACES), kinds: someOf(['hospital', 'internet-hospital', 'pharmacy']) },
    { levels: someOf(['tertiary', 'secondary', 'primary']), ownership: oneOf(['public', 'private']) },
  ),
  fields: ({ of }) => placeFields(of),
  check(application, facts, { of, kinds, levels, ownership }) {
    const place = placeOf(of, application, facts)
    const fits =
      place !== undefined &&
      kinds.includes(place.kind) &&
      (levels === undefined || (place.level !== undefined && levels.includes(place.level))) &&
      (ownership === undefined || place.ownership === ownership)
    if (fits) return []
    const who = PLACE_WORDS[of]
    return objection(
      `${who.zh}的类别、等级或所有制不符合规定。`,
      `The ${who.en} is not of the kind, level or ownership that is asked for.`,
      placePath(of),
    )
  },
})

/** Can the institution do gene tests, where a drug's restriction rests on one? @see CQ-4.2 */
export const placeTestsGenes = defineCheck<{ of: Place }>({
  name: 'place-tests-genes',
  parameters: parameters({ of: oneOf(PLACES) }),
  fields: ({ of }) => [...placeFields(of), 'drugCodes'],
  check(application, facts, { of }) {
    if (!needsGeneTest(application, facts)) return []
    if (placeOf(of, application, facts)?.geneTesting === true) return []
    const who = PLACE_WORDS[of]
    return objection(
      `该药品的适应症以基因检测为依据，${who.zh}不具备检测能力。`,
      `The drug's indication rests on a gene test, which the ${who.en} cannot do.`,
      placePath(of),
    )
  },
})

/**
 * Is the institution under none of these sanctions, today or, with `years`, within so many years before it? A
 * sanction whose last day was exactly that long ago no longer counts.
 *
 * @see MZ-4.1
 */
export const placeNotSanctioned = defineCheck<{ of: Place; kinds: readonly string[]; years?: number }>({
  name: 'place-not-sanctioned',
  parameters: parameters(
    { of: oneOf(PLACES), kinds: someOf(['suspension', 'removed']) },
    { years: whole(1) },
  ),
  fields: ({ of }) => placeFields(of),
  check(application, facts, { of, kinds, years }) {
    const place = placeOf(of, application, facts)
    if (place === undefined)
      return objection('机构不在名录中。', 'The registers do not know the institution.', placePath(of))
    const after = years === undefined ? undefined : addYears(facts.today, -years)
    const counts = place.sanctions.filter(
      ({ kind, validFrom, validTo }) =>
        kinds.includes(kind) &&
        validFrom <= facts.today &&
        (validTo === undefined || (after === undefined ? validTo >= facts.today : validTo > after)),
    )
    if (counts.length === 0) return []
    const who = PLACE_WORDS[of]
    const since =
      years === undefined ? ['当前', 'now'] : [`近${years}年内`, `within the last ${years} year(s)`]
    return objection(
      `${who.zh}${since[0]}被暂停协议或调出定点，不能办理。`,
      `The ${who.en} was suspended or removed ${since[1]} and cannot take part.`,
      placePath(of),
    )
  },
})
