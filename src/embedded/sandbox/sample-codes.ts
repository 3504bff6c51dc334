import type { CivilDay } from '../../domain/primitives/civil-day.ts'
import { residentIdCheck } from '../../domain/primitives/resident-id.ts'

const padded = (value: number, width: number) => String(value).padStart(width, '0')

/** Sequences near the end of the range, so that a sample is not mistaken for a real institution or person. */
export const hospitalCode = (county: string, sequence: number) => `H${county}${padded(99000 + sequence, 5)}`
export const pharmacyCode = (county: string, sequence: number) => `P${county}${padded(99000 + sequence, 5)}`
export const physicianCode = (county: string, sequence: number) => `D${county}${padded(990000 + sequence, 6)}`
export const pharmacistCode = (county: string, sequence: number) =>
  `YS${county}${padded(990000 + sequence, 6)}`
export const personNumber = (region: string, sequence: number) =>
  `${region}${padded(99000000 + sequence, 14)}`

/**
 * An identity number with a right check character that nobody can hold: no province has a code from 90 to 99.
 *
 * @param sequence 0 to 499, unique for region, birth date and sex
 */
export function sampleResidentId(
  region: string,
  birthDate: CivilDay,
  sequence: number,
  sex: 'male' | 'female',
): string {
  const order = padded(sequence * 2 + (sex === 'male' ? 1 : 0), 3)
  const first17 = `99${region.slice(0, 4)}${birthDate.replaceAll('-', '')}${order}`
  return first17 + residentIdCheck(first17)
}

/** Eleven digits that no network uses: mobile numbers begin with 13 to 19. */
export const samplePhone = (region: string, sequence: number) =>
  `100${region.slice(0, 4)}${padded(sequence, 4)}`

/**
 * Deterministic random numbers (mulberry32): the same seed gives the same sequence everywhere.
 *
 * @returns a function that gives whole numbers from 0 to below its argument
 */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}
