import type { Quantity } from '../primitives/quantity.ts'
import type { TraceCode } from './trace-code.ts'

/** A pack as a pharmacy names it: the short form is its trace code alone, for the whole pack. */
export interface PackGiven {
  /** As scanned. */
  readonly traceCode: string
  /** 拆零标志: only a part of the pack leaves, or the rest of one that was split before. */
  readonly split?: boolean
  /** Units taken of a pack that is split, decimal text. */
  readonly quantity?: string
  /** Units in the pack, decimal text; needed at the first split of a pack whose size no register knows. */
  readonly packSize?: string
}

/** What a line takes of a pack. */
export interface PackClaim {
  /** Place in the body. */
  readonly path: string
  readonly lineNo: number
  readonly drugCode: string
  readonly code: TraceCode
  /** Absent: the whole pack. */
  readonly part?: Quantity
  /** As stated. */
  readonly size?: Quantity
}

/** A pack as the hub knows it, with whoever has it or is promised it. */
export interface KnownPack {
  readonly serial: string
  /** Empty when no scan has said it. */
  readonly gtin: string
  readonly drugCode: string
  readonly size?: Quantity
  readonly supplies: readonly PackSupply[]
}

/** A live supply, or promise of a supply, from a pack. */
export interface PackSupply {
  readonly dispenseId: string
  readonly lineNo: number
  /** Absent: the whole pack. */
  readonly part?: Quantity
  readonly isSold: boolean
}

/** What is taken of a pack, as it is written. */
export interface PackTaking {
  readonly serial: string
  readonly gtin: string
  readonly drugCode: string
  readonly lineNo: number
  /** Decimal text; absent: the whole pack. */
  readonly part?: string
  /** Decimal text; set once the pack is split. */
  readonly size?: string
}
