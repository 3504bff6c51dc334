import type { Facts } from '../domain/facts.ts'
import { readTraceCodes } from '../domain/packs/read-trace-codes.ts'
import { decideReturn, type GoodsReturn, type GoodsReturned } from '../domain/prescription/return-goods.ts'
import { Problem } from '../domain/problems.ts'
import { refundDays } from '../domain/rules/cited.ts'
import type { AdjudicationJson } from '../domain/settlement/adjudication-json.ts'
import type { SettlementPlan } from '../domain/settlement/plan.ts'
import { type ResettlementBasis, resettle } from '../domain/settlement/resettle.ts'
import type { SettlementRecord } from '../domain/settlement/settlement-record.ts'
import { type Transaction, together } from '../storage/database.ts'
import { yearsOfPrescription } from '../storage/supply.ts'
import {
  prescriptionOfSupply,
  resettlementBases,
  type StoredBasis,
  soldCodes,
} from '../storage/supply-return.ts'
import { settlementYear } from './adjudicate-case.ts'
import type { Caller, Deps } from './deps.ts'
import { policyInForce } from './policy-in-force.ts'
import { loadMoney } from './reverse-settlement.ts'
import { runCommand, type Target } from './run-command.ts'
import type { Answer, WriteRequest } from './write.ts'

export type { GoodsReturn, GoodsReturned }

/**
 * Takes goods of a prescription back: see `decideReturn`.
 *
 * @throws Problem prescription-unknown, supply-unknown, supply-ambiguous, goods-not-handed-over, goods-returned-already,
 *   return-exceeds, trace-code-not-supplied, wrong-state, policy-missing
 */
export async function returnGoods(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  prescriptionNo: string,
  given: GoodsReturn | GoodsReturn['reasonCode'],
): Promise<Answer<GoodsReturned>> {
  const goods = inOneSpelling(typeof given === 'string' ? { reasonCode: given } : given)
  const target = { regionCode: caller.regionCode, prescriptionNo }
  return await runCommand(deps, request, target, loadReturn(target), (situation) => {
    const { bases, years, prescription } = situation
    const version = policyInForce(deps, target.regionCode, situation.now)
    return decideReturn(
      {
        ...situation,
        refundDays: refundDays(version, deps.mode),
        resettle: (settlement, kept) =>
          resettle(basisOf(deps, prescription.prescriptionNo, settlement, bases, years), kept),
      },
      { caller, goods },
    )
  })
}

/**
 * Takes back goods of one supply, whatever has become of its prescription since.
 *
 * @throws Problem supply-unknown, and as `returnGoods`
 */
export async function returnSupplied(
  deps: Deps,
  caller: Caller,
  request: WriteRequest,
  goods: GoodsReturn & { readonly dispenseId: string },
): Promise<Answer<GoodsReturned>> {
  const prescriptionNo = await prescriptionOfSupply(deps.pool, caller.regionCode, goods.dispenseId)
  if (prescriptionNo === undefined) throw new Problem('supply-unknown')
  return await returnGoods(deps, caller, request, prescriptionNo, goods)
}

/** @throws Problem trace-code-unreadable, trace-code-twice */
function inOneSpelling({ lines, ...goods }: GoodsReturn): GoodsReturn {
  if (lines === undefined) return goods
  return {
    ...goods,
    lines: lines.map(({ traceCodes, ...line }, at) => ({
      ...line,
      ...(traceCodes === undefined
        ? {}
        : {
            traceCodes: readTraceCodes(
              traceCodes.map((scanned, place) => ({
                path: `/body/lines/${at}/traceCodes/${place}`,
                scanned,
              })),
            ).map(({ serial }) => serial),
          }),
    })),
  }
}

/** What a return looks at; everything it may move is locked first. */
function loadReturn(target: Target) {
  const { regionCode, prescriptionNo } = target
  return async (tx: Transaction) => {
    const [{ supplies }, [codes, [bases, years]]] = await together(
      loadMoney(target)(tx),
      together(
        soldCodes(tx, regionCode, prescriptionNo),
        together(
          resettlementBases(tx, regionCode, prescriptionNo),
          yearsOfPrescription(tx, regionCode, prescriptionNo),
        ),
      ),
    )
    return { supplies, soldCodes: codes, bases, years }
  }
}

/** @throws Problem policy-missing when the version that settled it is not there any more */
function basisOf(
  deps: Pick<Deps, 'policies' | 'mode'>,
  prescriptionNo: string,
  settlement: SettlementRecord,
  bases: ReadonlyMap<string, StoredBasis>,
  years: ReadonlyMap<number, ReadonlyMap<string, bigint>>,
): ResettlementBasis {
  const stored = bases.get(settlement.settlementId)
  const version = settlement.policyVersion && deps.policies.version(settlement.policyVersion)
  if (stored === undefined || !version) throw new Problem('policy-missing')
  const moved = settlement.posted?.movements
  const facts = stored.facts === undefined ? undefined : (JSON.parse(stored.facts) as Facts)
  return {
    adjudication: JSON.parse(stored.adjudication) as AdjudicationJson,
    plan: version.settlement as SettlementPlan,
    mode: deps.mode,
    prescriptionNo,
    balances: years.get(moved?.year ?? settlementYear(settlement.requestedAt)) ?? new Map(),
    moved: moved?.measures ?? new Map(),
    benefits: facts?.person?.benefits ?? [],
  }
}
