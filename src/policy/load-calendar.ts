import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { LineCounter, parseDocument } from 'yaml'
import { yearOf } from '../domain/primitives/civil-day.ts'
import type { WorkingCalendar } from '../domain/primitives/working-days.ts'
import { PolicyError, yamlFaults } from './policy-fault.ts'

/** Where the working days stand within the folder of the policies. */
export const CALENDAR_FILE = 'calendar/working-days.yaml'

const days = { type: 'array', uniqueItems: true, items: { type: 'string', format: 'date' } }
const ajv = new Ajv2020({ allErrors: true })
addFormats.default(ajv)
const checkShape = ajv.compile<{ years: WorkingCalendar }>({
  type: 'object',
  additionalProperties: false,
  required: ['years'],
  properties: {
    years: {
      type: 'object',
      propertyNames: { pattern: '^\\d{4}$' },
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['source', 'free', 'worked'],
        properties: { source: { type: 'string', minLength: 1 }, free: days, worked: days },
      },
    },
  },
})

/**
 * Reads the calendar of working days. A folder without one has no years: then nothing is counted in working days.
 *
 * @param folder that of the policies
 * @throws PolicyError for a calendar that is no YAML, names a year twice, is not of the right shape, or has a day of another year, a weekend that is
 *   free or a weekday that is worked
 */
export async function loadCalendar(folder: string): Promise<WorkingCalendar> {
  const text = await readFile(join(folder, CALENDAR_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return {}
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const broken = yamlFaults(document, lines, CALENDAR_FILE)
  if (broken.length > 0) throw new PolicyError(broken)
  const content: unknown = document.toJS()
  if (!checkShape(content))
    throw refused((checkShape.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`))
  const faults = Object.entries(content.years).flatMap(([year, { free, worked }]) => [
    ...free
      .filter((day) => !fits(day, year, false))
      .map((day) => `${day} is no weekday of ${year} that could be free`),
    ...worked
      .filter((day) => !fits(day, year, true))
      .map((day) => `${day} is no weekend of ${year} to be worked`),
  ])
  if (faults.length > 0) throw refused(faults)
  return Object.freeze(content.years)
}

function fits(day: string, year: string, isWeekend: boolean): boolean {
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay()
  return String(yearOf(day)) === year && (weekday === 0 || weekday === 6) === isWeekend
}

const refused = (messages: readonly string[]) =>
  new PolicyError(messages.map((message) => ({ file: CALENDAR_FILE, line: 1, column: 1, message })))
