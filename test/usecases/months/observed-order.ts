import type { Pool } from 'pg'

/** Something that used or moved a person's year, in the order of the locks under which it happened. */
export interface Observed {
  readonly regionCode: string
  readonly kind: 'asked' | 'settlement' | 'reversal' | 'reimbursement'
  /** For a reimbursement: of the deferred settlement behind it. */
  readonly settlementId: string
  readonly postingId: string | undefined
}

/**
 * Watches a test database from within: a sequence number for each question to a payer and each posting. It is drawn
 * while the person's year is locked, and what is rolled back leaves nothing.
 */
export async function watchOrder(pool: Pool): Promise<void> {
  await pool.query(`
    create table observed (
      seq bigint generated always as identity, region_code text, kind text, settlement_id uuid, posting_id uuid
    );
    create function observe() returns trigger language plpgsql as $$
    begin
      if tg_table_name = 'payer_request' then
        insert into observed (region_code, kind, settlement_id) values (new.region_code, 'asked', new.settlement_id);
      else
        insert into observed (region_code, kind, settlement_id, posting_id)
        values (new.region_code, new.kind, new.settlement_id, new.posting_id);
      end if;
      return null;
    end $$;
    create trigger observe_asked after insert on payer_request for each row execute function observe();
    create trigger observe_posted after insert on posting for each row execute function observe();`)
}

/**
 * What moved the years, in order. A settlement stands where its payer was asked, because that is where it found the
 * balances; without a payer, where it took them. What the hand-over posts moves no year.
 */
export async function observedOrder(pool: Pool): Promise<Observed[]> {
  const { rows } = await pool.query<{
    region_code: string
    kind: Observed['kind']
    settlement_id: string
    posting_id: string | null
  }>(
    `select o.region_code, coalesce(k.kind, o.kind) as kind, coalesce(o.settlement_id, f.settlement_id) as settlement_id, o.posting_id
       from observed o
       left join manual_file f on f.region_code = o.region_code and f.posting_id = o.posting_id
       left join (values ('reservation', 'settlement'), ('release', 'reversal')) as k(posted, kind) on k.posted = o.kind
      where o.kind in ('asked', 'reservation', 'release', 'reversal', 'reimbursement')
      order by o.seq`,
  )
  const all = rows.map((row) => ({
    regionCode: row.region_code,
    kind: row.kind,
    settlementId: row.settlement_id,
    postingId: row.posting_id ?? undefined,
  }))
  const posted = new Map(
    all.filter(({ kind }) => kind === 'settlement').map((each) => [each.settlementId, each]),
  )
  const asked = new Set(all.filter(({ kind }) => kind === 'asked').map(({ settlementId }) => settlementId))
  return all.flatMap((each) => {
    // A question that led to no posting moved nothing.
    if (each.kind === 'asked') return posted.get(each.settlementId) ?? []
    return each.kind === 'settlement' && asked.has(each.settlementId) ? [] : [each]
  })
}
