import { childrenOf, content, DerCursor, type DerNode, encoded, TAG } from './der-reader.ts'
import { readBoolean, readNamedBits } from './der-values.ts'
import { nameHash, nameParts, relativePart } from './distinguished-name.ts'

/** Where a certificate says that lists about it are to be had (RFC 5280, 4.2.1.13). */
export interface DistributionPoint {
  /** Full names, each in one form. */
  readonly names: readonly string[]
  /** Bits of the reasons that its lists tell; absent means all. */
  readonly reasons?: ReadonlySet<number>
  /** Hashes of the names of those who issue its lists, where the certificate's issuer doesn't. */
  readonly issuers: readonly string[]
}

/** What a list is about (RFC 5280, 5.2.5). Without the extension it is about every certificate of its issuer. */
export interface ListScope {
  /** Absent means that it is no partition. */
  readonly names?: readonly string[]
  readonly onlyUsers: boolean
  readonly onlyAuthorities: boolean
  readonly onlyAttributes: boolean
  /** Bits of the reasons that it tells; absent means all. */
  readonly reasons?: ReadonlySet<number>
  readonly isIndirect: boolean
}

const DIRECTORY_NAME = 0xa4
const URI = 0x86

function generalName(node: DerNode): string {
  if (node.tag === DIRECTORY_NAME) return `dn:${nameHash(new DerCursor(node).next(TAG.sequence))}`
  if (node.tag === URI) return `uri:${content(node).toString('latin1')}`
  return `other:${encoded(node).toString('hex')}`
}

/** The names of a distribution point. @param issuer the name that a relative one goes on from */
function pointNames(wrapper: DerNode, issuer: DerNode): string[] {
  const choice = new DerCursor(wrapper).next()
  if (choice.tag === 0xa0) return childrenOf(choice).map(generalName)
  return [`dn:${nameHash([...nameParts(issuer), relativePart(choice)])}`]
}

/** The name of a point that stands for the lists of one issuer, where a certificate names no point. */
export function pointOfIssuer(issuerHash: string): DistributionPoint {
  return { names: [`dn:${issuerHash}`], issuers: [] }
}

/** @param issuer the name of the certificate's issuer. @throws DerError */
export function readDistributionPoints(value: DerNode, issuer: DerNode): DistributionPoint[] {
  return childrenOf(value, TAG.sequence).map((point) => {
    const cursor = new DerCursor(point, TAG.sequence)
    const names = cursor.optional(0xa0)
    const reasons = cursor.optional(0x81)
    const issuers = cursor.optional(0xa2)
    cursor.end()
    const listIssuers =
      issuers === undefined ? [] : childrenOf(issuers).filter((each) => each.tag === DIRECTORY_NAME)
    const listIssuer =
      listIssuers[0] === undefined ? issuer : new DerCursor(listIssuers[0]).next(TAG.sequence)
    return {
      names: names === undefined ? listIssuers.map(generalName) : pointNames(names, listIssuer),
      issuers: listIssuers.map((each) => nameHash(new DerCursor(each).next(TAG.sequence))),
      ...(reasons === undefined ? {} : { reasons: readNamedBits(universal(reasons)) }),
    }
  })
}

/** @param issuer the name of the list's issuer. @throws DerError */
export function readListScope(value: DerNode, issuer: DerNode): ListScope {
  const cursor = new DerCursor(value, TAG.sequence)
  const names = cursor.optional(0xa0)
  const flag = (tag: number): boolean => {
    const node = cursor.optional(tag)
    return node !== undefined && readBoolean({ ...node, tag: TAG.boolean })
  }
  const onlyUsers = flag(0x81)
  const onlyAuthorities = flag(0x82)
  const reasons = cursor.optional(0x83)
  const isIndirect = flag(0x84)
  const onlyAttributes = flag(0x85)
  cursor.end()
  return {
    onlyUsers,
    onlyAuthorities,
    onlyAttributes,
    isIndirect,
    ...(names === undefined ? {} : { names: pointNames(names, issuer) }),
    ...(reasons === undefined ? {} : { reasons: readNamedBits(universal(reasons)) }),
  }
}

/** A BIT STRING under its own tag. */
function universal(node: DerNode): DerNode {
  return { ...node, tag: TAG.bitString }
}

/** One text for lists that are versions of the same thing. */
export function scopeKey(scope: ListScope | undefined): string {
  if (scope === undefined) return ''
  const { names, reasons, onlyUsers, onlyAuthorities, onlyAttributes, isIndirect } = scope
  const flags = [onlyUsers, onlyAuthorities, onlyAttributes, isIndirect]
  return JSON.stringify([
    names === undefined ? null : [...names].sort(),
    reasons === undefined ? null : [...reasons],
    flags,
  ])
}
