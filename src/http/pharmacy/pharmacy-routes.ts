import type { Deps } from '../../usecases/deps.ts'
import type { Hub } from '../plugins/hub.ts'
import { type EventParts, eventRoutes } from './event-routes.ts'
import { holdRoutes } from './hold-routes.ts'
import { paperRoutes } from './paper-routes.ts'
import { refundRoutes } from './refunds.ts'
import { settlementRoutes } from './settlement-routes.ts'
import { stockRoutes } from './stock-routes.ts'
import { uncollectedRoute } from './uncollected.ts'

/** Everything that pharmacy systems call. */
export function pharmacyRoutes(app: Hub, deps: Deps, parts: EventParts): void {
  holdRoutes(app, deps)
  paperRoutes(app, deps)
  settlementRoutes(app, deps)
  stockRoutes(app, deps)
  uncollectedRoute(app, deps)
  refundRoutes(app, deps)
  eventRoutes(app, deps, parts)
}
