/** Powers of ten of a measure, as steps from nanograms and nanolitres. */
const MASS: Readonly<Record<string, number>> = { kg: 12, g: 9, mg: 6, ug: 3, ng: 0 }
const VOLUME: Readonly<Record<string, number>> = { l: 9, ml: 6, ul: 3 }
const WORDS: Readonly<Record<string, string>> = {
  千克: 'kg',
  克: 'g',
  毫克: 'mg',
  微克: 'ug',
  mcg: 'ug',
  μg: 'ug',
  升: 'l',
  毫升: 'ml',
  μl: 'ul',
}

/** An amount of one kind of measure: in nanograms, or in nanolitres. */
interface Measure {
  readonly kind: 'mass' | 'volume'
  readonly amount: bigint
}

/** A fraction of units of a drug, in ten-thousandths above the line. */
export interface Units {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** True for a unit that measures (g, ml); false for one that counts pieces (片, 支, 盒). */
export function isMeasure(unit: string): boolean {
  return measured('1', unit) !== undefined
}

/** True when two names of a dosage form are one: 软胶囊剂 is 软胶囊. */
export function sameForm(one: string, other: string): boolean {
  return plain(one).replace(/剂$/, '') === plain(other).replace(/剂$/, '')
}

/** True when two units are the same word, or two words for the same measure. */
export function sameUnit(one: string, other: string): boolean {
  return unitOf(one) === unitOf(other)
}

/**
 * True when two specifications state the same strength: 100mg/粒 is 0.1g/粒, and 0.1g × 24粒 says more of the same.
 */
export function sameSpecification(one: string, other: string): boolean {
  const [a, b] = [strengthText(one), strengthText(other)]
  if (a === b) return true
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return long.startsWith(short) && /^[*/]/.test(long.slice(short.length))
}

/**
 * How many units of a drug one taking is: its unit itself, or a mass or volume that the specification gives for one
 * unit.
 *
 * @param dose decimal text with its unit
 * @param unit of the drug
 * @returns undefined when the two have nothing in common
 */
export function unitsOf(
  dose: { readonly amount: string; readonly unit: string },
  unit: string,
  specification: string | undefined,
): Units | undefined {
  const amount = scaled(dose.amount, 4)
  if (amount === undefined) return undefined
  if (sameUnit(dose.unit, unit)) return { numerator: amount, denominator: 1n }
  const taken = measured(dose.amount, dose.unit)
  if (taken === undefined || specification === undefined) return undefined
  const one = contentOf(specification, unit).find(({ kind }) => kind === taken.kind)
  return one === undefined || one.amount === 0n
    ? undefined
    : { numerator: taken.amount * 10_000n, denominator: one.amount }
}

/** What one unit holds, where the specification says it plainly: `0.1g/粒`, `1.5mg:0.5ml/支`, `6mg(0.05ml)/支`. */
function contentOf(specification: string, unit: string): Measure[] {
  const [content = '', per] = plain(specification).split('/')
  if (per !== undefined && unitOf(per) !== unitOf(unit)) return []
  const parts = content.replace(/\)$/, '').split(/[:(]/)
  const measures = parts.map((part) => {
    const [, amount, word] = /^(\d+(?:\.\d+)?)(\D+)$/.exec(part) ?? []
    return amount === undefined || word === undefined ? undefined : measured(amount, word)
  })
  const known = measures.filter((measure) => measure !== undefined)
  const kinds = new Set(known.map(({ kind }) => kind))
  return known.length === parts.length && kinds.size === known.length ? known : []
}

function strengthText(specification: string): string {
  return plain(specification)
    .replace(/(?<=[\p{L}\d)])[×✕x*](?=\d)/gu, '*')
    .replace(
      /(\d+(?:\.\d+)?)(kg|mg|mcg|μg|ug|ng|g|ml|μl|ul|l|千克|毫克|微克|克|毫升|升)(?![a-z])/gu,
      (_, n, u) => {
        const measure = measured(n as string, u as string)!
        return `${measure.amount}${measure.kind === 'mass' ? 'ng' : 'nl'}`
      },
    )
}

function measured(amount: string, unit: string): Measure | undefined {
  const word = unitOf(unit)
  const [kind, power] = Object.hasOwn(MASS, word)
    ? (['mass', MASS[word]!] as const)
    : (['volume', Object.hasOwn(VOLUME, word) ? VOLUME[word]! : undefined] as const)
  const scaledAmount = power === undefined ? undefined : scaled(amount, power)
  return scaledAmount === undefined ? undefined : { kind, amount: scaledAmount }
}

/** Decimal text times a power of ten; what is finer than one is cut off. */
function scaled(text: string, power: number): bigint | undefined {
  const [, whole, decimals = ''] = /^(\d{1,18})(?:\.(\d{1,18}))?$/.exec(text) ?? []
  return whole === undefined ? undefined : BigInt(whole + decimals.padEnd(power, '0').slice(0, power))
}

function unitOf(unit: string): string {
  const word = plain(unit)
  return Object.hasOwn(WORDS, word) ? WORDS[word]! : word
}

/** Width, case and blanks don't count; points do, because they stand in numbers. */
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s/g, '')
}
