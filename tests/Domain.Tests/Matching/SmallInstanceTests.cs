using System.Globalization;
using System.Text.RegularExpressions;
using Dispatch.Domain;
using Dispatch.Domain.Matching;

namespace Domain.Tests.Matching;

/// <summary>The small technician routing instance of the repository, planned as a zone would plan it: units are metres and seconds.</summary>
public sealed partial class SmallInstanceTests
{
    private const int Crew = 8;

    [Fact]
    public void EveryRequest_IsServedByInsertionAndShorterAfterwards()
    {
        var snapshot = Read(File.ReadAllText(Path.Combine(Folder(), "small-r.txt")));
        var inserted = Given.Plan(snapshot);
        var improved = Given.Plan(snapshot, rounds: 3000);

        Assert.Equal(24, snapshot.Jobs.Length);
        Assert.Empty(improved.Unplaced);
        Assert.True(improved.Cost.Total <= inserted.Cost.Total);
        Assert.Contains(improved.Routes.SelectMany(route => route.Stops), stop => stop.Kind == StopKind.Depot);
        Assert.Empty(new PlanChecker(snapshot, Given.Travel, PlanningRules.Default).Check(improved));
        Assert.Equal(24, improved.Placements.Length);
    }

    [Fact]
    public void ReleaseTimes_LeaveTimeToServe()
    {
        var snapshot = Read(File.ReadAllText(Path.Combine(Folder(), "small-r.txt")));
        var releases = Pair().Matches(File.ReadAllText(Path.Combine(Folder(), "small-r_rd_50.txt")).Split("RD", 2)[1])
            .ToDictionary(match => "r" + match.Groups[1].Value, match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));

        Assert.Equal(snapshot.Jobs.Select(job => job.Id.Value).Order(), releases.Keys.Order());
        Assert.Equal(12, releases.Values.Count(release => release > 0));
        Assert.All(snapshot.Jobs, job => Assert.True(Given.After(releases[job.Id.Value]) < job.Windows[0].From));
    }

    private static PlanningSnapshot Read(string text)
    {
        var rows = Row().Matches(text).Select(match => (
            Id: int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
            Number: Enumerable.Range(2, 5).Select(i => double.Parse(match.Groups[i].Value, CultureInfo.InvariantCulture)).ToArray(),
            List: Enumerable.Range(7, 3).Select(i => match.Groups[i].Value.Split(',', StringSplitOptions.RemoveEmptyEntries)).ToArray())).ToArray();
        var technicians = rows.Where(row => row.Id is > 0 and <= Crew).Select(row => Given.Technician($"t{row.Id}", row.Number[0], row.Number[1]) with
        {
            ShiftEnd = Given.After(row.Number[3]),
            Skills = Given.Counts([.. row.List[0].Select(code => (code, 1))]),
            Tools = Given.Set(row.List[1]),
            Stock = Units(row.List[2]),
        });
        var jobs = rows.Where(row => row.Id > Crew).Select(row => Given.Job($"r{row.Id}", row.Number[0], row.Number[1]) with
        {
            Windows = [Given.Window(row.Number[2], row.Number[3])],
            Service = TimeSpan.FromSeconds(row.Number[4]),
            Skills = Given.Counts([.. row.List[0].Select(code => (code, 1))]),
            Tools = Given.Set(row.List[1]),
            Parts = Units(row.List[2]),
        });
        return Given.Snapshot([.. technicians], [.. jobs], Given.Depot("d0", rows[0].Number[0], rows[0].Number[1]));
    }

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, int> Units(string[] list) =>
        Given.Counts([.. list.Select((units, kind) => ($"p{kind}", int.Parse(units, CultureInfo.InvariantCulture)))]);

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "instances");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException("tests/instances is not above the test's folder.");
    }

    [GeneratedRegex(@"^[ \t]*(\d+)[ \t]+(\S+)[ \t]+(\S+)[ \t]+(\S+)[ \t]+(\S+)[ \t]+(\S+)[ \t]+\[([^\]]*)\][ \t]+\[([^\]]*)\][ \t]+\[([^\]]*)\]", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^[ \t]*(\d+)[ \t]+(-?\d+)[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Pair();
}
