using System.Globalization;
using Dispatch.Storage.Grains;
using Storage.Tests.Support;

namespace Storage.Tests.Processes;

/// <summary>What children that were killed had acknowledged, and whether a file still holds it.</summary>
internal sealed class Acknowledged
{
    public const int Loops = 32, BeforeTheKill = 400;
    private readonly long[] _values = new long[Loops];

    public long Total => _values.Sum();

    /// <summary>Lets a child write until it has acknowledged enough, and kills it in the middle of the rest.</summary>
    public async Task KillOneWriting(string file, ChildTraits traits, string phase)
    {
        using var child = ChildProgram.Start(file, Loops, writes: 1_000_000, traits);
        try
        {
            for (var line = 0; line < BeforeTheKill; line++)
                Note(await child.StandardOutput.ReadLineAsync().Within($"acknowledgement {line} of {phase}"));
        }
        finally
        {
            child.Kill();
        }
        // What it said before it died counts as well; the last line may be cut off.
        var rest = await child.StandardOutput.ReadToEndAsync().Within("the rest of what the child said");
        foreach (var line in rest.Split('\n')[..^1])
            Note(line);
        await child.WaitForExitAsync();
    }

    private void Note(string? line)
    {
        Assert.NotNull(line);
        var parts = line.Split(' ');
        var loop = int.Parse(parts[0], CultureInfo.InvariantCulture);
        var value = long.Parse(parts[1], CultureInfo.InvariantCulture);
        Assert.True(value > _values[loop], "values of one loop rise");
        _values[loop] = value;
    }

    /// <summary>Acknowledged writes that the file does not hold; the next child goes on from what it does hold.</summary>
    public async Task<long> LostIn(TestFile file)
    {
        await using var database = file.Open();
        var storage = new SqliteGrainStorage(database, "dispatch");
        Assert.Equal("ok", await database.Read(connection => Steps.Text(connection, "PRAGMA integrity_check")));
        var lost = 0L;
        for (var loop = 0; loop < Loops; loop++)
        {
            var state = new GrainState<Sample>();
            await storage.ReadStateAsync("sample", GrainId.Create("sample", $"main/job_{loop}"), state);
            var stored = long.Parse(state.State!.Text ?? "0", CultureInfo.InvariantCulture);
            // One write may have been under way; it may be there or not.
            Assert.True(stored <= _values[loop] + 1, "the file holds nothing that was never written");
            Assert.Equal(stored, long.Parse(state.ETag ?? "0", CultureInfo.InvariantCulture));
            lost += Math.Max(0, _values[loop] - stored);
            _values[loop] = stored;
        }
        return lost;
    }
}
