-- The newest sessions of a link are kept when one more is opened.

create index patient_session_by_link on patient_session (link_hash, created_at);
