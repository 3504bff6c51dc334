#!/bin/sh
# Run once by the PostgreSQL image, when it makes its data folder: a role for the hub that is no superuser, and its
# database. POSTGRES_USER is the superuser; HUB_PASSWORD is the password of the new role.
set -eu
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres --set=password="$HUB_PASSWORD" <<'SQL'
create role hub login password :'password';
create database hub owner hub;
SQL
