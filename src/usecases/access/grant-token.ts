import { createLocalJWKSet, decodeJwt, errors, type JWK, jwtVerify } from 'jose'
import { isScope, type Scope } from '../../../schemas/access.ts'
import { useJti } from '../../storage/access/assertions.ts'
import { type Client, findClient } from '../../storage/access/clients.ts'
import type { Queryable } from '../../storage/database.ts'

/** Longest life of an assertion, in seconds. */
const LONGEST_ASSERTION_SECONDS = 300
/** Clocks may differ by this much. */
const TOLERANCE_SECONDS = 30

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
  /** Values of `aud` that mean this hub. */
  readonly audiences: readonly string[]
  readonly allowSandboxClients: boolean
}

/**
 * Decides about a client-credentials request with `private_key_jwt` (RFC 7523).
 *
 * The causes that would tell a stranger which clients exist have one answer.
 *
 * @returns the client, and the scopes for the token
 * @throws GrantRefused
 */
export async function grantToken(
  db: Queryable,
  request: GrantRequest,
  terms: GrantTerms,
  now: Date,
): Promise<{ client: Client; scopes: readonly Scope[] }> {
  if (request.grantType !== 'client_credentials')
    throw new GrantRefused('unsupported_grant_type', 'grant_type must be client_credentials')
  if (request.assertionType !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    throw new GrantRefused(
      'invalid_request',
      'client_assertion_type must be urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    )
  const client = await verifiedClient(db, request, terms, now)
  return { client, scopes: scopesFor(client, request.scope) }
}

async function verifiedClient(
  db: Queryable,
  request: GrantRequest,
  terms: GrantTerms,
  now: Date,
): Promise<Client> {
  const refused = new GrantRefused(
    'invalid_client',
    'the client is unknown or ended, or its assertion is not right: check kid, signature, iss, sub, aud, exp',
  )
  const clientId = claimedId(request.assertion)
  if (clientId === undefined || (request.clientId !== undefined && request.clientId !== clientId))
    throw refused
  const client = await findClient(db, clientId)
  if (client === undefined || client.disabledAt !== null) throw refused
  if (client.sandbox && !terms.allowSandboxClients) throw refused

  const claims = await verifiedClaims(client, request.assertion, terms, now)
  if (claims === undefined) throw refused
  const { jti, exp } = claims
  if (exp - now.getTime() / 1000 > LONGEST_ASSERTION_SECONDS + TOLERANCE_SECONDS)
    throw new GrantRefused('invalid_client', 'exp must be at most five minutes ahead')
  if (typeof jti !== 'string' || jti.length < 8 || jti.length > 128)
    throw new GrantRefused('invalid_client', 'jti must be a string of 8 to 128 characters')
  // Refused as expired from then on, so it need not be remembered longer.
  const forgetAt = new Date((exp + TOLERANCE_SECONDS + 1) * 1000)
  if (!(await useJti(db, clientId, jti, forgetAt)))
    throw new GrantRefused('invalid_client', 'the assertion was used before: give each its own jti')
  return client
}

/** The issuer that an assertion claims, not verified. */
function claimedId(assertion: string): string | undefined {
  try {
    const { iss } = decodeJwt(assertion)
    return typeof iss === 'string' && iss.length <= 100 ? iss : undefined
  } catch {
    return undefined
  }
}

/** @returns undefined when anything about the assertion is wrong */
async function verifiedClaims(
  client: Client,
  assertion: string,
  terms: GrantTerms,
  now: Date,
): Promise<{ jti: unknown; exp: number } | undefined> {
  try {
    const keys = createLocalJWKSet({ keys: [...client.jwks.keys] as JWK[] })
    const { payload } = await jwtVerify(assertion, keys, {
      algorithms: ['ES256', 'RS256'],
      issuer: client.clientId,
      subject: client.clientId,
      audience: [...terms.audiences],
      requiredClaims: ['exp', 'jti'],
      clockTolerance: TOLERANCE_SECONDS,
      currentDate: now,
    })
    return { jti: payload.jti, exp: payload.exp as number }
  } catch (error) {
    // jose throws a TypeError for a key that is too small; everything else that is wrong is a JOSEError.
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined
    throw error
  }
}

function scopesFor(client: Client, wanted: string | undefined): readonly Scope[] {
  if (wanted === undefined || wanted === '') return client.scopes
  const scopes = [...new Set(wanted.split(' '))]
  const held = scopes.filter((scope): scope is Scope => isScope(scope) && client.scopes.includes(scope))
  if (held.length !== scopes.length)
    throw new GrantRefused('invalid_scope', 'the client does not hold one of the scopes')
  return held
}
