import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** The module of the counter's pages as it was compiled, without the mark of its source map. */
export const MODULE = readFileSync(new URL('../../browser/counter.js', import.meta.url), 'utf8').replace(
  /^\/\/# sourceMappingURL=.*$/m,
  '',
)

/** Where it is served. Its name changes with its content, so browsers may keep it. */
export const MODULE_PATH = `/assets/counter-${createHash('sha256').update(MODULE).digest('hex').slice(0, 12)}.js`
