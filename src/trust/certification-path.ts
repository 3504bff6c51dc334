import type { SignatureProblemCode } from '../domain/signature-problems.ts'
import { type Certificate, KEY_USAGE } from './certificate.ts'
import { allowsNames, constrainedNames } from './name-constraints.ts'
import { SignatureRefusal } from './signature-refusal.ts'
import type { TrustStore, TrustView } from './trust-store.ts'

/** From the signer's certificate to a trust anchor, both included. */
export type CertificationPath = readonly Certificate[]

const MAX_LENGTH = 6
/** Most issuers tried for one signer, over all paths. */
const MAX_TRIALS = 24

const ANY_EXTENDED_USAGE = '2.5.29.37.0'
const CLIENT_AUTHENTICATION = '1.3.6.1.5.5.7.3.2'
const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4'
const DOCUMENT_SIGNING = '1.3.6.1.5.5.7.3.36'
const MICROSOFT_DOCUMENT_SIGNING = '1.3.6.1.4.1.311.10.3.12'
const SIGNING_USAGES = [
  ANY_EXTENDED_USAGE,
  CLIENT_AUTHENTICATION,
  EMAIL_PROTECTION,
  DOCUMENT_SIGNING,
  MICROSOFT_DOCUMENT_SIGNING,
]

type Problem = SignatureProblemCode | undefined

/** A certificate holds to the end of its last second. */
const LAST_SECOND = 999

function problemOfSigner(certificate: Certificate, at: number): Problem {
  const { keyUsage, extendedKeyUsage } = certificate
  if (certificate.key.problem !== undefined) return certificate.key.problem
  if (certificate.hasUnknownCritical) return 'critical-extension-unknown'
  // GB/T 20518 demands it of a signer's certificate; RFC 5280 would let an absent one pass.
  if (keyUsage === undefined) return 'key-usage-missing'
  const maySign = keyUsage.has(KEY_USAGE.digitalSignature) || keyUsage.has(KEY_USAGE.nonRepudiation)
  if (!maySign) return 'key-usage-wrong'
  if (extendedKeyUsage !== undefined && !extendedKeyUsage.some((usage) => SIGNING_USAGES.includes(usage))) {
    return 'extended-key-usage-wrong'
  }
  if (at < certificate.notBefore) return 'certificate-not-yet-valid'
  return at > certificate.notAfter + LAST_SECOND ? 'certificate-expired' : undefined
}

/** @param below intermediates between this authority and the signer, those that only renew a key not counted */
function problemOfAuthority(certificate: Certificate, below: number, at: number): Problem {
  const { keyUsage, pathLength } = certificate
  if (certificate.key.problem !== undefined) return certificate.key.problem
  if (certificate.hasUnknownCritical) return 'critical-extension-unknown'
  if (certificate.limitsPolicies) return 'policy-constrained'
  if (!certificate.isAuthority) return 'issuer-not-ca'
  if (keyUsage !== undefined && !keyUsage.has(KEY_USAGE.keyCertSign)) return 'issuer-key-usage-wrong'
  if (pathLength !== undefined && below > pathLength) return 'path-length-exceeded'
  if (at < certificate.notBefore) return 'issuer-not-yet-valid'
  return at > certificate.notAfter + LAST_SECOND ? 'issuer-expired' : undefined
}

/** What is wrong with a path whose signatures are right. Weak keys and bad usage come before dates. */
function problemOfPath(path: CertificationPath, at: number): Problem {
  const [signer, ...authorities] = path
  const own = problemOfSigner(signer!, at)
  if (own !== undefined) return own
  let below = 0
  for (const authority of authorities) {
    const problem = problemOfAuthority(authority, below, at)
    if (problem !== undefined) return problem
    if (authority.issuer !== authority.subject) below += 1
  }
  return problemOfNames(path)
}

/** Every name below an authority must be one that it may certify; a renewed authority's own name is free. */
function problemOfNames(path: CertificationPath): Problem {
  for (const [i, authority] of path.entries()) {
    if (authority.constraints === undefined) continue
    for (const [j, below] of path.slice(0, i).entries()) {
      if (j > 0 && below.issuer === below.subject) continue
      const names = constrainedNames(below.subjectParts, below.alternativeNames)
      if (!allowsNames(authority.constraints, names)) return 'name-not-allowed'
    }
  }
  return undefined
}

