import type { Pool } from 'pg'
import { type Scope, scopesOf } from '../../schemas/access.ts'
import type { Hub } from '../../src/http/plugins/hub.ts'
import { addClient, type ClientKind, findClient } from '../../src/storage/access/clients.ts'
import type { Caller } from '../../src/usecases/deps.ts'

/** An access token of a caller, who is registered as a client unless it is one. The token says what the caller says. */
export async function accessToken(
  app: Hub,
  pool: Pool,
  caller: Caller,
  scopes?: readonly Scope[],
  seconds = 300,
): Promise<string> {
  const kind = caller.kind as ClientKind
  const known = await findClient(pool, caller.id)
  if (known === undefined)
    await addClient(
      pool,
      {
        clientId: caller.id,
        kind,
        name: 'Test client',
        regionCode: caller.regionCode === '' ? null : caller.regionCode,
        institutionId: caller.institutionId ?? null,
        jwks: { keys: [] },
        scopes: scopesOf(kind),
        sandbox: true,
      },
      new Date(),
    )
  const client = known ?? (await findClient(pool, caller.id))!
  const { regionCode, institutionId = null } = caller
  return await app.signAccessToken(
    { ...client, regionCode, institutionId },
    scopes ?? scopesOf(kind),
    seconds,
  )
}
