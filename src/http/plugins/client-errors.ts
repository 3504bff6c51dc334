import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { Problem, type ProblemCode } from '../../domain/problems.ts'
import { problemDocument, statusOf } from './problem-details.ts'

const CODES: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-too-slow',
  HPE_HEADER_OVERFLOW: 'too-large',
}

/**
 * Answers what never became a request: no HTTP, headers too long, or too slow to come.
 *
 * @returns for `clientErrorHandler`; ends the connection
 */
export function clientErrors(publicUrl: string) {
  return (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return
    const code = CODES[error.code ?? ''] ?? 'malformed'
    const status = statusOf(code)
    const requestId = randomUUID()
    const body = JSON.stringify(problemDocument(new Problem(code), publicUrl, requestId))
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'content-type: application/problem+json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${requestId}`,
      'cache-control: no-store',
      'x-content-type-options: nosniff',
      'connection: close',
    ]
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  }
}
