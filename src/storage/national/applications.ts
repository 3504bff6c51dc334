import type { ClientKind } from '../access/clients.ts'
import type { Queryable } from '../database.ts'

/** An application of the national interface with the client that it acts for. */
export interface StoredApplication {
  readonly appId: string
  readonly clientId: string
  readonly publicKey: string
  readonly platformPublicKey: string
  readonly secretSealed: Buffer
  readonly platformKeySealed: Buffer
  readonly createdAt: Date
}

/** As much of its client as says what it may do. */
export interface ApplicationClient {
  readonly kind: ClientKind
  readonly regionCode: string | null
  readonly institutionId: string | null
  readonly scopes: readonly string[]
  readonly clientRevision: number
}

/** Stores a new application. */
export async function addApplication(db: Queryable, application: StoredApplication): Promise<void> {
  await db.query(
    `insert into national_application
       (app_id, client_id, public_key, platform_public_key, secret_sealed, platform_key_sealed, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      application.appId,
      application.clientId,
      application.publicKey,
      application.platformPublicKey,
      application.secretSealed,
      application.platformKeySealed,
      application.createdAt,
    ],
  )
}

/** @returns undefined when nobody has the id, or its client has ended: asked anew each time, so ended is ended at once */
export async function findApplication(
  db: Queryable,
  appId: string,
): Promise<(StoredApplication & ApplicationClient) | undefined> {
  const { rows } = await db.query<StoredApplication & ApplicationClient>({
    name: 'national-application',
    text: `select a.app_id as "appId", a.client_id as "clientId", a.public_key as "publicKey",
                  a.platform_public_key as "platformPublicKey", a.secret_sealed as "secretSealed",
                  a.platform_key_sealed as "platformKeySealed", a.created_at as "createdAt",
                  c.kind, c.region_code as "regionCode", c.institution_id as "institutionId", c.scopes,
                  c.revision as "clientRevision"
             from national_application a join client c using (client_id)
            where a.app_id = $1 and c.disabled_at is null`,
    values: [appId],
  })
  return rows[0]
}

/** Removes a client's applications. @returns how many */
export async function dropApplications(db: Queryable, clientId: string): Promise<number> {
  const { rowCount } = await db.query('delete from national_application where client_id = $1', [clientId])
  return rowCount ?? 0
}
