import { scopesOf } from '../../../schemas/access.ts'
import type { Institution } from '../../domain/registers.ts'
import { listingsOf } from './medicines.ts'
import type { SandboxSetting } from './setting.ts'
import type { SandboxCast, SandboxClient, SandboxStock } from './world.ts'

type Shelf = Pick<
  SandboxCast,
  | 'designatedPharmacy'
  | 'secondPharmacy'
  | 'noStockPharmacy'
  | 'undesignatedPharmacy'
  | 'endedPharmacy'
  | 'unrestrictedDrug'
>

/**
 * What the pharmacies have. All listed drugs at their payment standard, except that the second pharmacy sells
 * one drug a fifth above it (CQ-5.1), and the one without stock says so.
 */
export function makeStock(setting: SandboxSetting, cast: Shelf): SandboxStock[] {
  const listed = [...new Set(listingsOf(setting).map((listing) => listing.drugCode))].sort()
  const priceOf = (drugCode: string) => setting.reference.standards.get(drugCode)!.standard.fen
  const shelf = (pharmacy: Institution, codes: readonly string[], quantity: () => string) =>
    codes.map((drugCode) => ({
      pharmacyId: pharmacy.institutionId,
      drugCode,
      quantity: quantity(),
      unitPriceFen: priceOf(drugCode),
    }))
  const some = () => String(500 + setting.random(1500))
  return [
    ...shelf(cast.designatedPharmacy, listed, some),
    ...shelf(cast.secondPharmacy, listed, some).map((row) =>
      row.drugCode === cast.unrestrictedDrug.drugCode
        ? { ...row, unitPriceFen: Math.floor((row.unitPriceFen * 6) / 5) }
        : row,
    ),
    ...shelf(cast.noStockPharmacy, listed, () => '0'),
    ...shelf(cast.undesignatedPharmacy, listed, some),
    ...shelf(cast.endedPharmacy, listed, some),
  ]
}

/** The systems that may call: one for each institution, the agency, and the operator of the hub. */
export function makeClients(setting: SandboxSetting, cast: SandboxCast): SandboxClient[] {
  const { regionCode, name } = setting.region
  const hospitals = [
    cast.tertiaryHospital,
    cast.secondaryHospital,
    cast.primaryHospital,
    cast.suspendedHospital,
    cast.privateHospital,
    cast.internetHospital,
  ]
  const suppliers = [
    cast.designatedPharmacy,
    cast.secondPharmacy,
    cast.noStockPharmacy,
    cast.undesignatedPharmacy,
    cast.endedPharmacy,
  ]
  // A hospital that supplies has a system at its dispensary, beside that of its physicians.
  const clientOf = (system: 'hospital' | 'pharmacy', institution: Institution): SandboxClient => {
    const kind = institution.kind === 'pharmacy' ? 'pharmacy' : 'hospital'
    return {
      clientId: `sandbox-${system}-${institution.institutionId}`,
      kind,
      name: institution.name,
      institutionId: institution.institutionId,
      scopes: scopesOf(kind),
    }
  }
  return [
    ...hospitals.map((institution) => clientOf('hospital', institution)),
    ...suppliers.map((institution) => clientOf('pharmacy', institution)),
    {
      clientId: `sandbox-agency-${regionCode}`,
      kind: 'agency',
      name: `样例${name.zh}医保经办机构`,
      scopes: scopesOf('agency'),
    },
    {
      clientId: `sandbox-operator-${regionCode}`,
      kind: 'operator',
      name: `样例${name.zh}平台运维`,
      scopes: scopesOf('operator'),
    },
  ]
}
