-- Grain states. The grain key lies in GrainIdExtensionString; N0 and N1 are there because the official provider of a
-- cluster names rows by them too. COALESCE makes the key unique although SQLite counts two NULLs as different.
CREATE TABLE OrleansStorage (
    ServiceId              TEXT    NOT NULL,
    GrainTypeString        TEXT    NOT NULL,
    GrainIdN0              INTEGER NOT NULL,
    GrainIdN1              INTEGER NOT NULL,
    GrainIdExtensionString TEXT,
    Version                INTEGER NOT NULL,
    ModifiedOn             INTEGER NOT NULL,
    PayloadJson            TEXT,
    DueAt                  INTEGER GENERATED ALWAYS AS (json_extract(PayloadJson, '$.dueAt')) VIRTUAL
);
CREATE UNIQUE INDEX OrleansStorage_key ON OrleansStorage
    (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, COALESCE(GrainIdExtensionString, ''));
CREATE INDEX OrleansStorage_due ON OrleansStorage (ServiceId, DueAt) WHERE DueAt IS NOT NULL;

CREATE TABLE reminder (
    service_id TEXT    NOT NULL,
    grain_id   TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    grain_hash INTEGER NOT NULL,
    start_at   INTEGER NOT NULL,
    period_ms  INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    PRIMARY KEY (service_id, grain_id, name)
) WITHOUT ROWID;
CREATE INDEX reminder_hash ON reminder (service_id, grain_hash);
-- Versions come from here, so that a reminder removed and set again never repeats one.
CREATE TABLE reminder_version (
    service_id TEXT    NOT NULL PRIMARY KEY,
    version    INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE event (
    tenant    TEXT    NOT NULL,
    source    TEXT    NOT NULL,
    number    INTEGER NOT NULL,
    type      TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    data      TEXT    NOT NULL,
    view_kind TEXT    NOT NULL,
    view_id   TEXT    NOT NULL,
    PRIMARY KEY (tenant, source, number)
);

CREATE TABLE stream_event (
    tenant TEXT    NOT NULL,
    stream TEXT    NOT NULL,
    seq    INTEGER NOT NULL,
    source TEXT    NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (tenant, stream, seq),
    UNIQUE (tenant, stream, source, number)
) WITHOUT ROWID;

CREATE TABLE stream_head (
    tenant TEXT    NOT NULL,
    stream TEXT    NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (tenant, stream)
) WITHOUT ROWID;

CREATE TABLE "view" (
    tenant     TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    zone       TEXT    NOT NULL,
    status     TEXT    NOT NULL,
    is_open    INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    technician TEXT,
    sort_at    INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    doc        TEXT    NOT NULL,
    search     TEXT    NOT NULL,
    PRIMARY KEY (tenant, kind, id)
);
CREATE INDEX view_open ON "view" (tenant, kind, zone, id) WHERE is_open = 1;
CREATE INDEX view_newest ON "view" (tenant, kind, sort_at DESC, id DESC);
CREATE INDEX view_zone ON "view" (tenant, kind, zone, sort_at DESC, id DESC);
CREATE INDEX view_status ON "view" (tenant, kind, status, sort_at DESC, id DESC);
CREATE INDEX view_technician ON "view" (tenant, kind, technician, sort_at DESC, id DESC) WHERE technician IS NOT NULL;

CREATE TABLE account (
    user_name     TEXT    NOT NULL PRIMARY KEY,
    tenant        TEXT    NOT NULL,
    role          TEXT    NOT NULL,
    subject_id    TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    created_at    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX account_subject ON account (tenant, subject_id);

CREATE TABLE contact (
    tenant    TEXT NOT NULL,
    job_id    TEXT NOT NULL,
    name      TEXT,
    phone     TEXT,
    address   TEXT,
    language  TEXT,
    erased_at INTEGER,
    PRIMARY KEY (tenant, job_id)
) WITHOUT ROWID;

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant  TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    who     TEXT    NOT NULL,
    action  TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    digest  TEXT    NOT NULL
);
CREATE INDEX audit_subject ON audit (tenant, subject, id);

-- One row that a health check rewrites.
CREATE TABLE probe (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
);

CREATE TABLE OrleansQuery (
    QueryKey  TEXT NOT NULL PRIMARY KEY,
    QueryText TEXT NOT NULL
) WITHOUT ROWID;
