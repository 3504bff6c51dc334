import type { Facts } from '../facts.ts'

/** Who buys or receives, as a pharmacist or whoever delivers has checked. */
export interface Buyer {
  readonly relation: 'patient' | 'agent'
  readonly identityChecked: boolean
  /** `delivery`: nobody is at the counter, whoever hands over checks; `counter` when absent. */
  readonly checkedAt?: 'counter' | 'delivery'
  /** Papers seen, as codes: `identity-card`, `insurance-card`, `handbook`… */
  readonly papers?: readonly string[]
  /** Last four characters of the agent's paper; kept for the file, never in events or logs. */
  readonly paperNoEnding?: string
  /** Reference of the receiver's signature, for goods that are delivered. */
  readonly receiptSignatureRef?: string
}

/** What rules may know of the buyer: no part of a number, and of a signature that there is one. */
export function buyerFacts({
  paperNoEnding: _ending,
  receiptSignatureRef,
  ...buyer
}: Buyer): NonNullable<Facts['buyer']> {
  return { ...buyer, ...(receiptSignatureRef === undefined ? {} : { receiptSigned: true }) }
}

/**
 * Who the goods go to. Whoever was checked before the settlement is handed the goods at the counter; what is delivered
 * goes to whoever opens the door, who is checked there.
 *
 * @param given at the hand-over
 * @param checked before the settlement
 * @see MZ-6.5, SX-10.1
 */
export function buyerAtHandOver(
  given: Buyer | undefined,
  checked: Buyer | undefined,
  way: 'counter' | 'home' | 'hospital',
): Buyer | undefined {
  return given ?? (way === 'counter' ? checked : undefined)
}
