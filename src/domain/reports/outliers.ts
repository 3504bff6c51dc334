/** A value of somebody within a group that can be compared. */
export interface Observation {
  readonly group: string
  readonly subject: string
  readonly value: number
}

export interface Outlier extends Observation {
  readonly median: number
  /** The modified z-score in hundredths: 350 is 3.50. */
  readonly scoreHundredths: number
}

/** Below this many members a group says nothing. */
const LEAST_GROUP = 5
/** Iglewicz and Hoaglin: above 3.5 a value is taken for an outlier. */
const THRESHOLD_HUNDREDTHS = 350

/**
 * Finds values far above those of the others of their group, by the modified z-score 0.6745 × (x − median) / MAD, where
 * MAD is the median of the distances from the median. Robust: the outliers themselves hardly move it. When more than
 * half of a group are equal the MAD is zero; then the mean distance × 1.253314 takes its place, as is usual.
 *
 * A high score is a reason to look, never a finding of fault.
 *
 * @returns the highest scores first; of equal ones by group and subject
 * @see SC-P3, FS-4.2c, MZ-8
 */
export function findOutliers(observations: readonly Observation[]): Outlier[] {
  const groups = new Map<string, Observation[]>()
  for (const observation of observations) {
    groups.set(observation.group, [...(groups.get(observation.group) ?? []), observation])
  }
  return [...groups.values()]
    .filter((members) => members.length >= LEAST_GROUP)
    .flatMap(outliersOf)
    .sort(
      (a, b) =>
        b.scoreHundredths - a.scoreHundredths || compare(a.group, b.group) || compare(a.subject, b.subject),
    )
}

function outliersOf(members: readonly Observation[]): Outlier[] {
  const median = medianOf(members.map(({ value }) => value))
  const distances = members.map(({ value }) => Math.abs(value - median))
  const mad = medianOf(distances)
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length
  const spread = mad === 0 ? mean * 1.253314 : mad / 0.6745
  if (spread === 0) return []
  return members
    .map((member) => ({
      ...member,
      median,
      scoreHundredths: Math.round(((member.value - median) / spread) * 100),
    }))
    .filter(({ scoreHundredths }) => scoreHundredths > THRESHOLD_HUNDREDTHS)
}

/** The middle value, or the mean of the two in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
