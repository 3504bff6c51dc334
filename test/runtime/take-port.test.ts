import { createServer } from 'node:net'
import t from 'tap'
import { takePort } from '../../src/runtime/take-port.ts'
import { StartRefused } from '../../src/start-refused.ts'

t.test(
  'a busy port, a privileged one and an address of another machine are refused with one sentence',
  async (t) => {
    const busy = createServer()
    const port = await new Promise<number>((resolve) => {
      busy.listen(0, '127.0.0.1', () => resolve((busy.address() as { port: number }).port))
    })
    t.teardown(() => busy.close())
    for (const [host, wanted] of [
      ['127.0.0.1', port],
      ['192.0.2.1', 0],
    ] as const) {
      const error = await takePort(host, wanted).then(
        () => undefined,
        (reason: unknown) => reason,
      )
      t.ok(error instanceof StartRefused, host)
      t.equal((error as Error).message.split('\n').length, 1)
    }
  },
)

t.test('0 gives a free port', async (t) => {
  t.ok((await takePort('127.0.0.1', 0)) > 0)
})
