import type { Mend } from '../mends/mends.ts'

/** One way to break the hub that a torture must notice: a fragment of an expression, as it is and as it is broken. */
export type Mutant = Omit<Mend, 'test'>

/** Named before the checks were written: what a careless change could do to each part that keeps the promises. */
export const MUTANTS: readonly Mutant[] = [
  {
    what: 'the lock of a prescription is removed',
    file: 'src/storage/prescription/state.ts',
    now: 'where region_code = $1 and prescription_no = $2 for update`',
    before: 'where region_code = $1 and prescription_no = $2`',
  },
  {
    what: 'a key that was claimed before counts as new',
    file: 'src/storage/idempotency.ts',
    now: 'rowCount === 1 ? undefined :',
    before: 'true ? undefined :',
  },
  {
    what: 'the settlement leaves no row in the outbox',
    file: 'src/usecases/request-settlement.ts',
    now: "leave(tx, outbox.add(tx, row.regionCode, 'settlement', { settlementId }, now))",
    before: 'void outbox',
  },
  {
    what: 'any pharmacy counts as the holder',
    file: 'src/domain/lifecycle/decide.ts',
    now: 'institutionId === undefined || pharmacyId === institutionId',
    before: 'true || institutionId === pharmacyId',
  },
  {
    what: 'a cancel that waits stops nothing',
    file: 'src/domain/lifecycle/decide.ts',
    now: "'no-cancel-pending': ({ cancelPendingAt }) => cancelPendingAt === undefined",
    before: "'no-cancel-pending': () => true",
  },
  {
    what: "the payer's refusal is taken for its payment",
    file: 'src/domain/settlement/decide-payer-answer.ts',
    now: "{ kind: 'decline', code: 'payer-refused', takeBack: false }",
    before: "{ kind: 'complete', with: 'ours' }",
  },
  {
    what: 'what is handed over is not posted',
    file: 'src/domain/prescription/hand-over.ts',
    now: 'postings: postingsAt(situation)',
    before: 'postings: postingsAt(situation).slice(1)',
  },
  {
    what: 'a reader of the feed passes what commits late',
    file: 'src/storage/feed.ts',
    now: 'and (f.xact, f.seq) > ($2::xid8, $3::bigint)\n       and f.region_code = $5\n       and f.xact < feed_place((select epoch from hub_database), pg_snapshot_xmin(pg_current_snapshot()))',
    before: 'and (f.xact, f.seq) > ($2::xid8, $3::bigint)\n       and f.region_code = $5',
  },
  {
    what: 'an event is placed by its transaction alone',
    file: 'src/storage/prescription/state.ts',
    now: 'greatest(feed_place, feed_place_now())',
    before: 'feed_place_now()',
  },
  {
    what: 'an event forgets the one before it',
    file: 'src/domain/lifecycle/event.ts',
    now: 'Buffer.concat([previous, Buffer.from(text)])',
    before: 'Buffer.concat([new Uint8Array(32), Buffer.from(text)])',
  },
]
