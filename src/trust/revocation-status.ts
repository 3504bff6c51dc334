import type { DistributionPoint, ListScope } from './distribution-points.ts'
import { pointOfIssuer, scopeKey } from './distribution-points.ts'
import type { RevocationList } from './revocation-list.ts'
import type { RevokedEntry } from './revoked-serials.ts'

/** `pending`: nothing at hand says for sure that it is not revoked. */
export type RevocationStatus = 'good' | 'pending' | 'revoked'

/** The certificate that is asked about. */
export interface Subject {
  /** Hex. */
  readonly serial: string
  /** Hash of its issuer's name. */
  readonly issuer: string
  readonly isAuthority: boolean
  readonly points: readonly DistributionPoint[]
}

/** Instants in epoch milliseconds. */
export interface Moment {
  readonly now: number
  readonly skew: number
  /** When the hub saw the signature, or a time stamp proves it: a later revocation for another reason than theft leaves it good. */
  readonly seenAt: number
}

/** keyCompromise … aACompromise (RFC 5280, 4.2.1.13). */
const ALL_REASONS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8]

function counts(entry: RevokedEntry, moment: Moment): boolean {
  if (entry.isRemoved) return false
  return entry.isCompromised || entry.revokedAt <= moment.seenAt + moment.skew
}

function entryOf(list: RevocationList, subject: Subject): RevokedEntry | undefined {
  return list.revoked.find(subject.serial, list.issuer === subject.issuer ? '' : subject.issuer)
}

function isCurrent(list: RevocationList, { now, skew }: Moment): boolean {
  return list.nextUpdate !== undefined && now - skew <= list.nextUpdate
}

/** Where lists about a certificate are to be had: what it says, or what its issuer puts out. */
function pointsOf(subject: Subject): readonly DistributionPoint[] {
  return subject.points.length === 0 ? [pointOfIssuer(subject.issuer)] : subject.points
}

/** The reasons for which a list speaks about a certificate; undefined when it says nothing about it. */
function reasonsTold(list: RevocationList, subject: Subject): ReadonlySet<number> | undefined {
  const scope: Partial<ListScope> = list.scope ?? {}
  if (scope.onlyAttributes || (scope.onlyUsers && subject.isAuthority)) return undefined
  if (scope.onlyAuthorities && !subject.isAuthority) return undefined
  const isOwn = list.issuer === subject.issuer
  if (!isOwn && scope.isIndirect !== true) return undefined
  const told = new Set<number>()
  for (const point of pointsOf(subject)) {
    // Whose lists the point promises: the certificate's issuer, unless it names another.
    const isPromised = point.issuers.length === 0 ? isOwn : point.issuers.includes(list.issuer)
    if (!isPromised) continue
    if (scope.names !== undefined && !scope.names.some((name) => point.names.includes(name))) continue
    for (const reason of ALL_REASONS) {
      if (scope.reasons?.has(reason) !== false && point.reasons?.has(reason) !== false) told.add(reason)
    }
  }
  // A list that is no partition is about every certificate of its issuer, whatever point it names.
  if (isOwn && scope.names === undefined) {
    for (const reason of ALL_REASONS) if (scope.reasons?.has(reason) !== false) told.add(reason)
  }
  return told.size === 0 ? undefined : told
}

/** True when a delta list goes on from a list: the same scope, from its number or an earlier one. */
function continues(delta: RevocationList, list: RevocationList): boolean {
  if (delta.issuer !== list.issuer || scopeKey(delta.scope) !== scopeKey(list.scope)) return false
  return (
    list.number !== undefined &&
    isAtMost(delta.baseNumber!, list.number) &&
    isAtMost(list.number, delta.number ?? '')
  )
}

/** Compares positive integers in hex. */
function isAtMost(a: string, b: string): boolean {
  const strip = (hex: string) => hex.replace(/^0+/, '')
  const [x, y] = [strip(a), strip(b)]
  return x.length === y.length ? x <= y : x.length < y.length
}

/** What a list says of a certificate, with the newest delta that goes on from it. */
function said(list: RevocationList, deltas: readonly RevocationList[], subject: Subject) {
  const newest = deltas
    .filter((delta) => continues(delta, list))
    .reduce<RevocationList | undefined>(
      (a, b) => (a === undefined || b.thisUpdate > a.thisUpdate ? b : a),
      undefined,
    )
  const changed = newest === undefined ? undefined : entryOf(newest, subject)
  return { entry: changed ?? entryOf(list, subject), until: newest ?? list }
}

/**
 * Whether lists tell a certificate's revocation (RFC 5280, 6.3.3). Revoked when any list says so, also one that ran
 * out; good when all lists that are about it are current and together tell every reason.
 *
 * A list that is no partition may still be one that does not say so: authorities number their lists. So an older one
 * is not held to be replaced by a newer; whoever keeps the folder takes it out.
 *
 * @param lists whose signatures are right, by whoever may sign lists about the certificate
 */
export function revocationStatus(
  subject: Subject,
  lists: readonly RevocationList[],
  moment: Moment,
): RevocationStatus {
  const known = lists.filter((list) => list.thisUpdate <= moment.now + moment.skew)
  const deltas = known.filter((list) => list.baseNumber !== undefined)
  for (const delta of deltas) {
    const entry = entryOf(delta, subject)
    if (entry !== undefined && counts(entry, moment)) return 'revoked'
  }
  const told = new Set<number>()
  let isPending = false
  for (const list of known) {
    if (list.baseNumber !== undefined) continue
    const { entry, until } = said(list, deltas, subject)
    if (entry !== undefined && counts(entry, moment)) return 'revoked'
    const reasons = list.hasUnknownCritical ? undefined : reasonsTold(list, subject)
    if (reasons === undefined) continue
    if (isCurrent(list, moment) || isCurrent(until, moment)) for (const reason of reasons) told.add(reason)
    else isPending = true
  }
  return !isPending && ALL_REASONS.every((reason) => told.has(reason)) ? 'good' : 'pending'
}
