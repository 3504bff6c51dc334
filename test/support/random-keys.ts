import { createHash } from 'node:crypto'

/** Keys in base64 that look as random ones do, the same in every run. */
export const RANDOM_KEYS = ['one', 'two'].map((name) =>
  createHash('sha256').update(name).digest('base64'),
) as [string, string]
