import { DASHES } from '../primitives/folded-name.ts'

const TAKEN =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3})\d{0,6})?)? ?(Z|([+-])(\d{2})(?::?(\d{2}))?)$/

/**
 * An instant as the hub keeps it: RFC 3339 with seconds and with its offset, to the millisecond. Taken are the ways of
 * writing that can mean this one instant only: no seconds, `+0800` or `+08`, a blank in place of `T`, a comma before
 * the fraction, small letters, full width, blanks around.
 *
 * Of more digits than milliseconds, which many languages write by themselves, the rest is dropped: no two events of a
 * prescription are closer. The offset stays what it was; a time without one means no instant, nor does a day that no calendar has.
 *
 * @returns undefined for anything else
 * @see RFC 3339, 5.6; ISO 8601-1, 5.4
 */
export function plainInstant(text: string): string | undefined {
  if (text.length > 60) return undefined
  const written = text.normalize('NFKC').replace(DASHES, '-').toUpperCase().trim()
  const [, day, hour, minute, second = '00', fraction, zone, sign, zoneHours, zoneMinutes = '00'] =
    TAKEN.exec(written) ?? []
  if (day === undefined || !isDay(day)) return undefined
  if (hour! > '23' || minute! > '59' || second > '59') return undefined
  if (zone !== 'Z' && (zoneHours! > '23' || zoneMinutes > '59')) return undefined
  const offset = zone === 'Z' ? zone : `${sign}${zoneHours}:${zoneMinutes}`
  return `${day}T${hour}:${minute}:${second}${fraction === undefined ? '' : `.${fraction}`}${offset}`
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
