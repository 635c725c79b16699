-- Appends what one grain hands over as one statement, so that the head of a stream, which everybody who appends to it waits for, is held for as long as the server needs and never for as long as a
-- client needs to come back with the next statement. Locks are taken in one order by everybody: events by number, heads by name, then the row of the list and its keys.
-- p_streams are all streams of all entries, in order; p_owners says for each which entry it belongs to (from 1). Answers for each, in that order, the number and whether it is new.
CREATE FUNCTION append_feed(
    p_tenant text, p_source text, p_numbers bigint[], p_types text[], p_ats bigint[], p_datas text[], p_streams text[], p_owners integer[],
    p_kind text, p_id text, p_zone text, p_status text, p_open smallint, p_technician text, p_point text, p_sort_at bigint, p_version bigint, p_doc text, p_search text, p_keys text[])
RETURNS TABLE (place integer, seq bigint, fresh boolean)
LANGUAGE plpgsql AS $f$
#variable_conflict use_column
BEGIN
    INSERT INTO event (tenant, source, number, type, at, data, view_kind, view_id)
    SELECT p_tenant, p_source, e.number, e.type, e.at, e.data, p_kind, p_id
    FROM unnest(p_numbers, p_types, p_ats, p_datas) AS e (number, type, at, data)
    ORDER BY e.number
    ON CONFLICT DO NOTHING;

    INSERT INTO stream_head (tenant, stream, seq)
    SELECT p_tenant, s.stream, 0 FROM (SELECT DISTINCT stream COLLATE "C" AS stream FROM unnest(p_streams) AS stream) s ORDER BY s.stream
    ON CONFLICT (tenant, stream) DO UPDATE SET seq = stream_head.seq;

    FOR i IN 1 .. coalesce(array_length(p_streams, 1), 0) LOOP
        place := i;
        -- The number it got the first time; looked up under the lock of the head, so that two hosts cannot both find none.
        seq := (SELECT known.seq FROM stream_event known
                WHERE known.tenant = p_tenant AND known.stream = p_streams[place] AND known.source = p_source AND known.number = p_numbers[p_owners[place]]);
        fresh := seq IS NULL;
        IF fresh THEN
            UPDATE stream_head head SET seq = head.seq + 1 WHERE head.tenant = p_tenant AND head.stream = p_streams[place] RETURNING head.seq INTO seq;
            INSERT INTO stream_event (tenant, stream, seq, source, number) VALUES (p_tenant, p_streams[place], seq, p_source, p_numbers[p_owners[place]]);
        END IF;
        RETURN NEXT;
    END LOOP;

    INSERT INTO "view" (tenant, kind, id, zone, status, is_open, technician, point, sort_at, version, doc, search)
    VALUES (p_tenant, p_kind, p_id, p_zone, p_status, p_open, p_technician, p_point, p_sort_at, p_version, p_doc, p_search)
    ON CONFLICT (tenant, kind, id) DO UPDATE
    SET zone = excluded.zone, status = excluded.status, is_open = excluded.is_open, technician = excluded.technician, point = excluded.point, sort_at = excluded.sort_at,
        version = excluded.version, doc = excluded.doc, search = excluded.search
    WHERE excluded.version > "view".version;

    INSERT INTO view_key (tenant, key, kind, id)
    SELECT p_tenant, k.key, p_kind, p_id FROM (SELECT key COLLATE "C" AS key FROM unnest(p_keys) AS key) k ORDER BY k.key
    ON CONFLICT DO NOTHING;
END $f$;
