-- A trace code in any letter case is one code: kept in capitals, as the program writes it from now on.
-- What was sold twice in two spellings stays on record; the later sale is marked, and the pack stays sold.
alter table trace_code add column sold_twice boolean not null default false;
comment on column trace_code.sold_twice is
  'Of two live sales of one pack in two spellings, from before spellings were compared: all but the first.';

drop index trace_code_sold_once;
update trace_code set trace_code = upper(trace_code) where trace_code <> upper(trace_code);
update trace_code t set sold_twice = true
  from (select ctid, row_number() over (partition by trace_code order by sold_at, dispense_id, line_no) as place
          from trace_code where returned_at is null) live
 where t.ctid = live.ctid and live.place > 1;
create unique index trace_code_sold_once on trace_code (trace_code) where returned_at is null and not sold_twice;
alter table trace_code add constraint trace_code_is_canonical check (trace_code = upper(trace_code));
