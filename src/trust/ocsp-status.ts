import { hash } from 'node:crypto'
import type { Certificate } from './certificate.ts'
import { leadsToAnchor } from './certification-path.ts'
import { isAbout, type OcspResponse, type SingleResponse } from './ocsp-response.ts'
import type { Moment, RevocationStatus } from './revocation-status.ts'
import { SignatureRefusal } from './signature-refusal.ts'
import type { TrustStore, TrustView } from './trust-store.ts'

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9'
/** How long an answer that names no next one is taken as current. */
const DAY_MS = 86_400_000

interface Trust {
  readonly store: TrustStore
  readonly view: TrustView
  readonly embedded: readonly Certificate[]
}

function isResponder({ responder }: OcspResponse, certificate: Certificate): boolean {
  return 'name' in responder
    ? responder.name === certificate.subject
    : responder.keyHash === hash('sha1', certificate.key.bits)
}

function carried({ certificates }: OcspResponse, store: TrustStore): Certificate[] {
  return certificates.flatMap((der) => {
    try {
      return [store.certificate(der)]
    } catch (error) {
      if (error instanceof SignatureRefusal) return []
      throw error
    }
  })
}

/**
 * Whoever signed a response, where that one may speak for the issuer (RFC 6960, 4.2.2.2): the issuer itself, or a
 * responder whose certificate says OCSPSigning and leads to a trust anchor.
 */
async function signerOf(
  response: OcspResponse,
  issuer: Certificate,
  { store, view, embedded }: Trust,
): Promise<Certificate | undefined> {
  const others = [...carried(response, store), ...embedded]
  for (const candidate of [issuer, ...others]) {
    if (!isResponder(response, candidate) || candidate.key.problem !== undefined) continue
    if ((await store.problemOfLink(response, candidate.key)) !== undefined) continue
    if (candidate.fingerprint === issuer.fingerprint || candidate.key.hash === issuer.key.hash)
      return candidate
    const may = candidate.extendedKeyUsage?.includes(OCSP_SIGNING) === true
    const above = [issuer, ...others]
    if (may && (await leadsToAnchor(candidate, above, store, view, response.producedAt))) return candidate
  }
  return undefined
}

function isCurrent(single: SingleResponse, { now, skew }: Moment): boolean {
  const end = single.nextUpdate ?? single.thisUpdate + DAY_MS
  return single.thisUpdate <= now + skew && now - skew <= end
}

function statusOfSingle(single: SingleResponse, moment: Moment): RevocationStatus {
  if (single.thisUpdate > moment.now + moment.skew) return 'pending'
  if (single.status === 'revoked') {
    const counts = single.isCompromised || (single.revokedAt ?? 0) <= moment.seenAt + moment.skew
    return counts ? 'revoked' : 'pending'
  }
  return single.status === 'good' && isCurrent(single, moment) ? 'good' : 'pending'
}

/** What responses tell of a certificate: revoked when any says so, good when a current one does. */
export async function ocspStatus(
  subject: Pick<Certificate, 'serial'>,
  issuer: Certificate,
  responses: readonly OcspResponse[],
  trust: Trust,
  moment: Moment,
): Promise<RevocationStatus> {
  let status: RevocationStatus = 'pending'
  for (const response of responses) {
    const singles = response.responses.filter((single) => isAbout(single, subject, issuer))
    if (singles.length === 0 || (await signerOf(response, issuer, trust)) === undefined) continue
    for (const single of singles) {
      const told = statusOfSingle(single, moment)
      if (told === 'revoked') return 'revoked'
      if (told === 'good') status = 'good'
    }
  }
  return status
}
