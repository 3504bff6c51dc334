import { type Drug, productStandardKey, type RegisterEntry } from '../../domain/registers.ts'
import { NAMED_DRUGS } from './personas.ts'
import type { ReferenceListing } from './reference-data.ts'
import { entry, type SandboxSetting } from './setting.ts'

/**
 * The drug that a code names.
 *
 * @throws RangeError for a code that is not shipped
 */
export function drugOf(setting: SandboxSetting, drugCode: string): Drug {
  const found = setting.reference.drugs.get(drugCode)
  if (found === undefined) throw new RangeError(`no such drug in the sandbox: ${drugCode}`)
  return found.drug
}

/** The drugs that the cast names. */
export function nameDrugs(setting: SandboxSetting) {
  const named = Object.entries(NAMED_DRUGS).map(([part, code]) => [part, drugOf(setting, code)])
  return {
    drug: drugOf(setting, setting.persona.drugCode),
    ...(Object.fromEntries(named) as Record<keyof typeof NAMED_DRUGS, Drug>),
  }
}

/** The register entries of drugs, payment standards, lists and diagnoses. */
export function registerDrugs(setting: SandboxSetting): RegisterEntry[] {
  const { drugs, standards } = setting.reference
  return [
    ...[...drugs.values()].map(({ drug }) => entry('drug', drug.drugCode, drug, setting.longAgo)),
    ...[...standards.values()].map(({ standard, validFrom, validTo }) =>
      entry(
        'payment-standard',
        productStandardKey(standard.drugCode, standard.basis),
        standard,
        validFrom,
        validTo,
      ),
    ),
    ...listingsOf(setting).map((listing) => list(setting, listing)),
    ...setting.reference.diagnoses.map((it) => entry('diagnosis', it.code, it, setting.longAgo)),
  ]
}

/** The region's own lists, and the general ones for the lists of which it has none. */
export function listingsOf(setting: SandboxSetting): ReferenceListing[] {
  const all = setting.reference.listings
  const own = all.filter((listing) => listing.regionCode === setting.region.regionCode)
  const ownLists = new Set(own.map((listing) => listing.listId))
  return [...own, ...all.filter((listing) => listing.regionCode === '*' && !ownLists.has(listing.listId))]
}

/** Open-ended even when the agreement ends: that a listing rests on an agreement is for a rule to judge. */
function list(setting: SandboxSetting, listing: ReferenceListing): RegisterEntry {
  const { listId, drugCode } = listing
  const agreement = setting.reference.drugs.get(drugCode)?.agreement
  return entry(
    'drug-list',
    `${listId}:${drugCode}`,
    {
      listId,
      drugCode,
      ...(agreement !== undefined && { agreementEnd: agreement.end }),
      ...(listing.class !== undefined && { class: listing.class }),
    },
    agreement?.start ?? setting.longAgo,
  )
}
