import { randomUUID } from 'node:crypto'
import t from 'tap'
import { BUILT_IN_PAYER } from '../../src/domain/settlement/payer-gateway.ts'
import { requeueLost } from '../../src/queue/lost-work.ts'
import { relayOnce } from '../../src/queue/outbox-relay.ts'
import { openQueues } from '../../src/queue/queues.ts'
import { QUEUES, startWorkers } from '../../src/runtime/workers.ts'
import { openPool } from '../../src/storage/database.ts'
import { listFailed } from '../../src/storage/failed-job.ts'
import { eventually } from '../queue/backends.ts'
import { testHub } from '../support/hub.ts'
import { walker } from '../support/journey.ts'

t.test(
  'MZ-6.7 a settlement that used up its tries is deferred in the transaction that records the failure, or not at all',
  async (t) => {
    const hub = await testHub(t)
    const walk = walker(hub)
    const { no, settlementId } = await walk.settling()
    const background = openPool(hub.url, 4)
    // The work itself fails, and the commit that records it fails the first time, after everything in it succeeded.
    await background.query(`
      alter table settlement add constraint no_settlement check (status <> 'settled');
      create sequence commits;
      create function refuse_first() returns trigger language plpgsql as $$
        begin
          if nextval('commits') = 1 then raise exception 'the commit failed'; end if;
          return null;
        end $$;
      create constraint trigger refuse_first after insert on failed_job
        deferrable initially deferred for each row execute function refuse_first();`)
    const errors: Error[] = []
    const queues = await openQueues({
      backend: { kind: 'postgres', databaseUrl: hub.url, maxWorkers: QUEUES.length },
      names: QUEUES,
      prefix: `t${randomUUID().slice(0, 8)}`,
      attempts: 1,
      onError: (error) => errors.push(error),
    })
    t.teardown(async () => {
      await queues.close()
      await background.end()
    })
    await startWorkers({
      deps: hub.deps,
      queues,
      payer: BUILT_IN_PAYER,
      notifier: { send: async () => {} } as never,
      pool: background,
      concurrency: 1,
      onFault: () => {},
    })
    await relayOnce(background, queues, hub.now)
    await eventually(() => errors.some(({ message }) => message === 'the commit failed'))
    t.equal(await walk.stateOf(no), 'settling', 'not deferred without the record')
    t.same(await listFailed(background), [])

    // The work is found as lost and given out again.
    await eventually(async () => (await queues.queue('settlement').getJobCounts('failed'))['failed'] === 1)
    await requeueLost(background, queues, new Date(hub.now.getTime() + 61_000), 60_000)
    await relayOnce(background, queues, new Date(hub.now.getTime() + 61_000))
    await eventually(async () => (await listFailed(background)).length === 1)
    t.equal(await walk.stateOf(no), 'deferred')
    t.match(await listFailed(background), [{ body: { settlementId } }])
  },
)
