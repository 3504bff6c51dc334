import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { CivilDay } from '../../domain/primitives/civil-day.ts'
import { fenToJson, parseYuan } from '../../domain/primitives/money.ts'
import type { Drug, PaymentStandard } from '../../domain/registers.ts'
import { PACKAGE_ROOT } from '../../package-root.ts'

/** A drug as shipped, with what the register does not hold. */
export interface ReferenceDrug {
  readonly drug: Drug
  /** `full`: a national code; `completed`: its first twelve characters are; `sample`: made up. */
  readonly codeStatus: 'full' | 'completed' | 'sample'
  readonly agreement?: { readonly start: CivilDay; readonly end: CivilDay }
}

export interface ReferenceStandard {
  readonly standard: PaymentStandard & { readonly drugCode: string }
  readonly validFrom: CivilDay
  readonly validTo?: CivilDay
}

/** A drug's place in a list; region `*` serves every region that has no rows of its own for that list. */
export interface ReferenceListing {
  readonly regionCode: string
  readonly listId: string
  readonly drugCode: string
  readonly class?: string
}

export interface ReferenceCounty {
  readonly name: string
  /** Degrees; absent for counties without a known centre. */
  readonly longitude?: number
  readonly latitude?: number
}

export interface ReferenceDiagnosis {
  readonly code: string
  readonly name: string
}

/** The real rows that the sandbox stands on, from the folder `sandbox/`. */
export interface SandboxReference {
  readonly drugs: ReadonlyMap<string, ReferenceDrug>
  readonly standards: ReadonlyMap<string, ReferenceStandard>
  readonly listings: readonly ReferenceListing[]
  readonly counties: ReadonlyMap<string, ReferenceCounty>
  readonly diagnoses: readonly ReferenceDiagnosis[]
}

const SHIPPED = new URL('sandbox/', PACKAGE_ROOT)

/**
 * Reads the shipped files.
 *
 * @throws Error when a file is missing
 * @throws CsvError when a row is malformed
 */
export function readReference(folder: URL = SHIPPED): SandboxReference {
  const rows = (file: string): Record<string, string>[] =>
    parse(readFileSync(new URL(file, folder), 'utf8'), { columns: true, bom: true })
  return {
    drugs: new Map(rows('drugs.csv').map((row) => [row['drug_code']!, drugOf(row)])),
    standards: new Map(rows('payment-standards.csv').map((row) => [row['drug_code']!, standardOf(row)])),
    listings: rows('drug-lists.csv').map((row) => ({
      regionCode: row['region_code']!,
      listId: row['list_id']!,
      drugCode: row['drug_code']!,
      ...(row['class'] && { class: row['class'] }),
    })),
    counties: new Map(
      rows('counties.csv').map((row) => [
        row['county_code']!,
        {
          name: row['name']!,
          ...(row['longitude'] && { longitude: Number(row['longitude']), latitude: Number(row['latitude']) }),
        },
      ]),
    ),
    diagnoses: rows('diagnoses.csv').map((row) => ({ code: row['icd_code']!, name: row['icd_name']! })),
  }
}

function drugOf(row: Record<string, string>): ReferenceDrug {
  const yes = (column: string) => row[column] === 'Y'
  return {
    codeStatus: row['code_status'] as ReferenceDrug['codeStatus'],
    ...(row['agreement_end'] && { agreement: { start: row['agreement_start']!, end: row['agreement_end'] } }),
    drug: {
      drugCode: row['drug_code']!,
      genericName: row['generic_name']!,
      form: row['form']!,
      specification: row['specification']!,
      unit: row['unit']!,
      medicineClass: row['medicine_class'] as Drug['medicineClass'],
      negotiated: yes('negotiated'),
      atcClass: row['atc_class']!,
      ingredient: row['ingredient']!,
      ...(row['special'] && { special: row['special'] as NonNullable<Drug['special']> }),
      ...(yes('cold_chain') && { coldChain: true }),
      ...(yes('injectable') && { injectable: true }),
      ...(row['restriction'] && { restriction: row['restriction'] }),
      ...(row['restricted_icd'] && { restrictedIcd: row['restricted_icd'].split(';') }),
      ...(row['max_days'] && { maxDays: Number(row['max_days']) }),
      ...(yes('essential') && { essential: true }),
      ...(yes('consistency_evaluated') && { consistencyEvaluated: true }),
      ...(yes('centrally_procured') && { centrallyProcured: true }),
      ...(yes('gene_test_required') && { geneTestRequired: true }),
      ...(row['pack_size'] && { packSize: Number(row['pack_size']) }),
    },
  }
}

function standardOf(row: Record<string, string>): ReferenceStandard {
  return {
    standard: {
      drugCode: row['drug_code']!,
      fen: fenToJson(parseYuan(row['price_yuan']!)),
      confidential: row['confidential'] === 'Y',
      basis: row['basis'] as PaymentStandard['basis'],
      ...(row['status'] === 'sample' && { sample: true }),
    },
    validFrom: row['valid_from']!,
    ...(row['valid_to'] && { validTo: row['valid_to'] }),
  }
}
