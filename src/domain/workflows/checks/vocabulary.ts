import type { Check } from './check.ts'
import * as drug from './drug.ts'
import * as held from './held.ts'
import * as person from './person.ts'
import * as physician from './physician.ts'
import * as place from './place.ts'
import * as quota from './quota.ts'

const ALL: readonly Check[] = [
  place.placeDesignated,
  place.notYetDesignated,
  place.placeIs,
  place.placeTestsGenes,
  place.placeNotSanctioned,
  quota.placeLeft,
  quota.countyOpen,
  person.personInsured,
  person.personNotSanctioned,
  person.diagnosisAmong,
  drug.drugsListed,
  drug.diagnosisFits,
  drug.drugCount,
  drug.drugUsedBefore,
  drug.reasonAmong,
  drug.assessmentAmong,
  physician.physicianCount,
  physician.physiciansFiled,
  held.noneHeld,
  held.oneHeld,
  held.choiceKept,
  held.treatedHere,
]

/** Every condition that a workflow can apply, by name. */
export const CHECKS: ReadonlyMap<string, Check> = new Map(ALL.map((check) => [check.name, check]))
