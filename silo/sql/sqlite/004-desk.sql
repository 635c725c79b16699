-- Whom the service desk talks with, and what was said: personal data, in rows of their own so that they can be erased.
CREATE TABLE desk_person (
    tenant    TEXT NOT NULL,
    thing     TEXT NOT NULL,
    name      TEXT,
    phone     TEXT,
    language  TEXT,
    erased_at INTEGER,
    PRIMARY KEY (tenant, thing)
) WITHOUT ROWID;

CREATE TABLE desk_text (
    tenant    TEXT NOT NULL,
    thing     TEXT NOT NULL,
    id        TEXT NOT NULL,
    text      TEXT,
    erased_at INTEGER,
    PRIMARY KEY (tenant, thing, id)
) WITHOUT ROWID;
