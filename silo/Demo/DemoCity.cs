using Dispatch.Api.Access;
using Dispatch.Sim.City;
using Dispatch.Sim.City.Setup;
using Dispatch.Silo.Hosting;

namespace Dispatch.Silo.Demo;

/// <summary>
/// The demo: a city that is entered, and where it is to live played, over the server's own address by a client like any other. What it needs to sign in as everybody follows from one secret in the
/// data folder, so that it goes on after a restart.
/// </summary>
internal sealed class DemoCity(string address, IAccountBootstrap accounts, DispatchOptions options, ILogger log)
{
    /// <summary>Enters the city, with an account of its own: a manager whose password nobody needs to know.</summary>
    private const string Manager = "city";

    private const string Agent = "agent", Expert = "expert";

    public static bool WasBegun(string folder) => File.Exists(Path.Combine(folder, CitySecret.FileName));

    public async Task<(CityRun City, DemoAccounts Accounts)> Enter(CancellationToken cancellation)
    {
        CitySecret secret = CitySecret.Open(options.Data);
        Credentials Of(string user) => new(user, secret.PasswordOf(user), false);
        Credentials manager = Of(Manager);
        await accounts.EnsureManager(manager.User, manager.Password);
        // Nobody of the city works at the service desk yet: these two are for whoever tries it.
        await accounts.Ensure(Agent, secret.PasswordOf(Agent), Role.Agent, "Service desk");
        await accounts.Ensure(Expert, secret.PasswordOf(Expert), Role.Expert, "Second line");
        CityKind kind = options.City == "living" ? CityKind.Living : CityKind.Quiet;
        CityRun city = await CityRun.Open(
            new CityOptions(new Uri(address + "/"), new Sim.Client.Api.Credentials(manager.User, manager.Password), secret, kind, options.CitySeed, line => log.LogInformation("City: {Line}", line),
                line => log.LogDebug("City: {Line}", line)),
            TimeProvider.System, cancellation);
        await city.Enter(cancellation);
        string[] visitors = [.. city.Plan.Technicians.Where(t => t.Engagement == Sim.City.Plan.Engagement.Visitor).Select(t => t.User)];
        return (city, new DemoAccounts(Of(CitySetup.VisitingDispatcher), Of(CitySetup.VisitingPoint), Of(Agent), Of(Expert), visitors[0], visitors[^1], secret.PasswordOf(CitySetup.Visitors)));
    }
}
