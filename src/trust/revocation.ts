import { type Certificate, KEY_USAGE } from './certificate.ts'
import { type CertificationPath, leadsToAnchor } from './certification-path.ts'
import type { DistributionPoint } from './distribution-points.ts'
import type { OcspResponse } from './ocsp-response.ts'
import { ocspStatus } from './ocsp-status.ts'
import type { PublicKey } from './public-key.ts'
import type { RevocationList } from './revocation-list.ts'
import { type Moment, type RevocationStatus, revocationStatus, type Subject } from './revocation-status.ts'
import { SignatureRefusal } from './signature-refusal.ts'
import type { TrustStore, TrustView } from './trust-store.ts'

/** What came with an envelope: nothing of it is true before its signature is verified. */
export interface Carried {
  readonly embedded: readonly Certificate[]
  readonly responses: readonly OcspResponse[]
}

/** Two witnesses: revoked if one says so, good if one does and the other doesn't object. */
function worseOf(a: RevocationStatus, b: RevocationStatus): RevocationStatus {
  if (a === 'revoked' || b === 'revoked') return 'revoked'
  return a === 'good' || b === 'good' ? 'good' : 'pending'
}

/** What is kept with a signed document to ask again later: plain JSON, some 400 bytes for one certificate. */
export interface RevocationEvidence {
  readonly fingerprint: string
  /** Hex. */
  readonly serial: string
  /** SHA-256 of the DER of the issuer's name, and of its public key, hex. */
  readonly issuerNameHash: string
  readonly issuerKeyHash: string
  /** Base64 of the issuer's public key, where the issuer came with the envelope and is not in the store. */
  readonly issuerKey?: string
  /** When the hub saw the signature, or a time stamp proves it, ISO 8601: a later revocation for another reason than theft leaves it good. */
  readonly seenAt: string
  /** Absent means no. */
  readonly isAuthority?: true
  /** Where the certificate says that lists about it are to be had; absent means nowhere. */
  readonly points?: readonly StoredPoint[]
}

interface StoredPoint {
  readonly names: readonly string[]
  readonly reasons?: readonly number[]
  readonly issuers: readonly string[]
}

function storedPoint({ names, reasons, issuers }: DistributionPoint): StoredPoint {
  return { names, issuers, ...(reasons === undefined ? {} : { reasons: [...reasons] }) }
}

function pointOf({ names, reasons, issuers }: StoredPoint): DistributionPoint {
  return { names, issuers, ...(reasons === undefined ? {} : { reasons: new Set(reasons) }) }
}

/** Who may have signed lists about a certificate, besides its issuer's own key. */
interface ListSigners {
  readonly embedded: readonly Certificate[]
  readonly store: TrustStore
  readonly view: TrustView
  readonly now: number
}

/**
 * Other keys under the name of a list's issuer: the authority's next key, one that it keeps for lists, or an indirect
 * issuer's. Each must lead to a trust anchor by itself and be allowed to sign lists.
 */
async function otherSigners(issuer: string, signers: ListSigners): Promise<readonly Certificate[]> {
  const { embedded, store, view, now } = signers
  const candidates = [...view.authoritiesNamed(issuer), ...embedded.filter((each) => each.subject === issuer)]
  const found: Certificate[] = []
  for (const candidate of candidates) {
    if (!maySignLists(candidate)) continue
    if (!view.isAnchor(candidate.fingerprint)) {
      if (!(await leadsToAnchor(candidate, embedded, store, view, now))) continue
      if (await isRevokedByIssuer(candidate, signers)) continue
    }
    found.push(candidate)
  }
  return found
}

/** True when lists by an issuer's own key say that a certificate is revoked: then what it signs tells nothing. */
export async function isRevokedByIssuer(
  certificate: Certificate,
  { store, view, now }: Pick<ListSigners, 'store' | 'view' | 'now'>,
): Promise<boolean> {
  for (const list of view.listsOf(certificate.issuer)) {
    if (revocationStatus(certificate, [list], { now, seenAt: now, skew: 0 }) !== 'revoked') continue
    for (const { key } of view.authoritiesNamed(certificate.issuer)) {
      if (key.problem === undefined && (await store.problemOfLink(list, key)) === undefined) return true
    }
  }
  return false
}

/** The lists about a certificate whose signatures are right. */
async function listsAbout(
  subject: Subject,
  issuerKey: PublicKey | undefined,
  signers: ListSigners,
): Promise<RevocationList[]> {
  const { store, view } = signers
  const issuers = new Set([subject.issuer, ...subject.points.flatMap((point) => point.issuers)])
  const found: RevocationList[] = []
  for (const issuer of issuers) {
    const lists = view.listsOf(issuer)
    if (lists.length === 0) continue
    let others: readonly Certificate[] | undefined
    for (const list of lists) {
      const isOwn = issuer === subject.issuer && issuerKey !== undefined
      if (isOwn && (await store.problemOfLink(list, issuerKey)) === undefined) {
        found.push(list)
        continue
      }
      others ??= await otherSigners(issuer, signers)
      for (const { key } of others) {
        if (key.problem !== undefined || (await store.problemOfLink(list, key)) !== undefined) continue
        found.push(list)
        break
      }
    }
  }
  return found
}

