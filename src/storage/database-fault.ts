/**
 * Faults of the database and of the way to it that pass by themselves. The same request succeeds when it is sent again:
 * after a failover, a restart, a cut connection, or when two transactions got in each other's way.
 */

/**
 * SQLSTATE: connection exceptions (08), insufficient resources (53), a server that shuts down, crashed, starts, or lost
 * the database (57P01 to 57P05), a standby or a server set to read only (25006), a transaction that was ended for idling
 * (25P03), serialization failure, deadlock, lock not available.
 *
 * @see PostgreSQL, appendix A: error codes
 */
const PASSING_STATE = /^(08...|53...|57P0[1-5]|25006|25P03|40001|40P01|55P03)$/

/** System errors of a connection. */
const PASSING_SYSTEM =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|ERR_STREAM_DESTROYED|ERR_STREAM_WRITE_AFTER_END|ERR_SOCKET_CLOSED)$/

/** The driver gives its own errors about a connection no code: these are its sentences (pg 8, pg-pool 3). */
const LOST_CONNECTION =
  /^(Connection terminated( unexpectedly| due to connection timeout)?|Client has encountered a connection error and is not queryable|Client was closed and is not queryable|timeout expired|timeout exceeded when trying to connect|Query read timeout|Cannot use a pool after calling end on the pool|There was an error establishing an SSL connection|Received unexpected \w+ message from backend\.)$/

/** True for a fault that will pass; the caller may send the same again. */
export function isPassingFault(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  if (typeof code === 'string') return PASSING_STATE.test(code) || PASSING_SYSTEM.test(code)
  return error instanceof Error && typeof message === 'string' && LOST_CONNECTION.test(message)
}

/** True when the connection, not the statement, is at fault: it must not be used again. A standby stays one. */
export function isConnectionSpoilt(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return isPassingFault(error) && !/^(40001|40P01|55P03|53...)$/.test(String(code))
}
