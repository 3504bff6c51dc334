import type { PrescriptionDocument } from '../../schemas/prescription-document.ts'
import type {
  Dated,
  DrugFacts,
  EquivalentFacts,
  Facts,
  InstitutionFacts,
  PatientMember,
  PersonFacts,
  PractitionerFacts,
  PrescriptionFacts,
} from './facts.ts'
import { inForce } from './facts.ts'
import { type CivilDay, dayOf } from './primitives/civil-day.ts'
import { isSameIdNumber } from './primitives/folded-id-number.ts'
import { isSameName } from './primitives/folded-name.ts'
import type {
  Designation,
  Drug,
  Filing,
  GenericProduct,
  Person,
  RegisterEntry,
  RegisterName,
  Registers,
  Sanction,
} from './registers.ts'
import { frequencyOf, frequencyOfCode } from './times-a-day.ts'

/**
 * What the rules see of a signed document: no name, number or free text.
 *
 * @param stored what the hub knows of it once it is stored
 */
export function prescriptionFactsOf(
  document: PrescriptionDocument,
  receivedAt: Date,
  stored: {
    readonly prescriptionNo?: string
    readonly origin?: 'paper' | 'national'
    readonly expiresAt?: Date
    readonly remaining?: ReadonlyMap<number, string>
  } = {},
): PrescriptionFacts {
  const issuedAt = new Date(document.issuedAt)
  return {
    ...(stored.prescriptionNo === undefined ? {} : { prescriptionNo: stored.prescriptionNo }),
    ...(stored.origin === undefined ? {} : { origin: stored.origin }),
    ...(stored.expiresAt === undefined ? {} : { expiresAt: stored.expiresAt.toISOString() }),
    issuedAt: issuedAt.toISOString(),
    issuedOn: dayOf(issuedAt),
    receivedAt: receivedAt.toISOString(),
    type: document.type,
    setting: document.setting,
    ...(document.selfPay === undefined ? {} : { selfPay: document.selfPay }),
    ...(document.outsidePurchase === undefined
      ? {}
      : {
          outsidePurchase: {
            reasonCode: document.outsidePurchase.reasonCode,
            hasStatement: document.outsidePurchase.statement !== undefined,
          },
        }),
    longTerm: document.longTerm ?? false,
    hospitalId: document.hospital.institutionId,
    physicianId: document.physician.practitionerId,
    personId: document.patient.personId,
    diagnoses: document.diagnoses.map(({ code, name }) => ({ code, name })),
    lines: document.lines.map((line) => {
      const remaining = stored.remaining?.get(line.lineNo)
      const frequency = frequencyOf(line.frequency.name) ?? frequencyOfCode(line.frequency.code)
      return {
        lineNo: line.lineNo,
        drugCode: line.drugCode,
        genericName: line.genericName,
        form: line.form,
        specification: line.specification,
        quantity: line.quantity,
        unit: line.unit,
        days: line.days,
        startsOn: line.startsOn,
        endsOn: line.endsOn,
        restrictedScopeConfirmed: line.restrictedScopeConfirmed,
        dose: { amount: line.dose.amount, unit: line.dose.unit },
        ...(frequency === undefined ? {} : { frequency }),
        ...(remaining === undefined ? {} : { remaining }),
      }
    }),
  }
}

/** The registers as the rules look things up in them; the storage room keeps them in memory. */
export interface RegisterView {
  find<Name extends keyof Registers>(
    register: Name,
    key: string,
    day: CivilDay,
  ): Dated<Registers[Name]> | undefined
  /** All periods of the entries about a subject; of drugs, all that have this ingredient; of diagnoses, this folded name. */
  about<Name extends keyof Registers>(register: Name, subject: string): readonly Dated<Registers[Name]>[]
}

/** An institution with its designations and sanctions of all periods; undefined when no register knows it that day. */
export function institutionFactsOf(
  view: RegisterView,
  id: string,
  day: CivilDay,
): InstitutionFacts | undefined {
  const institution = view.find('institution', id, day)
  if (institution === undefined) return undefined
  const {
    name: _name,
    address: _address,
    phone: _phone,
    longitude: _lon,
    latitude: _lat,
    openingHours: _open,
    departments: _departments,
    ...judged
  } = withoutPeriod(institution)
  return {
    ...judged,
    designations: view.about('designation', id) as Dated<Designation>[],
    sanctions: view.about('sanction', id) as Dated<Sanction>[],
  }
}

/** A practitioner with filings and sanctions of all periods; the name stays behind. */
export function practitionerFactsOf(
  view: RegisterView,
  id: string,
  day: CivilDay,
): PractitionerFacts | undefined {
  const practitioner = view.find('practitioner', id, day)
  if (practitioner === undefined) return undefined
  const { name: _name, ...judged } = withoutPeriod(practitioner)
  return {
    ...judged,
    filings: view.about('filing', id) as Dated<Filing>[],
    sanctions: view.about('sanction', id) as Dated<Sanction>[],
  }
}

