import { childrenOf, content, DerCursor, type DerNode, encoded, TAG } from './der-reader.ts'
import { nameParts } from './distinguished-name.ts'

/** A name of a certificate, in one form for all the ways to write it. */
export type GeneralName =
  | { readonly kind: 'directory'; readonly parts: readonly string[] }
  | { readonly kind: 'email' | 'dns' | 'uri'; readonly text: string }
  | { readonly kind: 'address'; readonly bytes: string }
  | { readonly kind: 'other'; readonly tag: number; readonly bytes: string }

/** What names an authority may certify (RFC 5280, 4.2.1.10). */
export interface NameConstraints {
  readonly permitted: readonly GeneralName[]
  readonly excluded: readonly GeneralName[]
}

const EMAIL = 0x81
const DNS = 0x82
const DIRECTORY = 0xa4
const URI = 0x86
const ADDRESS = 0x87

/** One name, in a list for flatMap. @throws DerError */
export function readGeneralName(node: DerNode): GeneralName[] {
  const text = content(node).toString('latin1')
  switch (node.tag) {
    case DIRECTORY:
      return [{ kind: 'directory', parts: nameParts(new DerCursor(node).next(TAG.sequence)) }]
    case EMAIL:
      return [{ kind: 'email', text }]
    case DNS:
      return [{ kind: 'dns', text: text.toLowerCase() }]
    case URI:
      return [{ kind: 'uri', text }]
    case ADDRESS:
      return [{ kind: 'address', bytes: content(node).toString('hex') }]
    default:
      return [{ kind: 'other', tag: node.tag, bytes: encoded(node).toString('hex') }]
  }
}

function readSubtrees(list: DerNode | undefined): GeneralName[] {
  if (list === undefined) return []
  return childrenOf(list).flatMap((subtree) => readGeneralName(new DerCursor(subtree, TAG.sequence).next()))
}

/** @throws DerError */
export function readNameConstraints(value: DerNode): NameConstraints {
  const cursor = new DerCursor(value, TAG.sequence)
  const permitted = readSubtrees(cursor.optional(0xa0))
  const excluded = readSubtrees(cursor.optional(0xa1))
  cursor.end()
  return { permitted, excluded }
}

/** The host of a URI, lower case; undefined where it has none, which no constraint on hosts can then permit. */
function hostOf(uri: string): string | undefined {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri)?.[1]
  return authority?.replace(/^.*@/, '').replace(/:\d*$/, '').toLowerCase()
}

function isHostWithin(host: string, base: string, mayBeBelow: boolean): boolean {
  if (base.startsWith('.')) return host.endsWith(base)
  return host === base || (mayBeBelow && host.endsWith(`.${base}`))
}

function isEmailWithin(email: string, base: string): boolean {
  const at = email.lastIndexOf('@')
  const host = email.slice(at + 1).toLowerCase()
  const baseAt = base.lastIndexOf('@')
  if (baseAt < 0) return isHostWithin(host, base.toLowerCase(), false)
  return email.slice(0, at) === base.slice(0, baseAt) && host === base.slice(baseAt + 1).toLowerCase()
}

function isAddressWithin(address: string, base: string): boolean {
  const [bytes, range] = [Buffer.from(address, 'hex'), Buffer.from(base, 'hex')]
  if (range.length !== 2 * bytes.length) return false
  return bytes.every((byte, i) => ((byte ^ range[i]!) & range[bytes.length + i]!) === 0)
}

/** True when a name lies within a subtree of the same kind. */
function isWithin(name: GeneralName, base: GeneralName): boolean {
  if (name.kind === 'directory' && base.kind === 'directory')
    return base.parts.every((part, i) => name.parts[i] === part)
  if (name.kind === 'dns' && base.kind === 'dns')
    return base.text === '' || isHostWithin(name.text, base.text, true)
  if (name.kind === 'email' && base.kind === 'email') return isEmailWithin(name.text, base.text)
  if (name.kind === 'uri' && base.kind === 'uri') {
    const host = hostOf(name.text)
    return host !== undefined && isHostWithin(host, base.text.toLowerCase(), false)
  }
  if (name.kind === 'address' && base.kind === 'address') return isAddressWithin(name.bytes, base.bytes)
  return false
}

const isSameKind = (a: GeneralName, b: GeneralName): boolean =>
  a.kind === b.kind && (a.kind !== 'other' || (b.kind === 'other' && a.tag === b.tag))

/**
 * True when an authority may have certified a name. Kinds that nobody here compares (other names, registered ids) are
 * within no subtree: permitted nowhere once they are limited, and excluded wherever their kind is.
 */
function mayCertify(constraints: NameConstraints, name: GeneralName): boolean {
  const limits = constraints.permitted.filter((base) => isSameKind(base, name))
  if (limits.length > 0 && !limits.some((base) => isWithin(name, base))) return false
  const banned = constraints.excluded.filter((base) => isSameKind(base, name))
  return name.kind === 'other' ? banned.length === 0 : !banned.some((base) => isWithin(name, base))
}

const EMAIL_IN_SUBJECT = '1.2.840.113549.1.9.1='

/** The names by which a certificate is judged: its subject, what it adds, and an e-mail address in the subject. */
export function constrainedNames(
  subjectParts: readonly string[],
  alternativeNames: readonly GeneralName[],
): readonly GeneralName[] {
  const emails = alternativeNames.some((name) => name.kind === 'email')
    ? []
    : subjectParts
        .flatMap((part) => part.split('+'))
        .filter((attribute) => attribute.startsWith(EMAIL_IN_SUBJECT))
        .map((attribute) => ({ kind: 'email' as const, text: attribute.slice(EMAIL_IN_SUBJECT.length) }))
  const subject = subjectParts.length === 0 ? [] : [{ kind: 'directory' as const, parts: subjectParts }]
  return [...subject, ...alternativeNames, ...emails]
}

/** True when an authority's constraints allow all of a certificate's names. */
export function allowsNames(constraints: NameConstraints, names: readonly GeneralName[]): boolean {
  return names.every((name) => mayCertify(constraints, name))
}
