import { NHSA_D001 } from './nhsa-mapping.ts'
import { type PrescriptionDocument, prescriptionDocument } from './prescription-document.ts'

/** A made-up prescription with what most prescriptions have. */
export const prescriptionExample: PrescriptionDocument = {
  version: '1.0',
  regionCode: '441400',
  hospitalPrescriptionNo: 'CF20261122-0017',
  issuedAt: '2026-11-22T08:30:00+08:00',
  type: 'western',
  category: '1',
  setting: 'outpatient',
  channel: 'institution',
  circulation: 'dual-channel',
  visit: {
    visitId: 'MZ20261122000017',
    departmentCode: 'A03',
    departmentName: '样例门诊',
    visitedAt: '2026-11-22T08:20:00+08:00',
    recordNo: 'S000001',
    medicalType: '11',
    isSpecialDisease: false,
  },
  patient: {
    personId: '44140000000099000001',
    name: '样例张三',
    idType: 'resident-id',
    idNumber: '994414196602140036',
    sex: 'male',
    birthDate: '1966-02-14',
    insuredRegion: '441400',
  },
  hospital: { institutionId: 'H44140299001', name: '样例梅州市人民医院（三级公立）' },
  physician: { practitionerId: 'D441402990002', name: '样例副主任林医师' },
  diagnoses: [{ code: 'I63.900', name: '脑梗死', primary: true }],
  lines: [
    {
      lineNo: 1,
      drugCode: 'XN07XXD130E002010102774',
      genericName: '丁苯酞软胶囊',
      form: '软胶囊',
      specification: '0.1g/粒',
      quantity: '14',
      unit: '粒',
      days: 14,
      dose: { amount: '1', unit: '粒' },
      route: { code: '1', name: '口服' },
      frequency: { code: '11', name: 'qd' },
      startsOn: '2026-11-22',
      endsOn: '2026-12-05',
      restrictedScopeConfirmed: true,
    },
  ],
}

interface Node {
  readonly description?: string
  readonly properties?: Readonly<Record<string, Node>>
  readonly items?: Node
}

/**
 * The prescription document as it is served: every field that the national interface (D001) has too says which one it
 * is there, and an example stands at the end.
 */
export const servedPrescriptionSchema = {
  ...(withNationalNames(prescriptionDocument as Node, '') as typeof prescriptionDocument),
  $id: 'PrescriptionDocument',
  title: '电子处方文书 · Prescription document',
  description:
    'What the physician signs: JSON in UTF-8, sent in base64 as `document`. Codes come from the lists of `GET /codes`; ' +
    'names, form, specification and unit must be those that the registers keep for their codes.',
  examples: [prescriptionExample],
} as const

function withNationalNames(node: Node, pointer: string): Node {
  const names = NHSA_D001.filter((field) => field.pointer === pointer).map(
    ({ field, chinese }) => `${chinese} (${field})`,
  )
  const description = [node.description, ...names].filter((part) => part !== undefined).join(' · ')
  return {
    ...node,
    ...(description === '' ? {} : { description }),
    ...(node.properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(node.properties).map(([name, member]) => [
              name,
              withNationalNames(member, `${pointer}/${name}`),
            ]),
          ),
        }),
    ...(node.items === undefined ? {} : { items: withNationalNames(node.items, `${pointer}/*`) }),
  }
}
