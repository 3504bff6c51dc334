import type { Place } from '../place.ts'
import type { World } from '../world.ts'

/** What anybody may read, and tokens. */
export async function openToAll(world: World): Promise<void> {
  for (const operation of [
    'readKeys',
    'readAuthorizationServer',
    'readLiveness',
    'readReadiness',
    'readMetrics',
    'readProblems',
    'readCodes',
    'readPrescriptionSchema',
    'readSandbox',
    'readSandboxClock',
    'readSandboxNotifications',
  ]) {
    await world.ok(undefined, operation, {})
    await world.ok(undefined, operation, { method: 'HEAD' })
    await world.ask(undefined, operation, { headers: { 'x-long': 'a'.repeat(20_000) } })
  }
  await world.ok(undefined, 'readSandbox', { headers: { accept: 'text/html' } })
  await world.refused(undefined, 'readSandbox', { query: { region: '999999' } }, 'not-found')
  await world.refused(undefined, 'readSandboxNotifications', { query: { prescriptionNo: '1' } }, 'malformed')
  const lists = await world.ok(undefined, 'readCodes', {})
  for (const list of Object.keys(lists.body)) await world.ok(undefined, 'readCodeList', { path: { list } })
  await world.refused(undefined, 'readCodeList', { path: { list: 'nothing' } }, 404)
  await world.ok(undefined, 'readProblem', { path: { code: 'malformed' } })
  await world.ok(undefined, 'readProblem', { path: { code: 'malformed' }, headers: { accept: 'text/html' } })
  await world.refused(undefined, 'readProblem', { path: { code: 'nothing' } }, 'not-found')
  const form = {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: 'a.b.c',
  }
  for (const [asked, status] of [
    [{ form }, 401],
    [{ form: { ...form, grant_type: 'password' } }, 400],
    [{ form: {} }, 400],
  ] as const) {
    await world.ask(undefined, 'issueToken', asked).then((answer) => {
      if (answer.status !== status) throw new Error(`a token request was answered with ${answer.status}`)
    })
  }
  await world.ok(undefined, 'setSandboxClock', { body: { advanceSeconds: 0 } })
  await world.refused(undefined, 'setSandboxClock', { body: {} }, 'malformed')
}

/** Work that failed for good: looked at, sent again, closed. */
export async function operatorTidiesUp({ world, operator, code }: Place): Promise<void> {
  await world.ok(operator, 'readOutboxLag', {})
  await world.refused(undefined, 'makeSandboxFailure', { body: { regionCode: 'x' } }, 'malformed')
  const failed = async () => {
    const made = await world.ok(undefined, 'makeSandboxFailure', { body: { regionCode: code } })
    const { outboxId } = made.body
    const path = { region: code, outboxId: outboxId as string }
    for (let tries = 0; tries < 600; tries += 1) {
      const { body } = await world.ok(operator, 'listFailedJobs', { query: { region: code } })
      if (body.items.some((it: { outboxId: string }) => it.outboxId === outboxId)) return path
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('work that fails was not listed within half a minute')
  }
  const first = await failed()
  await world.refused(operator, 'listFailedJobs', { query: { resolved: 'no' } }, 'malformed')
  const body = { resolution: 'dropped' }
  await world.ok(operator, 'resolveFailedJob', { path: first, body })
  await world.refused(operator, 'resolveFailedJob', { path: first, body }, 'not-yours')
  const second = await failed()
  await world.ok(operator, 'retryFailedJob', { path: second })
  await world.refused(operator, 'retryFailedJob', { path: { ...second, outboxId: '999999999' } }, 'not-yours')
}
