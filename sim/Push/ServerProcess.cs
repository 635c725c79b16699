using System.Diagnostics;
using System.Text;

namespace Dispatch.Sim.Push;

/// <summary>How a server of one's own is started.</summary>
/// <param name="Program">Path of the server's assembly.</param>
/// <param name="Data">Its data folder.</param>
/// <param name="Port">0 for a free one.</param>
public sealed record ServerCommand(string Program, string Data, int Port)
{
    /// <summary>Further options, for instance <c>--Dispatch:Planning:Tick 00:10:00</c>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Where secrets go.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>A program that starts the server in its own place.</summary>
    public IReadOnlyList<string> Under { get; init; } = [];
}

/// <summary>A server in a process of its own, which may be killed. What it says is kept, the last of it.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const int KeptCharacters = 64 * 1024;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    private readonly Process process;
    private readonly Lock gate = new();
    private readonly StringBuilder said = new();
    private readonly TaskCompletionSource<Uri> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Uri? announced;

    private ServerProcess(Process process) => this.process = process;

    /// <summary>Where it listens, once it is ready.</summary>
    public Uri Address => ready.Task.IsCompletedSuccessfully ? ready.Task.Result : throw new InvalidOperationException("The server is not ready.");

    /// <summary>Ends when it is ready, fails when it has ended before.</summary>
    public Task<Uri> Ready => ready.Task;

    public int Id => process.Id;

    public string Said
    {
        get
        {
            lock (gate)
                return said.ToString();
        }
    }

    /// <summary>Started, but not yet ready.</summary>
    public static ServerProcess Begin(ServerCommand command)
    {
        string[] words = [.. command.Under, "dotnet", command.Program, "--data", command.Data, "--port", $"{command.Port}", .. command.Options];
        ProcessStartInfo start = new(words[0]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (string word in words.Skip(1))
            start.ArgumentList.Add(word);
        foreach ((string name, string value) in command.Environment)
            start.Environment[name] = value;
        ServerProcess server = new(new Process { StartInfo = start, EnableRaisingEvents = true });
        server.process.OutputDataReceived += (_, line) => server.Hear(line.Data);
        server.process.ErrorDataReceived += (_, line) => server.Hear(line.Data);
        server.process.Exited += (_, _) => server.ready.TrySetException(new InvalidOperationException("The server has ended. " + server.Said));
        server.process.Start();
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Started and ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message holds what it said.</exception>
    public static async Task<ServerProcess> Start(ServerCommand command)
    {
        ServerProcess server = Begin(command);
        try
        {
            await server.Ready.WaitAsync(StartLimit);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>kill -9; returns when it is gone.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Its exit code, once it has ended.</summary>
    public async Task<int> Ended(TimeSpan limit)
    {
        await process.WaitForExitAsync().WaitAsync(limit);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await Kill();
        process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        lock (gate)
        {
            said.AppendLine(line);
            if (said.Length > KeptCharacters)
                said.Remove(0, said.Length - KeptCharacters);
        }
        if (line.StartsWith("  Console ", StringComparison.Ordinal))
            announced = new Uri(line[10..].Trim()[..^"/console/".Length]);
        else if (line.StartsWith("Stop with Ctrl-C", StringComparison.Ordinal) && announced is { } address)
            ready.TrySetResult(address);
    }
}
