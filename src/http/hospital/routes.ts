import type { Deps } from '../../usecases/deps.ts'
import type { Hub } from '../plugins/hub.ts'
import { hospitalEventsRoute } from './events.ts'
import { followUpRoutes } from './follow-up.ts'
import { outsideRefusalRoutes } from './outside-refusals.ts'
import { paperConfirmationRoutes } from './paper-confirmation.ts'
import { pushRoutes } from './push.ts'

/** Everything that hospital systems call. */
export function hospitalRoutes(app: Hub, deps: Deps): void {
  pushRoutes(app, deps)
  followUpRoutes(app, deps)
  paperConfirmationRoutes(app, deps)
  hospitalEventsRoute(app, deps)
  outsideRefusalRoutes(app, deps)
}
