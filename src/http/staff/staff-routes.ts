import type { Deps } from '../../usecases/deps.ts'
import type { StaffDeps } from '../../usecases/staff/staff-deps.ts'
import type { Hub } from '../plugins/hub.ts'
import { invitationRoutes } from './invitation-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { staffScope } from './scope.ts'
import { signInRoutes } from './sign-in-routes.ts'

/** Enough for any of the forms, in bytes. */
const FORM_LIMIT = 8192

/** The door of the people who work with the hub: invitation, sign-in, and who else works here. */
export async function staffRoutes(app: Hub, deps: Deps, staff: StaffDeps): Promise<void> {
  await staffScope(app, staff, FORM_LIMIT)
  signInRoutes(app, deps, staff)
  invitationRoutes(app, deps, staff)
  peopleRoutes(app, deps, staff)
}
