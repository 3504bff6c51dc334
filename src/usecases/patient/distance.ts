/** A place on the earth, in degrees. */
export interface Position {
  readonly longitude: number
  readonly latitude: number
}

/** Mean radius of the earth in metres. */
const RADIUS = 6_371_009

/** Metres between two places along the surface (haversine), to about half a percent. */
export function metresBetween(a: Position, b: Position): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180
  const half = (from: number, to: number) => Math.sin(rad(to - from) / 2) ** 2
  const chord =
    half(a.latitude, b.latitude) +
    Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * half(a.longitude, b.longitude)
  return Math.round(2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(chord))))
}

/** The position of a register entry; undefined when it states none. */
export function positionOf(
  entry: { longitude?: number; latitude?: number } | undefined,
): Position | undefined {
  if (entry?.longitude === undefined || entry.latitude === undefined) return undefined
  return { longitude: entry.longitude, latitude: entry.latitude }
}
