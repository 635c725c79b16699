using Dispatch.Sim.City.Plan;
using Dispatch.Sim.City.Setup;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Clock;

namespace Dispatch.Sim.City;

/// <summary>What everybody in the city shares: where the server is, its clock, the plan, the passwords. Not who they are.</summary>
/// <param name="Trouble">Told what went wrong and is being tried again.</param>
/// <param name="Detail">Told the same of single phones.</param>
public sealed record CityWorld(CityPlan Plan, Uri Server, HttpMessageHandler Handler, ServerClock Clock, CitySecret Secret, TimeProvider Time, Action<string> Trouble, Action<string> Detail)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>A client that nobody has signed in with.</summary>
    public ApiClient Client() => new(Server, Handler, Time, RetryRules.Standard, new Random());

    public async Task<ApiClient> SignIn(string user, CancellationToken cancellation)
    {
        ApiClient client = Client();
        (await client.SignIn(new Credentials(user, Secret.PasswordOf(user)), cancellation)).Must("sign-in of " + user);
        return client;
    }

    /// <summary>Does it again and again until cancelled; what fails is told, and begun anew after a rest: a city does not end because a server restarts.</summary>
    public async Task Forever(string who, Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
            if (!await Once(who, work, cancellation))
                await Once(who, stop => Task.Delay(Rest, Time, stop), cancellation);
    }

    /// <summary>Does it unless cancelled; what fails is told. Returns whether it was done.</summary>
    public async Task<bool> Once(string who, Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        try
        {
            await work(cancellation);
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e) when (e is ApiException or ServerUnreachableException or HttpRequestException or IOException or TimeoutException or System.Text.Json.JsonException)
        {
            Trouble($"{who}: {e.Message}");
            return false;
        }
    }

    /// <summary>At least that much real time and that much of the server's: often enough to be lively, not so often that asking costs more than what is asked about.</summary>
    public Task Pause(TimeSpan real, TimeSpan server, CancellationToken cancellation) =>
        Task.Delay(TimeSpan.FromSeconds(Math.Max(real.TotalSeconds, server.TotalSeconds / Clock.Speed)), Time, cancellation);
}
