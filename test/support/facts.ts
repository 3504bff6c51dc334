import type {
  DrugFacts,
  Facts,
  InstitutionFacts,
  PersonFacts,
  PractitionerFacts,
  PrescriptionFacts,
  PrescriptionLineFacts,
  Step,
  SupplyFacts,
} from '../../src/domain/facts.ts'
import { addDays, dayOf } from '../../src/domain/primitives/civil-day.ts'
import type { Drug } from '../../src/domain/registers.ts'

/** Codes of the sample world. */
export const HOSPITAL = 'H44140200001'
export const PHARMACY = 'P44140200001'
export const PHYSICIAN = 'D441402000001'
const PHARMACIST = 'Y441402000001'
export const PERSON = '44140000000000000001'
export const DRUG = 'XL01EBS001A010010100001'
export const OTHER_DRUG = 'XL01XCT002B001010100002'

const SINCE = '2015-01-01'

/** What a test wants to differ from the valid default. Every part may be replaced or removed (null). */
export interface Wish {
  readonly now?: string
  readonly issuedAt?: string
  readonly prescription?: Partial<PrescriptionFacts>
  readonly line?: Partial<PrescriptionLineFacts>
  readonly lines?: readonly PrescriptionLineFacts[]
  readonly hospital?: Partial<InstitutionFacts> | null
  readonly pharmacy?: Partial<InstitutionFacts> | null
  readonly physician?: Partial<PractitionerFacts> | null
  readonly pharmacist?: Partial<PractitionerFacts> | null
  readonly person?: Partial<PersonFacts> | null
  readonly drug?: Partial<DrugFacts> | null
  readonly drugs?: Readonly<Record<string, DrugFacts>>
  readonly history?: readonly SupplyFacts[]
  readonly facts?: Partial<Facts>
}

/** Lists, designations, scheme and qualifications with which a prescription passes in each region. */
interface RegionSetting {
  readonly list: string
  readonly listClass?: string
  readonly hospitalKinds: readonly string[]
  readonly pharmacyKinds: readonly string[]
  /** The hospital that prescribes supplies as well. */
  readonly supplies?: 'hospital'
  readonly level: 'tertiary' | 'secondary'
  readonly scheme: 'employee' | 'resident'
  readonly diagnosis: string
  readonly qualifications: readonly string[]
  readonly signers: readonly Facts['signers'][number]['purpose'][]
  readonly day: string
}

export const REGIONS: Readonly<Record<string, RegionSetting>> = {
  '441400': {
    list: 'dual-channel',
    hospitalKinds: ['dual-channel'],
    pharmacyKinds: ['dual-channel'],
    level: 'tertiary',
    scheme: 'employee',
    diagnosis: 'C34.900',
    qualifications: [],
    signers: ['physician', 'hospital-seal'],
    day: '2025-11-20',
  },
  '500000': {
    list: 'outpatient-security',
    hospitalKinds: ['special-drug'],
    pharmacyKinds: ['special-drug'],
    level: 'tertiary',
    scheme: 'resident',
    diagnosis: 'C34.900',
    qualifications: ['drug'],
    signers: ['physician', 'hospital-seal'],
    day: '2025-11-20',
  },
  '140000': {
    list: 'negotiated',
    hospitalKinds: ['special-drug'],
    pharmacyKinds: ['special-drug'],
    level: 'tertiary',
    scheme: 'employee',
    diagnosis: 'C34.900',
    qualifications: ['drug', 'hospital-choice'],
    signers: ['physician', 'hospital-seal', 'insurance-office'],
    day: '2025-11-20',
  },
  '510600': {
    list: 'negotiated',
    listClass: 'single-payment',
    hospitalKinds: ['treating', 'assessing'],
    pharmacyKinds: ['supplying'],
    level: 'tertiary',
    scheme: 'resident',
    diagnosis: 'C34.900',
    qualifications: ['drug'],
    signers: ['physician', 'hospital-seal'],
    day: '2025-11-20',
  },
  '210400': {
    list: 'two-disease',
    hospitalKinds: ['two-disease'],
    pharmacyKinds: ['two-disease'],
    supplies: 'hospital',
    level: 'secondary',
    scheme: 'resident',
    diagnosis: 'I10.x00',
    qualifications: ['two-disease', 'hospital-choice'],
    signers: ['physician', 'hospital-seal'],
    day: '2025-11-20',
  },
}

