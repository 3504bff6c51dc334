import type { CivilDay } from '../../domain/primitives/civil-day.ts'
import type { RegisterSnapshot } from '../../storage/register-cache.ts'

/** What a pharmacy needs to know of a drug to find it on the shelf. */
export interface DrugView {
  readonly genericName?: string
  readonly form?: string
  readonly specification?: string
  readonly coldChain?: boolean
}

/** Empty when the register has lost the drug. */
export function drugView(snapshot: RegisterSnapshot, drugCode: string, day: CivilDay): DrugView {
  const drug = snapshot.find('drug', drugCode, day)
  if (drug === undefined) return {}
  return {
    genericName: drug.genericName,
    form: drug.form,
    specification: drug.specification,
    ...(drug.coldChain === true ? { coldChain: true } : {}),
  }
}

/** Whom to call about a prescription. */
export interface HospitalView {
  readonly institutionId: string
  readonly name?: string
  readonly phone?: string
}

/** The hospital by the register of the day; its code alone when the register has lost it. */
export function hospitalView(snapshot: RegisterSnapshot, institutionId: string, day: CivilDay): HospitalView {
  const hospital = snapshot.find('institution', institutionId, day)
  return hospital === undefined
    ? { institutionId }
    : { institutionId, name: hospital.name, phone: hospital.phone }
}
