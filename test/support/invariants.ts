import type { Pool } from 'pg'

/**
 * What must hold at every moment, whatever was killed. Each query returns rows only where it is broken.
 */
const INVARIANTS: Readonly<Record<string, string>> = {
  'the ledger balances': `select sum(amount_fen) as total from posting_line having coalesce(sum(amount_fen), 0) <> 0`,
  'every posting balances': `
    select posting_id from posting_line group by region_code, posting_id having sum(amount_fen) <> 0`,
  'every state has its event, and no event is ahead of it': `
    select s.prescription_no from prescription_state s
     where s.revision <> (select max(e.revision) from prescription_event e
                           where e.region_code = s.region_code and e.prescription_no = s.prescription_no)
        or s.hash <> (select e.hash from prescription_event e
                       where e.region_code = s.region_code and e.prescription_no = s.prescription_no
                         and e.revision = s.revision)`,
  'revisions have no gaps': `
    select prescription_no from prescription_event group by region_code, prescription_no having count(*) <> max(revision)`,
  'every dispense has exactly one effective settlement or open manual file; one that came back or ended has none': `
    select d.dispense_id from dispense d
     where case when d.handed_over_at is not null and d.returned_at is null then 1
                when d.returned_at is not null or d.ended_at is not null then 0
           end <> (select count(*) from settlement x
                    where x.region_code = d.region_code and x.dispense_id = d.dispense_id
                      and x.status in ('settled', 'deferred'))`,
  'every dispensed prescription has a dispense that was handed over': `
    select s.prescription_no from prescription_state s
     where s.state = 'dispensed'
       and not exists (select from dispense d
                        where d.region_code = s.region_code and d.prescription_no = s.prescription_no
                          and d.handed_over_at is not null and d.returned_at is null)`,
  'every deferred settlement has one manual file': `
    select settlement_id from settlement x
     where x.status = 'deferred'
       and 1 <> (select count(*) from manual_file f where f.region_code = x.region_code and f.settlement_id = x.settlement_id
                    and f.status <> 'withdrawn')`,
  'a settlement takes the year once, is posted once it is handed over, and taken back as far as it got': `
    with posted as (
      select x.region_code, x.settlement_id, x.status, d.handed_over_at is not null and x.entries <> '[]' as is_owed,
             count(p.*) filter (where p.kind = 'reservation') as taken,
             count(p.*) filter (where p.kind = 'settlement') as booked,
             count(p.*) filter (where p.kind = 'release') as released,
             count(p.*) filter (where p.kind = 'reversal') as reversed
        from settlement x
        join dispense d on d.region_code = x.region_code and d.dispense_id = x.dispense_id
        left join posting p on p.region_code = x.region_code and p.settlement_id = x.settlement_id
                           and p.kind in ('reservation', 'settlement', 'release', 'reversal')
       group by x.region_code, x.settlement_id, d.handed_over_at)
    select settlement_id from posted
     where not case status
       when 'settled' then (taken, booked, released, reversed) = (1, is_owed::int, 0, 0)
       when 'reversed' then (taken, booked, released, reversed) in ((0, 0, 0, 0), (1, 0, 1, 0), (1, 1, 0, 1))
       else (taken, booked, released, reversed) = (0, 0, 0, 0) end`,
  'whatever is owed was handed over and did not come back': `
    select x.settlement_id, l.account, sum(l.amount_fen) from settlement x
      join dispense d on d.region_code = x.region_code and d.dispense_id = x.dispense_id
      join posting p on p.region_code = x.region_code and p.settlement_id = x.settlement_id
                    and p.kind in ('settlement', 'reversal')
      join posting_line l on l.region_code = p.region_code and l.posting_id = p.posting_id
     where x.status <> 'settled' or d.handed_over_at is null or d.returned_at is not null
     group by x.region_code, x.settlement_id, l.account having sum(l.amount_fen) <> 0`,
  'what a settlement charges is what its lines and payers add up to': `
    select settlement_id from settlement where status = 'settled' and charge_fen <> fund_fen + patient_fen`,
  'prescribed = dispensed + cancelled + remaining': `
    select prescription_no from prescription_line where prescribed <> dispensed + cancelled + remaining or remaining < 0`,
  'nothing is dispensed that no hand-over explains': `
    select l.prescription_no from prescription_line l
     where l.dispensed <> (select coalesce(sum(d.quantity), 0) from dispense_line d
                            join dispense h using (region_code, dispense_id)
                           where h.region_code = l.region_code and h.prescription_no = l.prescription_no
                             and d.line_no = l.line_no and h.handed_over_at is not null)`,
  'a pack is supplied once, or in parts that it holds': `
    select p.serial from pack p
      left join trace_code t on t.trace_code = p.serial and t.gtin = p.gtin
                            and t.returned_at is null and t.released_at is null and not t.sold_twice
     group by p.serial, p.gtin, p.size, p.whole, p.taken
    having count(t) filter (where t.quantity is null) > 1
        or (count(t) filter (where t.quantity is null) = 1 and count(t) > 1)
        or coalesce(sum(t.quantity), 0) > coalesce(p.size, 0)
        or p.whole <> count(t) filter (where t.quantity is null) or p.taken <> coalesce(sum(t.quantity), 0)`,
  'only a supply under way is promised packs': `
    select t.trace_code from trace_code t join dispense d using (region_code, dispense_id)
     where t.sold_at is null and t.released_at is null
       and (d.ended_at is not null or not exists (
         select from settlement s where s.region_code = d.region_code and s.dispense_id = d.dispense_id
           and s.status in ('requested', 'settled', 'deferred')))`,
  'a line is handed over in batches that add up': `
    select l.dispense_id from dispense_line l join dispense d using (region_code, dispense_id)
     where d.handed_over_at is not null
       and l.quantity <> (select coalesce(sum(b.quantity), 0) from dispense_batch b
                           where b.region_code = l.region_code and b.dispense_id = l.dispense_id and b.line_no = l.line_no)`,
  'what came back was handed over, and came back once': `
    select l.dispense_id from dispense_line l
      join dispense d on d.region_code = l.region_code and d.dispense_id = l.dispense_id
     where l.returned > l.quantity or (l.returned > 0 and d.handed_over_at is null)
        or l.returned <> (select coalesce(sum(b.quantity), 0) from supply_return r
                            join supply_return_line b using (region_code, return_id)
                           where r.region_code = l.region_code and r.dispense_id = l.dispense_id
                             and b.line_no = l.line_no)`,
  'a supply is returned when the last of it came back': `
    select d.dispense_id from dispense d
     where d.handed_over_at is not null
       and (d.returned_at is not null) <> (select bool_and(l.returned = l.quantity) from dispense_line l
                                            where l.region_code = d.region_code and l.dispense_id = d.dispense_id)`,
  'a returned prescription is with the patient in no part': `
    select s.prescription_no from prescription_state s
     where s.state = 'returned'
       and exists (select from dispense d
                    where d.region_code = s.region_code and d.prescription_no = s.prescription_no
                      and d.handed_over_at is not null and d.returned_at is null)`,
  'a refund is of a settlement that was taken back, and no more than its charge': `
    select r.refund_id from refund r join settlement x using (region_code, settlement_id)
     where x.status <> 'reversed' or r.amount_fen > coalesce(x.patient_fen, (
       select sum(round((l ->> 'quantity')::numeric * case jsonb_typeof(l -> 'unitPriceFen')
                when 'number' then (l ->> 'unitPriceFen')::numeric
                else (l #>> '{unitPriceFen,fen}')::numeric / (l #>> '{unitPriceFen,per}')::numeric end))
         from jsonb_array_elements(x.request::jsonb -> 'lines') l))`,
  'what is kept of a supply is what its settlement settled': `
    select x.settlement_id from settlement x
      join dispense d on d.region_code = x.region_code and d.dispense_id = x.dispense_id
     cross join lateral jsonb_to_recordset(x.request::jsonb -> 'lines') as k("lineNo" int, quantity numeric)
      join dispense_line l on l.region_code = x.region_code and l.dispense_id = x.dispense_id and l.line_no = k."lineNo"
     where x.status in ('settled', 'deferred') and d.handed_over_at is not null and k.quantity <> l.quantity - l.returned`,
  'a settling prescription has a requested settlement, and the other way round': `
    select s.prescription_no from prescription_state s
      full join (select * from settlement where status = 'requested') x
        on x.region_code = s.region_code and x.prescription_no = s.prescription_no
     where (s.state = 'settling') is distinct from (x.settlement_id is not null)`,
  'a person-year never goes below zero': `
    select person_id from person_year_movement group by region_code, person_id, year, measure having sum(amount_fen) < 0`,
  'one prescription per push': `
    select hospital_prescription_no from prescription group by region_code, hospital_id, hospital_prescription_no
    having count(*) > 1`,
}

/** Checks every invariant by SQL. @returns the names of the broken ones with a few rows */
export async function brokenInvariants(pool: Pool): Promise<{ name: string; rows: unknown[] }[]> {
  const broken: { name: string; rows: unknown[] }[] = []
  for (const [name, sql] of Object.entries(INVARIANTS)) {
    const { rows } = await pool.query(sql)
    if (rows.length > 0) broken.push({ name, rows: rows.slice(0, 3) })
  }
  return broken
}
