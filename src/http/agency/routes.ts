import type { Deps } from '../../usecases/deps.ts'
import type { Hub } from '../plugins/hub.ts'
import { agencyEventsRoute } from './events.ts'
import { agencyListRoutes } from './lists.ts'
import { agencyPaperRoutes } from './paper-prescriptions.ts'
import { personYearRoutes } from './person-years.ts'
import { agencyPrescriptionRoutes } from './prescriptions.ts'
import { agencyRefundRoute } from './refunds.ts'
import { registerTableRoutes } from './register-tables.ts'
import { registerRoutes } from './registers.ts'
import { agencyUncollectedRoute } from './uncollected.ts'

/** Everything that agencies call, but for money, admissions and reports. */
export function agencyRoutes(app: Hub, deps: Deps): void {
  registerRoutes(app, deps)
  registerTableRoutes(app, deps)
  agencyPrescriptionRoutes(app, deps)
  agencyListRoutes(app, deps)
  agencyEventsRoute(app, deps)
  agencyPaperRoutes(app, deps)
  agencyUncollectedRoute(app, deps)
  agencyRefundRoute(app, deps)
  personYearRoutes(app, deps)
}
