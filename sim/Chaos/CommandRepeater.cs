using System.Net.Http.Headers;
using System.Text;
using Dispatch.Sim.Chaos.Journals;
using Dispatch.Sim.Chaos.Load;

namespace Dispatch.Sim.Chaos;

/// <summary>Sends a command once more exactly as it was: same person, key and bytes.</summary>
public sealed class CommandRepeater(ChaosWorld world, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Pause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 16 }) { BaseAddress = world.Server, Timeout = Patience };

    /// <returns>The answer; status 0 with the trouble as body where there was none in time, which the judge takes for a changed answer.</returns>
    public async Task<(int Status, string Body)> Send(SentCommand command, CancellationToken cancellation)
    {
        try
        {
            return await SendUntilReady(command, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return (0, e.Message);
        }
    }

    private async Task<(int Status, string Body)> SendUntilReady(SentCommand command, CancellationToken cancellation)
    {
        string? token = await world.Find(command.User).Patient.Token(cancellation);
        long since = time.GetTimestamp();
        while (true)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, command.Path) { Content = new StringContent(command.Body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", command.Key);
            if (token is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using HttpResponseMessage answer = await http.SendAsync(request, cancellation);
            if ((int)answer.StatusCode != 503 || time.GetElapsedTime(since) > Patience)
                return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
            await Task.Delay(Pause, time, cancellation);
        }
    }

    public void Dispose() => http.Dispose();
}
