-- The own shelf of a pharmacy, in the order of its pages.

create index stock_by_pharmacy on stock (region_code, pharmacy_id, drug_code);
