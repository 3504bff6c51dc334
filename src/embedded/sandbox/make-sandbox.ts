import { registerAdmissions } from './admissions.ts'
import { makeInstitutions, registerInstitutions } from './institutions.ts'
import { nameDrugs, registerDrugs } from './medicines.ts'
import { makePersons, registerPersons } from './persons.ts'
import { makePractitioners, registerPractitioners } from './practitioners.ts'
import { readReference, type SandboxReference } from './reference-data.ts'
import { settingOf } from './setting.ts'
import { makeClients, makeStock } from './stock-and-clients.ts'
import type { SandboxOptions, SandboxRegion, SandboxWorld } from './world.ts'

/**
 * Makes the sandbox of a region: real drugs, codes, prices and diagnoses; institutions and persons made up and
 * marked as samples (样例).
 *
 * Deterministic: the same region, day and seed give the same world. A region that the sandbox does not know gets
 * the generic set, so that a policy file alone is enough.
 *
 * @param reference the shipped rows; read from the files when absent
 */
export function makeSandbox(
  region: SandboxRegion,
  options: SandboxOptions,
  reference: SandboxReference = readReference(),
): SandboxWorld {
  const setting = settingOf(region, options, reference)
  const institutions = makeInstitutions(setting)
  const practitioners = makePractitioners(setting)
  const persons = makePersons(setting)
  const cast = {
    ...institutions,
    ...practitioners,
    ...persons,
    ...nameDrugs(setting),
    hospital: institutions[setting.persona.hospital],
    physician: practitioners[setting.persona.physician],
    person: persons[setting.persona.person],
  }
  return {
    regionCode: region.regionCode,
    name: region.name,
    today: options.today,
    seed: options.seed,
    entries: [
      ...registerInstitutions(setting, institutions),
      ...registerPractitioners(setting, practitioners, cast),
      ...registerPersons(setting, persons),
      ...registerDrugs(setting),
      ...registerAdmissions(setting, persons, cast, cast, cast),
    ],
    stock: makeStock(setting, cast),
    clients: makeClients(setting, cast),
    cast,
    diagnoses: reference.diagnoses,
  }
}
