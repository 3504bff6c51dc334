import { createLocalJWKSet, decodeJwt, errors, type JWK, jwtVerify } from 'jose'
import { isScope, type Scope } from '../../../schemas/access.ts'
import { useJti } from '../../storage/access/assertions.ts'
import { type Client, findClient } from '../../storage/access/clients.ts'
import type { Queryable } from '../../storage/database.ts'
import { weaknessOf } from './key-strength.ts'

/** Longest life of an assertion, in seconds. */
const LONGEST_ASSERTION_SECONDS = 300
/** Signatures that are accepted; a key decides by its kind which of them it can make. */
export const ASSERTION_ALGORITHMS = ['ES256', 'ES384', 'PS256', 'RS256'] as const

/** Why no token is granted, in the words of RFC 6749 section 5.2. */
export type RefusalCode = 'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type'

/** An expected refusal of the token endpoint. */
export class GrantRefused extends Error {
  override readonly name = 'GrantRefused'
  readonly code: RefusalCode

  /** @param message for the developer of the client; says what to mend, in ASCII as the RFC demands */
  constructor(code: RefusalCode, message: string) {
    super(message)
    this.code = code
  }
}

/** What a token request says. */
export interface GrantRequest {
  readonly grantType: string
  readonly assertionType: string
  readonly assertion: string
  readonly clientId?: string | undefined
  /** Separated by blanks. */
  readonly scope?: string | undefined
}

/** What the token endpoint demands. */
export interface GrantTerms {
  /** The `aud` that means this hub: its issuer (RFC 7523 as tightened by draft-ietf-oauth-rfc7523bis). */
  readonly issuer: string
  /** Meant the hub before; absent where it is refused. */
  readonly deprecatedAudience?: string
  /** How far the clock of a client may be from that of the hub, in seconds. */
  readonly clockSkewSeconds: number
  readonly allowSandboxClients: boolean
}

/**
 * Decides about a client-credentials request with `private_key_jwt` (RFC 7523).
 *
 * The causes that would tell a stranger which clients exist have one answer.
 *
 * @returns the client, the scopes for the token, and whether the assertion named the endpoint instead of the issuer
 * @throws GrantRefused
 */
export async function grantToken(
  db: Queryable,
  request: GrantRequest,
  terms: GrantTerms,
  now: Date,
): Promise<{ client: Client; scopes: readonly Scope[]; isDeprecated: boolean }> {
  if (request.grantType !== 'client_credentials')
    throw new GrantRefused('unsupported_grant_type', 'grant_type must be client_credentials')
  if (request.assertionType !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    throw new GrantRefused(
      'invalid_request',
      'client_assertion_type must be urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    )
  const { client, isDeprecated } = await verifiedClient(db, request, terms, now)
  return { client, scopes: scopesFor(client, request.scope), isDeprecated }
}

async function verifiedClient(
  db: Queryable,
  request: GrantRequest,
  terms: GrantTerms,
  now: Date,
): Promise<{ client: Client; isDeprecated: boolean }> {
  const refused = new GrantRefused(
    'invalid_client',
    'the client is unknown or ended, or its assertion is not right: check kid, signature, iss, sub, aud',
  )
  const clientId = claimedId(request.assertion)
  if (clientId === undefined || (request.clientId !== undefined && request.clientId !== clientId))
    throw refused
  const client = await findClient(db, clientId)
  if (client === undefined || client.disabledAt !== null) throw refused
  if (client.sandbox && !terms.allowSandboxClients) throw refused

  const claims = await verifiedClaims(client, request.assertion, terms, now)
  if (claims === undefined) throw refused
  const { jti, exp, aud } = claims
  if (exp - now.getTime() / 1000 > LONGEST_ASSERTION_SECONDS + terms.clockSkewSeconds)
    throw new GrantRefused('invalid_client', `exp is more than five minutes ahead; ${hubTime(now)}`)
  if (typeof jti !== 'string' || !/^[\x20-\x7e]{8,128}$/.test(jti))
    throw new GrantRefused('invalid_client', 'jti must be a string of 8 to 128 ASCII characters')
  // Refused as expired from then on, so it need not be remembered longer.
  const forgetAt = new Date((exp + terms.clockSkewSeconds + 1) * 1000)
  if (!(await useJti(db, clientId, jti, forgetAt)))
    throw new GrantRefused('invalid_client', 'the assertion was used before: give each its own jti')
  return { client, isDeprecated: ![aud].flat().includes(terms.issuer) }
}

const hubTime = (now: Date) =>
  `the time of the hub is ${now.toISOString()} (${Math.floor(now.getTime() / 1000)})`

/** The issuer that an assertion claims, not verified. */
function claimedId(assertion: string): string | undefined {
  try {
    const { iss } = decodeJwt(assertion)
    return typeof iss === 'string' && /^[\x21-\x7e]{1,100}$/.test(iss) ? iss : undefined
  } catch {
    return undefined
  }
}

/**
 * @returns undefined when anything about the assertion is wrong, but for a time in it
 * @throws GrantRefused that names the claim whose time is wrong; its signature was right, so the client is known
 */
async function verifiedClaims(
  client: Client,
  assertion: string,
  terms: GrantTerms,
  now: Date,
): Promise<{ jti: unknown; exp: number; aud: string | string[] } | undefined> {
  try {
    const strong = client.jwks.keys.filter((jwk) => weaknessOf(jwk) === undefined)
    const keys = createLocalJWKSet({ keys: strong as JWK[] })
    const { payload } = await jwtVerify(assertion, keys, {
      algorithms: [...ASSERTION_ALGORITHMS],
      issuer: client.clientId,
      subject: client.clientId,
      audience: [terms.issuer, ...(terms.deprecatedAudience === undefined ? [] : [terms.deprecatedAudience])],
      requiredClaims: ['exp', 'jti'],
      clockTolerance: terms.clockSkewSeconds,
      currentDate: now,
    })
    return { jti: payload.jti, exp: payload.exp as number, aud: payload.aud as string | string[] }
  } catch (error) {
    const isClaim = error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed
    if (isClaim && (TIMES.has(error.claim) || error.reason === 'missing'))
      throw new GrantRefused('invalid_client', claimFault(error.claim, error.reason, now))
    // jose throws a TypeError for a key that is too small; everything else that is wrong is a JOSEError.
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined
    throw error
  }
}

function claimFault(claim: string, reason: string, now: Date): string {
  if (reason === 'missing') return `${claim} is missing`
  if (reason === 'invalid') return `${claim} must be a number of seconds since 1970-01-01T00:00:00Z`
  return `${claim} ${claim === 'exp' ? 'has passed' : 'lies in the future'}; ${hubTime(now)}`
}

/** Claims that are instants. */
const TIMES: ReadonlySet<string> = new Set(['exp', 'nbf', 'iat'])

function scopesFor(client: Client, wanted: string | undefined): readonly Scope[] {
  if (wanted === undefined || wanted === '') return client.scopes
  const scopes = [...new Set(wanted.split(' '))]
  const held = scopes.filter((scope): scope is Scope => isScope(scope) && client.scopes.includes(scope))
  if (held.length !== scopes.length)
    throw new GrantRefused('invalid_scope', 'the client does not hold one of the scopes')
  return held
}