/** The drugs of a prescription with lists and prices of all periods; unknown codes are left out. */
export function drugFactsOf(
  view: RegisterView,
  codes: readonly string[],
  day: CivilDay,
): Record<string, DrugFacts> {
  const drugs: Record<string, DrugFacts> = {}
  for (const code of codes) {
    const drug = view.find('drug', code, day)
    if (drug === undefined) continue
    const equivalents = equivalentsOf(view, drug, day)
    drugs[code] = {
      ...withoutPeriod(drug),
      ...(equivalents.length === 0 ? {} : { equivalents }),
      lists: view.about('drug-list', code),
      paymentStandards: [
        ...view.about('payment-standard', code),
        ...view
          .about('payment-standard', drug.genericName)
          .filter(({ generic }) => generic !== undefined && isOfGeneric(drug, generic)),
      ],
    }
  }
  return drugs
}

/** Whether a standard of a generic name is that of this product. @see FS-3.5b */
function isOfGeneric(drug: Drug, generic: GenericProduct): boolean {
  return (
    generic.genericName === drug.genericName &&
    (generic.form === undefined || generic.form === drug.form) &&
    (generic.specification === undefined || generic.specification === drug.specification)
  )
}

/** In the order of their codes, so that the same registers always give the same facts. */
function equivalentsOf(view: RegisterView, drug: Drug, day: CivilDay): EquivalentFacts[] {
  return inForce(view.about('drug', drug.ingredient), day)
    .filter((other) => other.drugCode !== drug.drugCode && other.form === drug.form && isBetter(other, drug))
    .map(({ drugCode, genericName, medicineClass, essential, consistencyEvaluated, centrallyProcured }) => ({
      drugCode,
      genericName,
      medicineClass,
      ...(essential === undefined ? {} : { essential }),
      ...(consistencyEvaluated === undefined ? {} : { consistencyEvaluated }),
      ...(centrallyProcured === undefined ? {} : { centrallyProcured }),
    }))
    .sort((a, b) => (a.drugCode < b.drugCode ? -1 : 1))
}

function isBetter(other: Drug, drug: Drug): boolean {
  return (
    (other.medicineClass === 'A' && drug.medicineClass !== 'A') ||
    (other.essential === true && drug.essential !== true) ||
    (other.consistencyEvaluated === true && drug.consistencyEvaluated !== true) ||
    (other.centrallyProcured === true && drug.centrallyProcured !== true)
  )
}

/** A person's entries split by register, with the personal data apart. */
export interface PersonEntries {
  readonly facts: PersonFacts | undefined
  /** The registered person with name and number: only for comparing, never for storing. */
  readonly registered: Person | undefined
}

/** Reads a person's register entries as of a day. */
export function personEntriesOf(entries: readonly RegisterEntry[], day: CivilDay): PersonEntries {
  const of = <Name extends RegisterName>(register: Name): Dated<Registers[Name]>[] =>
    entries
      .filter((entry): entry is RegisterEntry<Name> => entry.register === register)
      .map(({ data, validFrom, validTo }) => ({
        ...data,
        validFrom,
        ...(validTo === undefined ? {} : { validTo }),
      }))
  const person = inForce(of('person'), day)[0]
  if (person === undefined) return { facts: undefined, registered: undefined }
  const { name: _name, idNumber: _idNumber, phone: _phone, ...open } = withoutPeriod(person)
  const benefits = of('other-benefit')
  return {
    registered: withoutPeriod(person),
    facts: {
      ...open,
      qualifications: of('qualification'),
      ...(benefits.length === 0 ? {} : { benefits }),
      sanctions: of('sanction').filter((sanction) => sanction.subject === 'person'),
    },
  }
}

/**
 * Which members of the patient in a document differ from the registered person: none, when it is that person.
 *
 * Names and numbers are compared by their foldings, so that the spelling of a keyboard stops nobody; a sex that the
 * hospital left unstated agrees with any.
 */
export function patientDifferences(
  { patient }: Pick<PrescriptionDocument, 'patient'>,
  person: Person,
): readonly PatientMember[] {
  const agrees: Readonly<Record<PatientMember, boolean>> = {
    name: isSameName(patient.name, person.name),
    idNumber: isSameIdNumber(patient.idNumber, person.idNumber),
    sex: patient.sex === 'unstated' || patient.sex === person.sex,
    birthDate: patient.birthDate === person.birthDate,
  }
  return (Object.keys(agrees) as PatientMember[]).filter((member) => !agrees[member])
}

/** As facts: whether the document names the registered person, and if not, where it differs. */
export function patientFacts(
  document: Pick<PrescriptionDocument, 'patient'>,
  person: Person,
): Pick<Facts, 'patientMatches' | 'patientDiffers'> {
  const patientDiffers = patientDifferences(document, person)
  return patientDiffers.length === 0 ? { patientMatches: true } : { patientMatches: false, patientDiffers }
}

function withoutPeriod<T extends Dated<object>>(entry: T): Omit<T, keyof Dated<object>> {
  const { validFrom: _from, validTo: _to, ...data } = entry
  return data
}
