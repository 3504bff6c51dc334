import { isScope, scopesOf } from '../../../schemas/access.ts'
import { addClient, type NewClient } from '../../storage/access/clients.ts'
import type { Queryable } from '../../storage/database.ts'
import { weaknessOf } from './key-strength.ts'

/**
 * Registers a client after a look at its keys and scopes.
 *
 * @throws RangeError for an id of odd characters, a scope that the kind can't hold, or a key that is
 *   private, symmetric, RSA under 2048 bits or with an even or small exponent, of another curve than P-256 and P-384, or without a key id
 */
export async function registerClient(db: Queryable, client: NewClient, now: Date): Promise<void> {
  if (!/^[A-Za-z0-9._-]{3,100}$/.test(client.clientId))
    throw new RangeError(`client id must be 3 to 100 of A-Z a-z 0-9 . _ -: ${client.clientId}`)
  const possible = scopesOf(client.kind)
  for (const scope of client.scopes) {
    if (!isScope(scope) || !possible.includes(scope))
      throw new RangeError(`a ${client.kind} cannot hold the scope ${scope}`)
  }
  if (client.jwks.keys.length === 0) throw new RangeError('a client needs a key')
  for (const jwk of client.jwks.keys) checkKey(jwk)
  await addClient(db, client, now)
}

function checkKey(jwk: Readonly<Record<string, unknown>>): void {
  if (typeof jwk['kid'] !== 'string' || jwk['kid'] === '') throw new RangeError('a key needs a kid')
  if (['d', 'k', 'p', 'q'].some((member) => member in jwk))
    throw new RangeError('only public keys are registered')
  if (jwk['kty'] !== 'EC' && jwk['kty'] !== 'RSA') throw new RangeError('a key must be EC or RSA')
  const weakness = weaknessOf(jwk)
  if (weakness !== undefined) throw new RangeError(weakness)
}
