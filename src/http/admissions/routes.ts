import type { Deps } from '../../usecases/deps.ts'
import type { Hub } from '../plugins/hub.ts'
import { applicationRoutes } from './applications.ts'
import { conductRoutes } from './conduct.ts'
import { paperRoutes } from './papers.ts'
import { reassessmentRoutes } from './reassessments.ts'

/** Admission workflows, sanctions, complaints and credit records, for hospitals and the agency. */
export async function admissionRoutes(app: Hub, deps: Deps): Promise<void> {
  applicationRoutes(app, deps)
  reassessmentRoutes(app, deps)
  conductRoutes(app, deps)
  // Papers are not JSON: their body parsers stay in a scope of their own.
  await app.register(async (scope: Hub) => paperRoutes(scope, deps))
}