function maySignLists(authority: Certificate): boolean {
  return authority.keyUsage === undefined || authority.keyUsage.has(KEY_USAGE.crlSign)
}

function evidenceOf(
  subject: Certificate,
  issuer: Certificate,
  view: TrustView,
  { seenAt }: Moment,
): RevocationEvidence {
  const isStored = view.authoritiesNamed(issuer.subject).some((each) => each.key.hash === issuer.key.hash)
  return {
    fingerprint: subject.fingerprint,
    serial: subject.serial,
    issuerNameHash: subject.issuer,
    issuerKeyHash: issuer.key.hash,
    ...(isStored || !maySignLists(issuer) ? {} : { issuerKey: issuer.key.info.toString('base64') }),
    seenAt: new Date(seenAt).toISOString(),
    ...(subject.isAuthority ? { isAuthority: true } : {}),
    ...(subject.points.length === 0 ? {} : { points: subject.points.map(storedPoint) }),
  }
}

/**
 * What is known of a certificate once its authority's status service is asked as well, where one is set. Revoked needs
 * no further witness. A service that answers without a verdict (unknown, out of date) counts as silent, but is never
 * taken for good.
 */
async function withService(
  known: RevocationStatus,
  subject: Pick<Certificate, 'serial'>,
  issuer: Certificate,
  { embedded, store, view }: ListSigners,
  moment: Moment,
): Promise<RevocationStatus> {
  const service = view.serviceOf(issuer)
  if (service === undefined || known === 'revoked') return known
  const response = await store.statusServices.ask(service, subject.serial, issuer, moment.now)
  const trust = { embedded, store, view }
  const told =
    response === undefined ? 'pending' : await ocspStatus(subject, issuer, [response], trust, moment)
  if (told !== 'pending') return told
  // Unknown, out of date or not signed by who may: kept, one forged answer would refuse everybody for an hour.
  store.statusServices.forget(subject.serial, issuer)
  if (service.whenSilent === 'refuse') return 'pending'
  return service.whenSilent === 'good' && response === undefined ? 'good' : known
}

/**
 * Asks the revocation lists, the responses that came along, and the authorities' status services about every
 * certificate of a path but the anchor, as of `now`: the signing time is only the signer's claim, and whoever stole a key
 * can claim any.
 *
 * @throws SignatureRefusal certificate-revoked, issuer-revoked
 */
export async function checkRevocation(
  path: CertificationPath,
  { embedded, responses }: Carried,
  store: TrustStore,
  view: TrustView,
  moment: Moment,
): Promise<{ revocation: 'good' | 'pending'; evidence: RevocationEvidence[] }> {
  const evidence: RevocationEvidence[] = []
  const signers = { embedded, store, view, now: moment.now }
  let revocation: 'good' | 'pending' = 'good'
  for (const [i, subject] of path.slice(0, -1).entries()) {
    const issuer = path[i + 1]!
    const lists = await listsAbout(subject, maySignLists(issuer) ? issuer.key : undefined, signers)
    const byLists = revocationStatus(subject, lists, moment)
    const byResponses = await ocspStatus(subject, issuer, responses, signers, moment)
    const status = await withService(worseOf(byLists, byResponses), subject, issuer, signers, moment)
    if (status === 'revoked') throw new SignatureRefusal(i === 0 ? 'certificate-revoked' : 'issuer-revoked')
    if (status === 'pending') revocation = 'pending'
    evidence.push(evidenceOf(subject, issuer, view, moment))
  }
  return { revocation, evidence }
}

/**
 * Asks again, with the lists and services of today, about the certificates behind a signature accepted earlier.
 *
 * A certificate revoked after the hub saw the signature leaves it good, unless its key was compromised: then the
 * revocation counts however late it is told.
 *
 * @param evidence all `evidence` of the verdict's signers, as stored
 * @returns the worst status among them; `pending` also when an issuer is no longer in the store
 */
export async function recheckRevocation(
  evidence: readonly RevocationEvidence[],
  store: TrustStore,
  now: Date,
  clockSkewSeconds = 300,
): Promise<RevocationStatus> {
  const { view } = store
  const signers = { embedded: [], store, view, now: now.getTime() }
  let worst: RevocationStatus = 'good'
  for (const item of evidence) {
    const stored = view
      .authoritiesNamed(item.issuerNameHash)
      .find((each) => each.key.hash === item.issuerKeyHash)
    const listKey = stored !== undefined && maySignLists(stored) ? stored.key : undefined
    const issuerKey = listKey ?? (item.issuerKey === undefined ? undefined : store.key(item.issuerKey))
    const subject = {
      serial: item.serial,
      issuer: item.issuerNameHash,
      isAuthority: item.isAuthority ?? false,
      points: (item.points ?? []).map(pointOf),
    }
    const moment = { now: now.getTime(), seenAt: Date.parse(item.seenAt), skew: clockSkewSeconds * 1000 }
    const byLists = revocationStatus(subject, await listsAbout(subject, issuerKey, signers), moment)
    const status =
      stored === undefined ? byLists : await withService(byLists, subject, stored, signers, moment)
    if (status === 'revoked') return 'revoked'
    if (status === 'pending') worst = 'pending'
  }
  return worst
}
