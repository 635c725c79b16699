using System.Globalization;
using System.Text;
using Dispatch.Bench.Routing;
using Dispatch.Instances;

namespace Dispatch.Bench.Generation;

/// <summary>
/// Makes small technician routing instances in the benchmark's text format: homes and requests at random on a square of 100 × 100, the
/// depot in the middle, narrow windows over the day. The same arguments give the same text.
/// </summary>
/// <param name="Technicians">Crew, 1 or more.</param>
/// <param name="Requests">Requests, 1 or more.</param>
/// <param name="Horizon">Length of every shift in time units; at least 250, so that every place can be reached and left within it.</param>
/// <param name="WindowWidth">Width of a request's window in time units.</param>
/// <param name="Seed">Source of chance.</param>
public sealed record TrspGenerator(int Technicians, int Requests, int Horizon, int WindowWidth, int Seed)
{
    private const int Kinds = 5;
    private const int Side = 100;
    private const int Service = 10;

    /// <summary>The way from the depot, which is in the middle, to a corner.</summary>
    private const int Farthest = 71;

    public const int LeastHorizon = 250;

    /// <summary>A window that is wider leaves no time to get there before it opens and back after it closes.</summary>
    public static int WidestWindow(int horizon) => horizon - (2 * Farthest) - Service - 1;

    public TrspInstance Make(string name)
    {
        var random = new Random(Seed);
        var rows = new List<TrspRow> { new(0, Side / 2, Side / 2, 0, Horizon, 0, [], [], new int[Kinds]) };
        for (var i = 0; i < Technicians; i++)
        {
            rows.Add(new TrspRow(
                rows.Count, random.Next(Side + 1), random.Next(Side + 1), 0, Horizon, 0, Some(random, 2, 4), Some(random, 0, 4),
                [.. Enumerable.Range(0, Kinds).Select(_ => random.Next(3) == 0 ? 0 : random.Next(1, 5))]));
        }

        for (var i = 0; i < Requests; i++)
        {
            // One that nobody could serve is drawn again.
            TrspRow request;
            do
                request = Request(random, rows.Count);
            while (!TrspProblem.IsServable(rows, Technicians, request));
            rows.Add(request);
        }

        return new TrspInstance(name, Technicians, Kinds, Kinds, Kinds, rows);
    }

    private TrspRow Request(Random random, int number)
    {
        var (x, y) = (random.Next(Side + 1), random.Next(Side + 1));
        // From the depot there is time to get there before the window opens, and back after it closes.
        var far = (int)Math.Ceiling(Math.Sqrt(((x - 50.0) * (x - 50)) + ((y - 50.0) * (y - 50))));
        var opens = random.Next(far, Horizon - far - Service - WindowWidth);
        return new TrspRow(
            number, x, y, opens, opens + WindowWidth, Service, [random.Next(Kinds)], Some(random, 0, 2),
            [.. Enumerable.Range(0, Kinds).Select(_ => random.Next(4) == 0 ? 1 : 0)]);
    }

    /// <summary>
    /// Release time per request id: −1 for those known at the start, else a moment of the first half of the time until the window opens.
    /// </summary>
    /// <param name="percent">How many of a hundred requests are revealed during the day.</param>
    public IReadOnlyList<(int Id, int Release)> Releases(TrspInstance instance, int percent)
    {
        var random = new Random(Seed + percent);
        var dynamic = instance
            .Rows.Skip(Technicians + 1)
            .OrderBy(_ => random.Next())
            .Take(Requests * percent / 100)
            .Select(row => row.Id)
            .ToHashSet();
        return
        [
            .. instance
                .Rows.Skip(Technicians + 1)
                .Select(row => (row.Id, dynamic.Contains(row.Id) ? random.Next(1, Math.Max(2, (int)row.Opens / 2)) : -1)),
        ];
    }

    public static string Write(TrspInstance instance)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{instance.Name}\n\nINFO\nCREW COUNT  SKILLS  TOOLS   SPARE PARTS\n");
        text.Append(CultureInfo.InvariantCulture, $"{instance.Crew,-12}{instance.Skills,-8}{instance.Tools,-8}{instance.Parts}\n\n");
        text.Append("DEPOT TECHNICIANS AND REQUESTS\nID   X     Y     TWS    TWE    Serv   SKILLS   TOOLS    SPARE PARTS\n");
        foreach (var row in instance.Rows)
        {
            var parts = row.Id == 0 ? string.Empty : string.Join(',', row.Parts);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{row.Id, -5}{row.X, -6}{row.Y, -6}{row.Opens, -7}{row.Closes, -7}{row.Service, -7}"
                    + $"[{string.Join(',', row.Skills)}] \t[{string.Join(',', row.Tools)}] \t[{parts}]\n"
            );
        }

        return text.ToString();
    }

    public static string Write(TrspInstance instance, IReadOnlyList<(int Id, int Release)> releases)
    {
        var dynamic = releases.Count(release => release.Release >= 0);
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"# Instance {instance.Name} - {dynamic} dynamic requests - {releases.Count - dynamic} static requests\n"
                + $"Dyn   Stat\n{dynamic, -6}{releases.Count - dynamic}\nID    RD\n"
        );
        foreach (var (id, release) in releases.OrderBy(entry => entry.Release).ThenBy(entry => entry.Id))
        {
            text.Append(CultureInfo.InvariantCulture, $"{id,-6}{release}\n");
        }

        return text.ToString();
    }

    private static int[] Some(Random random, int atLeast, int atMost) =>
        [.. Enumerable.Range(0, Kinds).OrderBy(_ => random.Next()).Take(random.Next(atLeast, atMost + 1)).Order()];
}
