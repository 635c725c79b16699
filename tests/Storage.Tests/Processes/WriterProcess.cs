using System.Globalization;
using Dispatch.Storage;
using Dispatch.Storage.Grains;
using Dispatch.Storage.Sqlite;
using Storage.Tests.Support;

namespace Storage.Tests.Processes;

/// <summary>The child: loops of writes, each acknowledgement a line <c>loop value</c> on standard output, written after the store has answered.</summary>
internal static class WriterProcess
{
    public const string Verb = "--write";

    /// <param name="args">Verb, file, number of loops, writes of each, traits.</param>
    public static async Task<int> Run(string[] args)
    {
        var (loops, writes) = (int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture));
        var traits = Enum.Parse<ChildTraits>(args[4]);
        if (traits.HasFlag(ChildTraits.ForgetfulDisk))
            ForgetfulDisk.Install();
        await using var database = new SqliteDatabase(new SqliteStorageOptions { Path = args[1] }, TimeProvider.System);
        if (traits.HasFlag(ChildTraits.Unsynced))
            await PlantUnsynced(database);
        var storage = new SqliteGrainStorage(database, "dispatch");
        await using var output = Console.OpenStandardOutput();
        using var turn = new SemaphoreSlim(1);
        await Task.WhenAll(Enumerable.Range(0, loops).Select(loop => Task.Run(() => Loop(loop))));
        return 0;

        async Task Loop(int loop)
        {
            var grain = GrainId.Create("sample", $"main/job_{loop}");
            var state = new GrainState<Sample>(new Sample());
            await storage.ReadStateAsync("sample", grain, state);
            for (var write = 0; write < writes; write++)
            {
                var value = long.Parse(state.State!.Text ?? "0", CultureInfo.InvariantCulture) + 1;
                state.State.Text = value.ToString(CultureInfo.InvariantCulture);
                await storage.WriteStateAsync("sample", grain, state);
                await turn.WaitAsync();
                await output.WriteAsync(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{loop} {value}\n")));
                await output.FlushAsync();
                turn.Release();
            }
        }
    }
    /// <summary>The setting cannot be changed inside a transaction, and work is always in one: so it leaves that and begins one like it.</summary>
    private static Task<int> PlantUnsynced(SqliteDatabase database) => database.Execute("COMMIT; PRAGMA synchronous = OFF; BEGIN IMMEDIATE; SAVEPOINT item");
}