/** A prescribed line that passes everywhere. */
export function aLine(issuedOn: string, wish: Partial<PrescriptionLineFacts> = {}): PrescriptionLineFacts {
  return {
    lineNo: 1,
    drugCode: DRUG,
    genericName: '样例药片',
    quantity: '30',
    unit: '片',
    days: 15,
    startsOn: issuedOn,
    endsOn: addDays(issuedOn, 14),
    restrictedScopeConfirmed: true,
    ...wish,
  }
}

/** A registered drug that passes everywhere where it is on the list. */
export function aDrug(list: string, wish: Partial<DrugFacts> = {}, listClass?: string): DrugFacts {
  const listing = { listId: list, drugCode: wish.drugCode ?? DRUG, validFrom: SINCE }
  return {
    ...plainDrug,
    lists: [listClass === undefined ? listing : { ...listing, class: listClass }],
    paymentStandards: [
      { drugCode: DRUG, fen: 1000, confidential: false, basis: 'negotiated', validFrom: SINCE },
      { drugCode: DRUG, fen: 1000, confidential: false, basis: 'procured', validFrom: SINCE },
    ],
    ...wish,
  }
}

/** The register's entry of a drug without lists and prices. */
export const plainDrug: Drug = {
  drugCode: DRUG,
  genericName: '样例药片',
  form: '片剂',
  specification: '10mg',
  unit: '片',
  medicineClass: 'A',
  negotiated: true,
  atcClass: 'XL01EB',
  ingredient: '样例成分',
  restriction: '限样例疾病',
  restrictedIcd: ['C34', 'I10'],
  essential: true,
  consistencyEvaluated: true,
  centrallyProcured: true,
}

/** A supply in the person's history, of the same ingredient as the default drug. */
export function aSupply(wish: Partial<SupplyFacts> = {}): SupplyFacts {
  return {
    prescriptionNo: '4414002025100100000001',
    drugCode: DRUG,
    ingredient: plainDrug.ingredient,
    issuedOn: '2025-10-01',
    startsOn: '2025-10-01',
    endsOn: '2025-10-15',
    state: 'dispensed',
    hospitalId: HOSPITAL,
    negotiated: true,
    diagnoses: ['C34.900'],
    ...wish,
  }
}

