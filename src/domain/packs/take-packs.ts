import type { FieldFault } from '../field-fault.ts'
import { formatQuantity, type Quantity } from '../primitives/quantity.ts'
import { Problem } from '../problems.ts'
import type { KnownPack, PackClaim, PackTaking } from './pack.ts'
import { isSamePack } from './trace-code.ts'

/**
 * Decides whether a supply may take what it claims of packs: a whole pack once, a split one (拆零) until its units are used
 * up, and only of the drug that it holds. What the supply was promised before is its own.
 *
 * @param known every pack with the serial of a claim, locked
 * @param sizeOf units in a pack of the drug by the register; undefined where it doesn't say
 * @throws Problem trace-code-used, pack-overdrawn, pack-size-unknown, pack-size-contradicts, pack-of-another-drug; with the
 *   fields at fault
 * @see MZ-4.3a; national interface, 拆零标志 (trdn_flag)
 */
export function takePacks(
  claims: readonly PackClaim[],
  known: readonly KnownPack[],
  dispenseId: string,
  sizeOf: (drugCode: string) => Quantity | undefined,
): PackTaking[] {
  const claimed = claims.map((claim) => ({ claim, pack: packOf(claim, known, sizeOf) }))
  for (const [code, isBroken, message] of DEMANDS) {
    const fields: FieldFault[] = claimed
      .filter(({ claim, pack }) => isBroken(claim, pack, dispenseId))
      .map(({ claim, pack }) => ({
        path: claim.path,
        keyword: code,
        message: message(pack, claim, dispenseId),
      }))
    if (fields.length > 0) throw new Problem(code, { fields })
  }
  return claimed.map(({ claim, pack }) => ({
    serial: pack.serial,
    gtin: pack.gtin,
    drugCode: claim.drugCode,
    lineNo: claim.lineNo,
    ...(claim.part === undefined
      ? {}
      : { part: formatQuantity(claim.part), size: formatQuantity(pack.size!) }),
  }))
}

/** What a supply was promised of packs for a line, as claims of the batch at `index` of the body. */
export function promisedTo(
  known: readonly KnownPack[],
  dispenseId: string,
  lineNo: number,
  index: number,
): PackClaim[] {
  return known.flatMap(({ serial, gtin, drugCode, supplies }) =>
    supplies
      .filter((supply) => supply.dispenseId === dispenseId && supply.lineNo === lineNo && !supply.isSold)
      .map(({ part }) => ({
        path: `/body/lines/${index}/`,
        lineNo,
        drugCode,
        code: { serial, ...(gtin === '' ? {} : { gtin }) },
        ...(part === undefined ? {} : { part }),
      })),
  )
}

/** The pack that a claim names, as it is known, or new; its size from the pack, the register or the statement. */
function packOf(
  { code, drugCode, size: stated }: PackClaim,
  known: readonly KnownPack[],
  sizeOf: (drugCode: string) => Quantity | undefined,
): KnownPack {
  const found = known.find(({ serial, gtin }) =>
    isSamePack(code, gtin === '' ? { serial } : { serial, gtin }),
  )
  const pack = found ?? { serial: code.serial, gtin: code.gtin ?? '', drugCode, supplies: [] }
  const size = pack.size ?? sizeOf(drugCode) ?? stated
  return { ...pack, ...(size === undefined ? {} : { size }) }
}

type Demand = readonly [
  code:
    | 'pack-of-another-drug'
    | 'trace-code-used'
    | 'pack-size-unknown'
    | 'pack-size-contradicts'
    | 'pack-overdrawn',
  isBroken: (claim: PackClaim, pack: KnownPack, dispenseId: string) => boolean,
  message: (pack: KnownPack, claim: PackClaim, dispenseId: string) => FieldFault['message'],
]

/** Asked in this order of all claims: the first that is broken is told. */
const DEMANDS: readonly Demand[] = [
  [
    'pack-of-another-drug',
    ({ drugCode }, pack) => pack.supplies.length > 0 && pack.drugCode !== drugCode,
    ({ drugCode }) => ({
      zh: `该追溯码此前登记为药品 ${drugCode}。`,
      en: `This code was supplied before as drug ${drugCode}.`,
    }),
  ],
  [
    'trace-code-used',
    ({ part }, pack, own) =>
      others(pack, own).some((supply) => part === undefined || supply.part === undefined),
    (pack, { part }, own) =>
      others(pack, own).every((supply) => supply.part !== undefined) && part === undefined
        ? {
            zh: '此盒已拆零供应；请标明拆零（split）及数量。',
            en: 'Parts of this pack are supplied; give it as split, with the quantity taken.',
          }
        : { zh: '此盒已整盒售出或已预留。', en: 'The whole pack is sold, or promised to another supply.' },
  ],
  [
    'pack-size-unknown',
    ({ part }, { size }) => part !== undefined && size === undefined,
    () => ({
      zh: '目录中没有该药品的包装数量，首次拆零请填写 packSize。',
      en: 'No register knows how many units the pack holds: state packSize at its first split.',
    }),
  ],
  [
    'pack-size-contradicts',
    ({ size: stated }, { size }) => stated !== undefined && size !== undefined && stated !== size,
    ({ size }) => ({
      zh: `该包装登记为 ${formatQuantity(size!)} 个单位，与填写的 packSize 不一致。`,
      en: `The pack is known to hold ${formatQuantity(size!)} units, not the packSize stated.`,
    }),
  ],
  [
    'pack-overdrawn',
    ({ part }, pack, own) => part !== undefined && part > left(pack, own),
    (pack, _claim, own) => ({
      zh: `此盒尚余 ${formatQuantity(left(pack, own))} 个单位。`,
      en: `The pack has ${formatQuantity(left(pack, own))} units left.`,
    }),
  ],
]

function others({ supplies }: KnownPack, own: string): KnownPack['supplies'] {
  return supplies.filter(({ dispenseId, isSold }) => dispenseId !== own || isSold)
}

function left(pack: KnownPack, own: string): Quantity {
  return others(pack, own).reduce((rest, { part }) => rest - (part ?? 0n), pack.size ?? 0n)
}
