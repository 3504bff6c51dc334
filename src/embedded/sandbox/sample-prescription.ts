import type { PrescriptionDocument } from '../../../schemas/prescription-document.ts'
import { addDays, dayOf } from '../../domain/primitives/civil-day.ts'
import { formatQuantity, ONE } from '../../domain/primitives/quantity.ts'
import type { Drug, Institution, Person, Practitioner } from '../../domain/registers.ts'
import { DEPARTMENT } from './institutions.ts'
import type { ReferenceDiagnosis } from './reference-data.ts'
import type { SandboxWorld } from './world.ts'

/** What differs from the region's ordinary prescription. */
export interface PrescriptionChoice {
  readonly hospital?: Institution
  readonly physician?: Practitioner
  readonly person?: Person
  /** One line each. */
  readonly drugs?: readonly Drug[]
  readonly diagnoses?: readonly ReferenceDiagnosis[]
  /** 08:30 of the world's day when absent. */
  readonly issuedAt?: Date
  readonly hospitalPrescriptionNo?: string
  /** Days of use; 14, or what the drug's restriction allows. */
  readonly days?: number
  /** Whole units for each line; one unit a day when absent. */
  readonly quantity?: number
  /** Units taken once a day; as much as uses up the quantity when absent. */
  readonly dose?: string
  /** Replaces whole members of the document. */
  readonly document?: Partial<PrescriptionDocument>
}

/** Fourteen days fit the courses that restrictions state, except the shortest. */
const ORDINARY_DAYS = 14

/**
 * A prescription document that the region's rules accept when nothing is chosen otherwise: the cast's hospital,
 * physician and patient, a real drug, and a diagnosis within that drug's restricted scope.
 */
export function samplePrescription(
  world: SandboxWorld,
  choice: PrescriptionChoice = {},
): PrescriptionDocument {
  const { cast } = world
  const hospital = choice.hospital ?? cast.hospital
  const physician = choice.physician ?? cast.physician
  const person = choice.person ?? cast.person
  const drugs = choice.drugs ?? [cast.drug]
  const issuedAt = choice.issuedAt ?? new Date(`${world.today}T08:30:00+08:00`)
  const issuedOn = dayOf(issuedAt)
  const diagnoses = choice.diagnoses ?? [
    ...new Map(drugs.map((drug) => diagnosisFor(world, drug)).map((it) => [it.code, it])).values(),
  ]
  return {
    version: '1.0',
    regionCode: world.regionCode,
    hospitalPrescriptionNo: choice.hospitalPrescriptionNo ?? `SAMPLE-${issuedAt.getTime()}`,
    issuedAt: issuedAt.toISOString(),
    type: drugs.every((drug) => drug.drugCode.startsWith('Z')) ? 'patent' : 'western',
    category: drugs.every((drug) => drug.drugCode.startsWith('Z')) ? '10' : '1',
    setting: 'outpatient',
    channel: hospital.kind === 'internet-hospital' ? 'internet' : 'institution',
    circulation: 'dual-channel',
    visit: {
      visitId: `SAMPLE${issuedAt.getTime()}`,
      departmentCode: DEPARTMENT.code,
      departmentName: DEPARTMENT.name,
      visitedAt: new Date(issuedAt.getTime() - 10 * 60_000).toISOString(),
      recordNo: `S${person.personId.slice(-6)}`,
      medicalType: choice.document?.setting === 'inpatient' ? '21' : '11',
      isSpecialDisease: person.specialDisease === true,
    },
    patient: {
      personId: person.personId,
      name: person.name,
      idType: 'resident-id',
      idNumber: person.idNumber,
      sex: person.sex,
      birthDate: person.birthDate,
      insuredRegion: person.insuredRegion,
    },
    hospital: { institutionId: hospital.institutionId, name: hospital.name },
    physician: { practitionerId: physician.practitionerId, name: physician.name },
    diagnoses: diagnoses.map(({ code, name }, index) => ({ code, name, primary: index === 0 })),
    lines: drugs.map((drug, index) => lineOf(drug, index + 1, issuedOn, choice)),
    ...(choice.document?.setting === 'inpatient'
      ? { outsidePurchase: { reasonCode: 'not-stocked' as const } }
      : {}),
    ...choice.document,
  }
}

function lineOf(
  drug: Drug,
  lineNo: number,
  startsOn: string,
  choice: PrescriptionChoice,
): PrescriptionDocument['lines'][number] {
  const days = choice.days ?? Math.min(ORDINARY_DAYS, drug.maxDays ?? ORDINARY_DAYS)
  return {
    lineNo,
    drugCode: drug.drugCode,
    genericName: drug.genericName,
    form: drug.form,
    specification: drug.specification,
    quantity: String(choice.quantity ?? days),
    unit: drug.unit,
    days,
    dose: { amount: choice.dose ?? doseOf(choice.quantity ?? days, days), unit: drug.unit },
    route: drug.injectable === true ? { code: '4', name: '注射给药' } : { code: '1', name: '口服' },
    frequency: { code: '11', name: 'qd' },
    startsOn,
    endsOn: addDays(startsOn, days - 1),
    restrictedScopeConfirmed: true,
  }
}

/** What uses up a quantity in so many days, rounded up. */
function doseOf(quantity: number, days: number): string {
  const [whole, rest] = [BigInt(quantity) * ONE, BigInt(days)]
  return formatQuantity((whole + rest - 1n) / rest)
}

/**
 * A diagnosis within the drug's restricted scope; for a drug without one, the disease that the cast's physician
 * treats.
 *
 * @throws RangeError when no shipped diagnosis fits
 */
function diagnosisFor(world: SandboxWorld, drug: Drug): ReferenceDiagnosis {
  const prefixes = drug.restrictedIcd ?? world.cast.drug.restrictedIcd ?? []
  // "Unspecified" (.9, .x00) first: it is the plain name of the disease.
  const plain = (code: string) => /^\w\d\d\.(9|x)/.test(code)
  const fitting = world.diagnoses.filter(({ code }) => prefixes.some((prefix) => code.startsWith(prefix)))
  const found = fitting.find(({ code }) => plain(code)) ?? fitting[0]
  if (found === undefined) throw new RangeError(`no diagnosis for ${drug.drugCode}`)
  return found
}
