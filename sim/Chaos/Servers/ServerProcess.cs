using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Dispatch.Sim.Chaos.Servers;

/// <summary>What a server is started with, every time the same.</summary>
/// <param name="Program">The built server, a .dll.</param>
/// <param name="Folder">Of its data and its log; several nodes share one.</param>
public sealed record ServerSettings(string Program, string Folder, int Port, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Arguments)
{
    /// <summary>Of its log file.</summary>
    public string Name { get; init; } = "server";
}

/// <summary>Signals as Linux numbers them.</summary>
public enum Signal { Kill = 9, Terminate = 15, Continue = 18, Stop = 19 }

/// <summary>A real server process on a folder and port that stay the same from life to life.</summary>
public sealed class ServerProcess(ServerSettings settings, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(10) };
    private Process? process;
    private long startedAt;
    private StreamWriter? log;

    public Uri Address { get; } = new($"http://127.0.0.1:{settings.Port}/");

    /// <summary>Ends with the present life.</summary>
    public bool HasEnded => process is null || process.HasExited;

    public string LogFile { get; } = Path.Combine(settings.Folder, settings.Name + ".log");

    public TimeSpan SinceStart => time.GetElapsedTime(startedAt);

    public void Start()
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = settings.Folder };
        foreach (string word in (string[])[settings.Program, "--data", Path.Combine(settings.Folder, "data"), "--port", settings.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), .. settings.Arguments])
            start.ArgumentList.Add(word);
        foreach ((string name, string value) in settings.Environment)
            start.Environment[name] = value;
        log ??= new StreamWriter(LogFile, append: true) { AutoFlush = true };
        log.WriteLine("-- start");
        startedAt = time.GetTimestamp();
        process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Waits until <c>/health/ready</c> answers 200; null if the process ends first.</summary>
    /// <exception cref="TimeoutException">It did not become ready in time.</exception>
    public async Task<TimeSpan?> Ready(TimeSpan patience, CancellationToken cancellation)
    {
        long asked = time.GetTimestamp();
        while (time.GetElapsedTime(asked) < patience)
        {
            if (HasEnded)
                return null;
            if (await IsReady(cancellation))
                return SinceStart;
            await Task.Delay(Look, time, cancellation);
        }
        throw new TimeoutException($"The server was not ready within {patience.TotalSeconds:0} s.");
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task Kill()
    {
        if (process is null)
            return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>Sends a signal to the present life; nothing where it has ended already.</summary>
    public void Send(Signal signal)
    {
        if (process is { HasExited: false } living)
            _ = NativeKill(living.Id, (int)signal);
    }

    /// <summary>Waits for the end of the present life; its exit code, 128 and the number of the signal where one ended it.</summary>
    public async Task<int> Ended(CancellationToken cancellation)
    {
        Process present = process ?? throw new InvalidOperationException("The server was never started.");
        await present.WaitForExitAsync(cancellation);
        return present.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        http.Dispose();
        lock (http)
            log?.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int NativeKill(int pid, int signal);

    /// <summary>Whether <c>/health/ready</c> answers 200 now.</summary>
    public async Task<bool> IsReady(CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri(Address, "health/ready"), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false; // nobody listens yet
        }
    }

    private void Keep(string? line)
    {
        lock (http)
            if (line is not null && log is { BaseStream.CanWrite: true })
                log.WriteLine(line);
    }
}
