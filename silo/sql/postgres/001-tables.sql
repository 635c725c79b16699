-- Grain states. The grain key lies in GrainIdExtensionString; N0 and N1 are there because the official provider names
-- rows by them too. NULLS NOT DISTINCT (PostgreSQL 15) lets two first writes of one grain never both succeed.
-- The type json keeps the text exactly as written.
CREATE TABLE OrleansStorage (
    ServiceId              text NOT NULL,
    GrainTypeString        text NOT NULL,
    GrainIdN0              bigint NOT NULL,
    GrainIdN1              bigint NOT NULL,
    GrainIdExtensionString text,
    Version                integer NOT NULL,
    ModifiedOn             bigint NOT NULL,
    PayloadJson            json,
    DueAt                  bigint GENERATED ALWAYS AS ((PayloadJson ->> 'dueAt')::bigint) STORED
);
CREATE UNIQUE INDEX OrleansStorage_key ON OrleansStorage
    (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString) NULLS NOT DISTINCT;
CREATE INDEX OrleansStorage_due ON OrleansStorage (ServiceId, DueAt) WHERE DueAt IS NOT NULL;

CREATE TABLE reminder (
    service_id text NOT NULL,
    grain_id   text NOT NULL,
    name       text NOT NULL,
    grain_hash integer NOT NULL,
    start_at   bigint NOT NULL,
    period_ms  bigint NOT NULL,
    version    integer NOT NULL,
    PRIMARY KEY (service_id, grain_id, name)
);
CREATE INDEX reminder_hash ON reminder (service_id, grain_hash);
-- Versions come from here, so that a reminder removed and set again never repeats one.
CREATE TABLE reminder_version (
    service_id text NOT NULL PRIMARY KEY,
    version    integer NOT NULL
);

CREATE TABLE event (
    tenant    text NOT NULL,
    source    text NOT NULL,
    number    bigint NOT NULL,
    type      text NOT NULL,
    at        bigint NOT NULL,
    data      text NOT NULL,
    view_kind text NOT NULL,
    view_id   text NOT NULL,
    PRIMARY KEY (tenant, source, number)
);

CREATE TABLE stream_event (
    tenant text NOT NULL,
    stream text NOT NULL,
    seq    bigint NOT NULL,
    source text NOT NULL,
    number bigint NOT NULL,
    PRIMARY KEY (tenant, stream, seq),
    UNIQUE (tenant, stream, source, number)
);

CREATE TABLE stream_head (
    tenant text NOT NULL,
    stream text NOT NULL,
    seq    bigint NOT NULL,
    PRIMARY KEY (tenant, stream)
);

CREATE TABLE "view" (
    tenant     text NOT NULL,
    kind       text NOT NULL,
    id         text COLLATE "C" NOT NULL,
    zone       text NOT NULL,
    status     text NOT NULL,
    is_open    smallint NOT NULL CHECK (is_open IN (0, 1)),
    technician text,
    sort_at    bigint NOT NULL,
    version    bigint NOT NULL,
    doc        text NOT NULL,
    search     text NOT NULL,
    PRIMARY KEY (tenant, kind, id)
);
CREATE INDEX view_open ON "view" (tenant, kind, zone, id) WHERE is_open = 1;
CREATE INDEX view_newest ON "view" (tenant, kind, sort_at DESC, id DESC);
CREATE INDEX view_zone ON "view" (tenant, kind, zone, sort_at DESC, id DESC);
CREATE INDEX view_status ON "view" (tenant, kind, status, sort_at DESC, id DESC);
CREATE INDEX view_technician ON "view" (tenant, kind, technician, sort_at DESC, id DESC) WHERE technician IS NOT NULL;

CREATE TABLE account (
    user_name     text NOT NULL PRIMARY KEY,
    tenant        text NOT NULL,
    role          text NOT NULL,
    subject_id    text NOT NULL,
    name          text NOT NULL,
    password_hash text NOT NULL,
    created_at    bigint NOT NULL
);
CREATE INDEX account_subject ON account (tenant, subject_id);

CREATE TABLE contact (
    tenant    text NOT NULL,
    job_id    text NOT NULL,
    name      text,
    phone     text,
    address   text,
    language  text,
    erased_at bigint,
    PRIMARY KEY (tenant, job_id)
);

CREATE TABLE audit (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant  text NOT NULL,
    at      bigint NOT NULL,
    who     text NOT NULL,
    action  text NOT NULL,
    subject text NOT NULL,
    digest  text NOT NULL
);
CREATE INDEX audit_subject ON audit (tenant, subject, id);

-- One row that a health check rewrites.
CREATE TABLE probe (
    id integer NOT NULL PRIMARY KEY CHECK (id = 1),
    at bigint NOT NULL
);

CREATE TABLE OrleansQuery (
    QueryKey  text NOT NULL PRIMARY KEY,
    QueryText text NOT NULL
);
