import { writeFileSync } from 'node:fs'
import { PACKAGE_ROOT } from '../../src/package-root.ts'
import { loadPolicies } from '../../src/policy/load-policies.ts'
import { dutyTable, proofs } from './duties.ts'

writeFileSync(
  new URL('docs/duties.md', PACKAGE_ROOT),
  dutyTable(proofs(await loadPolicies(new URL('policies/', PACKAGE_ROOT)))),
)
