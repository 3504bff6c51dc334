import type { Scope } from '../../../schemas/access.ts'
import type { Queryable } from '../database.ts'

/** The kinds of system that call the hub. Patients come by link, not as clients. */
export type ClientKind = 'hospital' | 'pharmacy' | 'agency' | 'operator'

/** A registered system. */
export interface Client {
  readonly clientId: string
  readonly kind: ClientKind
  readonly name: string
  /** Present for all but operators. */
  readonly regionCode: string | null
  /** Present for hospitals and pharmacies. */
  readonly institutionId: string | null
  /** Public keys, as a JWK Set. */
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] }
  readonly scopes: readonly Scope[]
  readonly sandbox: boolean
  readonly disabledAt: Date | null
  /** Counts the changes of all but the name and the end; the database counts. */
  readonly revision: number
}

/** @returns the client, disabled or not; undefined when nobody has the id */
export async function findClient(db: Queryable, clientId: string): Promise<Client | undefined> {
  const { rows } = await db.query<Client>(
    `select client_id as "clientId", kind, name, region_code as "regionCode",
            institution_id as "institutionId", jwks, scopes, sandbox, disabled_at as "disabledAt", revision
       from client
      where client_id = $1`,
    [clientId],
  )
  return rows[0]
}

/** A client as it is registered. */
export type NewClient = Omit<Client, 'disabledAt' | 'revision'>

/**
 * Registers a client, or replaces what is known of it; a disabled one stays disabled.
 *
 * The keys are checked by the use case, not here.
 */
export async function addClient(db: Queryable, client: NewClient, now: Date): Promise<void> {
  await db.query(
    `insert into client (client_id, kind, name, region_code, institution_id, jwks, scopes, sandbox, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (client_id) do update
        set kind = excluded.kind, name = excluded.name, region_code = excluded.region_code,
            institution_id = excluded.institution_id, jwks = excluded.jwks, scopes = excluded.scopes,
            sandbox = excluded.sandbox`,
    [
      client.clientId,
      client.kind,
      client.name,
      client.regionCode,
      client.institutionId,
      JSON.stringify(client.jwks),
      client.scopes,
      client.sandbox,
      now,
    ],
  )
}

/** A client with the ids of its keys in place of the keys. */
export type ListedClient = Omit<Client, 'jwks' | 'revision'> & { readonly keyIds: readonly string[] }

/** All clients, ended ones too, by id. */
export async function listClients(db: Queryable): Promise<ListedClient[]> {
  const { rows } = await db.query<ListedClient>(
    `select client_id as "clientId", kind, name, region_code as "regionCode",
            institution_id as "institutionId", sandbox, disabled_at as "disabledAt", scopes,
            array(select key ->> 'kid' from jsonb_array_elements(jwks -> 'keys') as key) as "keyIds"
       from client
      order by client_id`,
  )
  return rows
}

/** How a client stands now. */
export interface Standing {
  readonly isDisabled: boolean
  readonly revision: number
}

/** @returns undefined when nobody has the id */
export async function findStanding(db: Queryable, clientId: string): Promise<Standing | undefined> {
  const { rows } = await db.query<Standing>({
    name: 'client-standing',
    text: 'select disabled_at is not null as "isDisabled", revision from client where client_id = $1',
    values: [clientId],
  })
  return rows[0]
}

/** Ends a client: it gets no token any more, and those that it holds are refused. @returns false when there is none to end */
export async function disableClient(db: Queryable, clientId: string, now: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    `update client set disabled_at = $2 where client_id = $1 and disabled_at is null`,
    [clientId, now],
  )
  return rowCount === 1
}