interface Search {
  readonly store: TrustStore
  readonly view: TrustView
  readonly embedded: readonly Certificate[]
  readonly at: number
  trials: number
  /** The failure of the attempt that came farthest. */
  failure: SignatureProblemCode
  reached: number
}

function fail(search: Search, depth: number, code: SignatureProblemCode): undefined {
  if (depth <= search.reached) return undefined
  search.reached = depth
  search.failure = code
  return undefined
}

function issuersOf(
  certificate: Certificate,
  path: CertificationPath,
  search: Pick<Search, 'view' | 'embedded'>,
): Certificate[] {
  const known = search.view.authoritiesNamed(certificate.issuer)
  const seen = new Set([...path, ...known].map((each) => each.fingerprint))
  return [
    ...known.filter((each) => !path.includes(each)),
    ...search.embedded.filter((each) => each.subject === certificate.issuer && !seen.has(each.fingerprint)),
  ]
}

/** Only a root signed by its own key: another certificate of that name is a matter of its issuer. */
async function isSelfSigned(certificate: Certificate, store: TrustStore): Promise<boolean> {
  if (certificate.issuer !== certificate.subject) return false
  const problem = await store.problemOfLink(certificate, certificate.key)
  return problem !== 'issuer-signature-wrong'
}

async function climb(path: CertificationPath, search: Search): Promise<CertificationPath | undefined> {
  const last = path[path.length - 1]!
  if (search.view.isAnchor(last.fingerprint)) {
    const problem = problemOfPath(path, search.at)
    return problem === undefined ? path : fail(search, 2 * MAX_LENGTH + path.length, problem)
  }
  if (await isSelfSigned(last, search.store)) return fail(search, 2 * path.length, 'root-not-trusted')
  if (path.length === MAX_LENGTH) return fail(search, 2 * path.length, 'path-too-complex')
  const issuers = issuersOf(last, path, search)
  if (issuers.length === 0) return fail(search, 2 * path.length, 'issuer-missing')
  for (const issuer of issuers) {
    search.trials += 1
    if (search.trials > MAX_TRIALS) throw new SignatureRefusal('path-too-complex')
    // An RSA key of absurd size must be refused before it is used.
    const problem = issuer.key.problem ?? (await search.store.problemOfLink(last, issuer.key))
    if (problem !== undefined) fail(search, 2 * path.length, problem)
    else {
      const found = await climb([...path, issuer], search)
      if (found !== undefined) return found
    }
  }
  return undefined
}

/**
 * Finds a path from a signer's certificate to a trust anchor that holds at an instant.
 *
 * Every link is a signature verified with the issuer's key; names only tell where to look. Issuers come from the
 * store and from the envelope, roots only from the store. When several paths are possible the first good one wins;
 * when none is good, the code is that of the attempt that came farthest.
 *
 * @param embedded certificates that came with the signature
 * @param at instant at which validity is judged, epoch milliseconds
 * @throws SignatureRefusal with the cause
 */
export async function findCertificationPath(
  signer: Certificate,
  embedded: readonly Certificate[],
  store: TrustStore,
  view: TrustView,
  at: number,
): Promise<CertificationPath> {
  const search: Search = { store, view, embedded, at, trials: 0, failure: 'issuer-missing', reached: 0 }
  const path = await climb([signer], search)
  if (path === undefined) throw new SignatureRefusal(search.failure)
  return path
}

/** True when an authority, or a key that it keeps for lists, leads to a trust anchor at an instant. */
export async function leadsToAnchor(
  certificate: Certificate,
  embedded: readonly Certificate[],
  store: TrustStore,
  view: TrustView,
  at: number,
  height = 1,
): Promise<boolean> {
  if (height > MAX_LENGTH) return false
  if (certificate.key.problem !== undefined || certificate.hasUnknownCritical) return false
  if (at < certificate.notBefore || at > certificate.notAfter + LAST_SECOND) return false
  for (const issuer of issuersOf(certificate, [certificate], { view, embedded })) {
    if (issuer.key.problem !== undefined || issuer.fingerprint === certificate.fingerprint) continue
    if ((await store.problemOfLink(certificate, issuer.key)) !== undefined) continue
    if (problemOfAuthority(issuer, 0, at) !== undefined) continue
    if (view.isAnchor(issuer.fingerprint)) return true
    if (await leadsToAnchor(issuer, embedded, store, view, at, height + 1)) return true
  }
  return false
}
