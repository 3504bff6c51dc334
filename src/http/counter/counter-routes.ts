import type { Deps } from '../../usecases/deps.ts'
import type { StaffDeps } from '../../usecases/staff/staff-deps.ts'
import type { Hub } from '../plugins/hub.ts'
import { staffScope } from '../staff/scope.ts'
import { inboxRoutes } from './inbox-routes.ts'
import { MODULE, MODULE_PATH } from './module.ts'
import { monthRoutes } from './month-routes.ts'
import { prescriptionRoutes } from './prescription-routes.ts'
import { refundRoutes } from './refund-routes.ts'
import { stockRoutes } from './stock-routes.ts'

/** A month of stock lines pasted into a form, in bytes; larger files go by the API. */
const FORM_LIMIT = 4 * 1024 * 1024

/** The pharmacist's workbench, in a browser. */
export async function counterRoutes(app: Hub, deps: Deps, staff: StaffDeps): Promise<void> {
  await staffScope(app, staff, FORM_LIMIT)
  inboxRoutes(app, deps)
  prescriptionRoutes(app, deps)
  refundRoutes(app, deps)
  stockRoutes(app, deps)
  monthRoutes(app, deps)
  app.get(MODULE_PATH, { schema: { hide: true } }, async (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(MODULE),
  )
}
