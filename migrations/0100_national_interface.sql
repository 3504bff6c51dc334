-- The national interface (医保电子处方中心): who speaks it, and what it keeps between its own steps.

create table national_application (
  app_id              text primary key check (app_id ~ '^[0-9A-F]{32}$'),
  client_id           text not null references client,
  -- Base64 of 04, x and y: verifies what the application signs. Its private key never comes here.
  public_key          text not null,
  platform_public_key text not null,
  -- nonce (12), tag (16), then the secret under AES-256-GCM; app_id and purpose are the additional data.
  secret_sealed       bytea not null,
  platform_key_sealed bytea not null,
  created_at          timestamptz not null
);
create index national_application_by_client on national_application (client_id);

-- D001: a prescription that was checked and has its number, and is not uploaded yet, or was.
create table national_draft (
  region_code              text not null,
  prescription_no          text not null check (prescription_no ~ '^\d{22}$'),
  hospital_id              text not null,
  hospital_prescription_no text not null,
  serial                   int not null,
  -- Only the hash: the code opens the prescription at a pharmacy, and is derived again where it must be told.
  trace_hash               bytea not null unique,
  document                 bytea not null,
  document_sha256          bytea not null,
  created_at               timestamptz not null,
  primary key (region_code, prescription_no),
  constraint draft_once unique (region_code, hospital_id, hospital_prescription_no, document_sha256)
);
create index national_draft_by_age on national_draft using brin (created_at);

-- D002: what the region's signature server signed, as received.
create table national_signing (
  region_code     text not null,
  prescription_no text not null,
  value_sha256    bytea not null,
  original_value  bytea not null,
  sign_digest     bytea not null,
  signed_at       timestamptz not null,
  primary key (region_code, prescription_no, value_sha256)
);

-- D003: the first upload of a number, which is the only one.
create table national_upload (
  region_code     text not null,
  prescription_no text not null,
  -- The members of the upload but for the file, as JSON.
  upload          text not null,
  rx_file         bytea not null,
  sign_digest     bytea not null,
  original_value  bytea not null,
  uploaded_at     timestamptz not null,
  primary key (region_code, prescription_no)
);
