using System.Globalization;
using Dispatch.Sim.Chaos.Servers;

namespace Dispatch.Sim.Chaos.Clusters;

/// <summary>
/// Triggers in the run's own database that write down what nobody may do: put a record or a list's row back to an older state. A silo that was frozen and goes on knows nothing of what happened
/// meanwhile; this shows that nothing of what it still believes is written.
/// </summary>
public sealed class DatabaseWitness(PrivatePostgres postgres)
{
    private const string Triggers = """
        CREATE TABLE stale_write (at timestamptz NOT NULL DEFAULT clock_timestamp(), what text NOT NULL);
        CREATE FUNCTION note_stale_record() RETURNS trigger LANGUAGE plpgsql AS $f$
        BEGIN
          IF NEW.version <> OLD.version + 1 OR (NEW.payloadjson ->> 'version')::bigint < (OLD.payloadjson ->> 'version')::bigint THEN
            INSERT INTO stale_write (what) VALUES (format('%s %s: state %s written over %s', OLD.graintypestring, OLD.grainidextensionstring,
              NEW.payloadjson ->> 'version', OLD.payloadjson ->> 'version'));
          END IF;
          RETURN NULL;
        END $f$;
        CREATE TRIGGER stale_record AFTER UPDATE ON OrleansStorage FOR EACH ROW EXECUTE FUNCTION note_stale_record();
        CREATE FUNCTION note_stale_row() RETURNS trigger LANGUAGE plpgsql AS $f$
        BEGIN
          IF NEW.version < OLD.version THEN
            INSERT INTO stale_write (what) VALUES (format('row of %s %s: version %s over %s', OLD.kind, OLD.id, NEW.version, OLD.version));
          END IF;
          RETURN NULL;
        END $f$;
        CREATE TRIGGER stale_row AFTER UPDATE ON "view" FOR EACH ROW EXECUTE FUNCTION note_stale_row();
        """;

    /// <summary>Events of a state that never became durable: numbered beyond the record they came from.</summary>
    private const string Unfounded = """
        SELECT 'event ' || e.number || ' of ' || e.source || ', whose record is at ' || (s.payloadjson ->> 'version')
        FROM (SELECT source, max(number) AS number FROM event GROUP BY source) e
        JOIN OrleansStorage s ON s.graintypestring = split_part(e.source, ':', 1) AND s.grainidextensionstring = substr(e.source, strpos(e.source, ':') + 1)
        WHERE e.number > (s.payloadjson ->> 'version')::bigint
        """;

    /// <summary>Own connections are no part of the budget.</summary>
    private const string Connections = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";

    /// <summary>Once the tables are there.</summary>
    public async Task Begin()
    {
        if (await postgres.Ask(Triggers) is null)
            throw new ChaosRefusedException("The triggers that witness stale writes could not be made.");
    }

    /// <summary>A sentence for each stale write; how many records and events there were to judge.</summary>
    public async Task<(IReadOnlyList<string> Stale, int Judged)> Find()
    {
        string stale = await Must("SELECT what FROM stale_write ORDER BY at") + "\n" + await Must(Unfounded);
        string judged = await Must("SELECT count(*) FROM OrleansStorage s JOIN (SELECT DISTINCT source FROM event) e ON s.graintypestring = split_part(e.source, ':', 1) AND s.grainidextensionstring = substr(e.source, strpos(e.source, ':') + 1)");
        return ([.. stale.Split('\n', StringSplitOptions.RemoveEmptyEntries)], int.Parse(judged, CultureInfo.InvariantCulture));
    }

    /// <summary>How many connections to the database there are; null while it takes none.</summary>
    public async Task<int?> CountConnections() => await postgres.Ask(Connections) is { } count ? int.Parse(count, CultureInfo.InvariantCulture) : null;

    private async Task<string> Must(string sql) => await postgres.Ask(sql) ?? throw new ChaosRefusedException("The database could not be asked for stale writes.");
}
