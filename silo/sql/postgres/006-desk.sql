-- Whom the service desk talks with, and what was said: personal data, in rows of their own so that they can be erased.
CREATE TABLE desk_person (
    tenant    text NOT NULL,
    thing     text NOT NULL,
    name      text,
    phone     text,
    language  text,
    erased_at bigint,
    PRIMARY KEY (tenant, thing)
);

CREATE TABLE desk_text (
    tenant    text NOT NULL,
    thing     text NOT NULL,
    id        text NOT NULL,
    text      text,
    erased_at bigint,
    PRIMARY KEY (tenant, thing, id)
);