/** Facts with which every rule of the region is satisfied, but for what the wish changes. */
export function someFacts(region: string, step: Step, wish: Wish = {}): Facts {
  const setting = REGIONS[region]!
  const issuedAt = wish.issuedAt ?? `${setting.day}T02:00:00.000Z`
  const now = wish.now ?? new Date(Date.parse(issuedAt) + 60_000).toISOString()
  const issuedOn = dayOf(new Date(issuedAt))
  const line = aLine(issuedOn, wish.line)
  const hospital: InstitutionFacts = {
    ...anInstitution(HOSPITAL, setting.hospitalKinds),
    kind: 'hospital',
    level: setting.level,
    geneTesting: true,
  }
  const physician: PractitionerFacts = {
    ...aPractitioner(PHYSICIAN, 'physician'),
    title: 'associate-chief',
    filings: ['responsible-physician', 'assessor'].map((role) => ({
      practitionerId: PHYSICIAN,
      institutionId: HOSPITAL,
      role: role as 'assessor',
      diseases: ['C34', 'I10'],
      publishedOn: SINCE,
      validFrom: SINCE,
    })),
  }
  const pharmacist: PractitionerFacts = {
    ...aPractitioner(PHARMACIST, 'pharmacist'),
    filings: [
      {
        practitionerId: PHARMACIST,
        institutionId: setting.supplies === 'hospital' ? HOSPITAL : PHARMACY,
        role: 'pharmacist',
        diseases: [],
        validFrom: SINCE,
      },
    ],
  }
  const person: PersonFacts = {
    personId: PERSON,
    birthDate: '1960-01-01',
    sex: 'female',
    scheme: setting.scheme,
    standing: 'active',
    assistance: 'none',
    insuredRegion: region,
    countyCode: '441402',
    qualifications: setting.qualifications.map((kind) => ({
      personId: PERSON,
      kind,
      validFrom: addDays(issuedOn, -30),
      hospitalId: HOSPITAL,
      ...(kind === 'hospital-choice'
        ? {}
        : {
            ...(kind === 'drug' ? { drugCodes: [DRUG], supplierId: PHARMACY } : {}),
            assessingHospitalId: HOSPITAL,
            physicianIds: [PHYSICIAN],
            regimen: '样例方案',
            documentNo: 'S-1',
            diagnoses: ['C34', 'I10'],
          }),
    })),
    sanctions: [],
  }
  return {
    step,
    now,
    today: dayOf(new Date(now)),
    regionCode: region,
    prescription: {
      issuedAt,
      issuedOn,
      receivedAt: new Date(Date.parse(issuedAt) + 30_000).toISOString(),
      type: 'western',
      setting: 'outpatient',
      longTerm: false,
      hospitalId: HOSPITAL,
      physicianId: PHYSICIAN,
      personId: PERSON,
      diagnoses: [{ code: setting.diagnosis, name: '样例疾病' }],
      lines: wish.lines ?? [line],
      ...wish.prescription,
    },
    signers: setting.signers.map((purpose) => ({
      purpose,
      institutionId: HOSPITAL,
      signedAt: issuedAt,
      ...(purpose === 'physician' ? { practitionerId: PHYSICIAN } : {}),
    })),
    ...part('hospital', hospital, wish.hospital),
    ...part('physician', physician, wish.physician),
    ...part('person', person, wish.person),
    patientMatches: true,
    drugs:
      wish.drugs ?? (wish.drug === null ? {} : { [DRUG]: aDrug(setting.list, wish.drug, setting.listClass) }),
    history: wish.history ?? [],
    ...part(
      'pharmacy',
      setting.supplies === 'hospital'
        ? hospital
        : ({ ...anInstitution(PHARMACY, setting.pharmacyKinds), kind: 'pharmacy' } as InstitutionFacts),
      wish.pharmacy,
    ),
    ...part('pharmacist', pharmacist, wish.pharmacist),
    supply: [
      {
        lineNo: 1,
        drugCode: line.drugCode,
        quantity: line.quantity,
        unitPriceFen: 1000,
        batchNo: 'B1',
        expiresOn: '2099-12-31',
        traceCodes: ['81000000000000000001'],
      },
    ],
    buyer: {
      relation: 'patient',
      identityChecked: true,
      papers: ['insurance-card', 'handbook', 'identity-card'],
      receiptSigned: true,
    },
    delivery: { way: 'hospital', feeFen: 0, coldChain: 'ice-pack', adviceGiven: true },
    statement: { signed: true },
    papersIssued: ['receipt', 'fee-list', 'fee-seal'],
    ...wish.facts,
  }
}

function part<Name extends string, T>(
  name: Name,
  value: T,
  wish: Partial<T> | null | undefined,
): { [K in Name]?: T } {
  return wish === null ? {} : ({ [name]: { ...value, ...wish } } as { [K in Name]?: T })
}

function anInstitution(institutionId: string, kinds: readonly string[]) {
  return {
    institutionId,
    name: '样例机构',
    ownership: 'public' as const,
    countyCode: '441402',
    address: '样例路1号',
    phone: '000',
    designations: kinds.map((kind) => ({
      institutionId,
      kind,
      agreementNo: 'A-1',
      basis: 'by-right' as const,
      validFrom: SINCE,
    })),
    sanctions: [],
  }
}

function aPractitioner(practitionerId: string, kind: 'physician' | 'pharmacist') {
  return {
    practitionerId,
    kind,
    name: '样例人员',
    licenceNo: 'L-1',
    licenceValidTo: '2099-12-31',
    sanctions: [],
  }
}
