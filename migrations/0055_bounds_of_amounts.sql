-- No amount that enters from outside is so large that a sum of amounts could pass 2^53, where a JSON number loses fen.
-- The figures are those of schemas/bounds.ts. `not valid`: what was stored before stays as it is.
alter table settlement
  add constraint charge_is_bounded check (charge_fen <= 100000000000) not valid;
alter table manual_file
  add constraint amount_is_bounded check (amount_fen <= 100000000000) not valid;
alter table stay_deductible
  add constraint deductible_is_bounded check (deductible_fen <= 100000000000) not valid;
alter table capitation_grant
  add constraint budget_is_bounded check (budget_fen <= 1000000000000) not valid;
-- A payment sums up a month of an institution.
alter table posting_line
  add constraint amount_is_bounded check (amount_fen between -1000000000000000 and 1000000000000000) not valid;
