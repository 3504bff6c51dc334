import type { FastifyRequest, preHandlerAsyncHookHandler } from 'fastify'
import { Problem } from '../../domain/problems.ts'
import type { Deps } from '../../usecases/deps.ts'
import { requireConcerned, type Supplier } from '../../usecases/pharmacy/supplier.ts'

/** Who may supply: pharmacies, and hospitals where the policy lets the patient choose one. */
export const SUPPLIERS = ['pharmacy', 'hospital'] as const

/**
 * The institution that calls.
 *
 * @throws Problem scope-missing for a client without one
 */
export function supplierOf(request: Pick<FastifyRequest, 'caller'>): Supplier {
  const { caller } = request
  const { institutionId } = caller
  if (institutionId === undefined) throw new Problem('scope-missing')
  return { ...caller, institutionId }
}

/** A `preHandler` for routes about one prescription: whoever isn't concerned by it gets the answer of an unknown one. */
export function concerned(deps: Deps): preHandlerAsyncHookHandler {
  return async (request) => {
    const { no } = request.params as { no: string }
    await requireConcerned(deps.pool, supplierOf(request), no)
  }
}
