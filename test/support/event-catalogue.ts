import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Pool } from 'pg'
import { EVENTS, type EventType, eventDataSchema } from '../../schemas/events.ts'

const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
/** Closed, so that a member that is written and not catalogued is told. */
const checks = new Map(
  (Object.keys(EVENTS) as EventType[]).map((type) => [
    type,
    ajv.compile({ ...eventDataSchema(type), additionalProperties: false }),
  ]),
)

/** Events that recipients are told of and that the catalogue does not describe, each type once. */
export async function uncataloguedEvents(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ type: EventType; data: string }>(
    `select e.type, e.data from prescription_event e
      where exists (select from feed_entry f
                     where f.region_code = e.region_code and f.prescription_no = e.prescription_no
                       and f.revision = e.revision)`,
  )
  const faults = rows.map(({ type, data }) => {
    const check = checks.get(type)
    if (check === undefined) return `${type} is not catalogued`
    return check(JSON.parse(data)) ? undefined : `${type}: ${ajv.errorsText(check.errors)}`
  })
  return [...new Set(faults.filter((fault) => fault !== undefined))]
}
