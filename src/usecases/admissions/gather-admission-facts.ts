import type { InstitutionFacts, PractitionerFacts } from '../../domain/facts.ts'
import {
  drugFactsOf,
  institutionFactsOf,
  personEntriesOf,
  practitionerFactsOf,
} from '../../domain/prescription-facts.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import type { Actor, AdmissionFacts, Application } from '../../domain/workflows/application.ts'
import { qualificationsOf } from '../../storage/admissions/register-lock.ts'
import type { Queryable } from '../../storage/database.ts'
import { readPerson } from '../../storage/prescription/facts.ts'
import type { RegisterSnapshot } from '../../storage/register-cache.ts'
import type { Deps } from '../deps.ts'
import { historyStart } from '../gather-facts.ts'

/** What the checks of an application may ask about, as the registers have it now. No names get in. */
export async function gatherAdmissionFacts(
  deps: Pick<Deps, 'registers'>,
  db: Queryable,
  regionCode: string,
  application: Application,
  actor: Actor | undefined,
  now: Date,
): Promise<AdmissionFacts> {
  const today = dayOf(now)
  const snapshot = await deps.registers.latest(db, regionCode)
  const { subject, fields, applicantId } = application
  const places = [applicantId, actor?.institutionId, fields.hospitalId, fields.supplierId]
  const physicians = [...(fields.physicianIds ?? []), actor?.physicianId]
  const institutionIds = subject.kind === 'institution' ? [...places, subject.id] : places
  const isPerson = subject.kind === 'person'
  const record = isPerson ? await readPerson(db, regionCode, subject.id, historyStart(now), dayOf) : undefined
  const person = record === undefined ? undefined : personEntriesOf(record.entries, today).facts
  return {
    today,
    regionCode,
    ...(person === undefined ? {} : { person }),
    qualifications: isPerson ? await qualificationsOf(db, regionCode, subject.id) : [],
    institutions: known<InstitutionFacts>(institutionIds, (id) => institutionFactsOf(snapshot, id, today)),
    physicians: known<PractitionerFacts>(physicians, (id) => practitionerFactsOf(snapshot, id, today)),
    drugs: drugFactsOf(snapshot, fields.drugCodes ?? [], today),
    designated: isPerson ? [] : designatedOn(snapshot, today),
    suppliedDrugs: (record?.history ?? [])
      .filter(({ timed, handedOver }) => timed.state === 'dispensed' || handedOver.length > 0)
      .map(({ drugCode }) => drugCode),
  }
}

function known<Value>(
  ids: readonly (string | undefined)[],
  read: (id: string) => Value | undefined,
): Record<string, Value> {
  const found: Record<string, Value> = {}
  for (const id of new Set(ids.filter((id) => id !== undefined))) {
    const value = read(id)
    if (value !== undefined) found[id] = value
  }
  return found
}

function designatedOn(snapshot: RegisterSnapshot, today: string): AdmissionFacts['designated'] {
  return snapshot.all('designation', today).flatMap(({ institutionId, kind, basis }) => {
    const place = snapshot.find('institution', institutionId, today)
    return place === undefined
      ? []
      : [{ institutionId, kind, basis, institutionKind: place.kind, countyCode: place.countyCode }]
  })
}
