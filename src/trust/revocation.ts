import { type Certificate, KEY_USAGE } from './certificate.ts'
import type { CertificationPath } from './certification-path.ts'
import type { PublicKey } from './public-key.ts'
import type { RevocationList } from './revocation-list.ts'
import { SignatureRefusal } from './signature-refusal.ts'
import type { TrustStore, TrustView } from './trust-store.ts'

/** `pending`: no complete, current revocation list of the issuer is at hand. */
export type RevocationStatus = 'good' | 'pending' | 'revoked'

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
  /** When the hub saw the signature, ISO 8601: a later revocation for another reason than theft leaves it good. */
  readonly seenAt: string
}

interface Question {
  readonly serial: string
  readonly issuerNameHash: string
  readonly issuerKey: PublicKey
  /** Epoch milliseconds. */
  readonly seenAt: number
  readonly now: number
  readonly skew: number
}

function isListed(list: RevocationList, question: Question): boolean {
  const entry = list.revoked.get(question.serial)
  if (entry === undefined) return false
  return entry.isCompromised || entry.revokedAt <= question.seenAt + question.skew
}

function mayDecide(list: RevocationList, now: number): boolean {
  return list.isComplete && list.nextUpdate !== undefined && now <= list.nextUpdate
}

/**
 * The newest complete list decides. A list that ran out, or that is only a part, still tells who is revoked, but
 * never that somebody is not.
 */
async function statusOf(question: Question, store: TrustStore, view: TrustView): Promise<RevocationStatus> {
  let newest: RevocationList | undefined
  for (const list of view.listsOf(question.issuerNameHash)) {
    if (list.thisUpdate > question.now + question.skew) continue
    const problem = await store.problemOfLink(list, question.issuerKey)
    if (problem !== undefined) continue
    if (!list.isComplete) {
      if (isListed(list, question)) return 'revoked'
    } else if (newest === undefined || list.thisUpdate > newest.thisUpdate) newest = list
  }
  if (newest === undefined) return 'pending'
  if (isListed(newest, question)) return 'revoked'
  return mayDecide(newest, question.now - question.skew) ? 'good' : 'pending'
}

function maySignLists(authority: Certificate): boolean {
  return authority.keyUsage === undefined || authority.keyUsage.has(KEY_USAGE.crlSign)
}

function evidenceOf(
  subject: Certificate,
  issuer: Certificate,
  view: TrustView,
  now: Date,
): RevocationEvidence {
  const isStored = view.authoritiesNamed(issuer.subject).some((each) => each.key.hash === issuer.key.hash)
  return {
    fingerprint: subject.fingerprint,
    serial: subject.serial,
    issuerNameHash: subject.issuer,
    issuerKeyHash: issuer.key.hash,
    ...(isStored || !maySignLists(issuer) ? {} : { issuerKey: issuer.key.info.toString('base64') }),
    seenAt: now.toISOString(),
  }
}

/**
 * Asks the revocation lists about every certificate of a path but the anchor, as of `now`: the signing time is only
 * the signer's claim, and whoever stole a key can claim any.
 *
 * @throws SignatureRefusal certificate-revoked, issuer-revoked
 */
export async function checkRevocation(
  path: CertificationPath,
  store: TrustStore,
  view: TrustView,
  now: Date,
  clockSkewSeconds: number,
): Promise<{ revocation: 'good' | 'pending'; evidence: RevocationEvidence[] }> {
  const evidence: RevocationEvidence[] = []
  let revocation: 'good' | 'pending' = 'good'
  for (const [i, subject] of path.slice(0, -1).entries()) {
    const issuer = path[i + 1]!
    const question = {
      serial: subject.serial,
      issuerNameHash: subject.issuer,
      issuerKey: issuer.key,
      seenAt: now.getTime(),
      now: now.getTime(),
      skew: clockSkewSeconds * 1000,
    }
    const status = maySignLists(issuer) ? await statusOf(question, store, view) : 'pending'
    if (status === 'revoked') throw new SignatureRefusal(i === 0 ? 'certificate-revoked' : 'issuer-revoked')
    if (status === 'pending') revocation = 'pending'
    evidence.push(evidenceOf(subject, issuer, view, now))
  }
  return { revocation, evidence }
}

/**
 * Asks again, with the lists of today, about the certificates behind a signature accepted earlier.
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
  let worst: RevocationStatus = 'good'
  for (const item of evidence) {
    const stored = view
      .authoritiesNamed(item.issuerNameHash)
      .find((each) => each.key.hash === item.issuerKeyHash && maySignLists(each))
    const issuerKey = stored?.key ?? (item.issuerKey === undefined ? undefined : store.key(item.issuerKey))
    const status: RevocationStatus =
      issuerKey === undefined
        ? 'pending'
        : await statusOf(
            {
              serial: item.serial,
              issuerNameHash: item.issuerNameHash,
              issuerKey,
              seenAt: Date.parse(item.seenAt),
              now: now.getTime(),
              skew: clockSkewSeconds * 1000,
            },
            store,
            view,
          )
    if (status === 'revoked') return 'revoked'
    if (status === 'pending') worst = 'pending'
  }
  return worst
}
