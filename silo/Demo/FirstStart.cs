using System.Security.Cryptography;
using Dispatch.Api.Access;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Silo.Hosting;
using Dispatch.Sim.City;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Dispatch.Silo.Demo;

/// <summary>
/// What happens once the server answers: the first manager account where there is none, the demo on an empty folder, its life, and the addresses on the console. The first manager's
/// password is printed once and kept nowhere; those of the demo follow from its secret.
/// </summary>
public sealed class FirstStart(
    IServer server, IAccountBootstrap accounts, IDatabase database, IHostApplicationLifetime lifetime, IOptions<DispatchOptions> options, IConfiguration configuration, ILogger<FirstStart> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await Started(stoppingToken))
            return;
        string address = server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        try
        {
            Credentials? manager = await FirstManager();
            bool isDemo = options.Value.Demo && (manager is not null || DemoCity.WasBegun(options.Value.Data));
            (CityRun City, DemoAccounts Accounts)? demo = isDemo ? await new DemoCity(address, accounts, options.Value, log).Enter(stoppingToken) : null;
            Announce(address, manager, demo?.Accounts);
            if (configuration["Dispatch:AddressFile"] is { } file)
                await File.WriteAllTextAsync(file, address, stoppingToken);
            if (demo is { City: { } city })
                await using (city)
                    // Stops before the server closes its connections, or everybody would try to get back in.
                    await city.Live(lifetime.ApplicationStopping);
        }
        catch (CityRefusedException refused)
        {
            log.LogCritical("{Reason}", refused.Message);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogCritical(failure, "The first start did not finish; the server stops. A second start completes what is missing.");
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }

    /// <summary>A password of 96 random bits.</summary>
    internal static string NewPassword() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(12)).Replace('+', '-').Replace('/', '_');

    private async Task<bool> Started(CancellationToken stopping)
    {
        TaskCompletionSource<bool> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration yes = lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        using CancellationTokenRegistration no = stopping.Register(() => started.TrySetResult(false));
        return await started.Task;
    }

    /// <summary>The first manager, or null where there already are accounts.</summary>
    private async Task<Credentials?> FirstManager()
    {
        long known = await database.Read(connection =>
        {
            using System.Data.Common.DbCommand count = connection.CreateCommand();
            count.CommandText = "SELECT COUNT(*) FROM account";
            return Convert.ToInt64(count.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
        });
        if (known > 0)
            return null;
        bool given = !string.IsNullOrEmpty(options.Value.BootstrapPassword);
        Credentials manager = new(options.Value.BootstrapUser ?? "manager", given ? options.Value.BootstrapPassword! : NewPassword(), given);
        await accounts.EnsureManager(manager.User, manager.Password);
        return manager;
    }

    private void Announce(string address, Credentials? manager, DemoAccounts? demo)
    {
        Console.WriteLine();
        Console.WriteLine($"Dispatch is ready.");
        Console.WriteLine($"  Console     {address}/console/");
        Console.WriteLine($"  Technician  {address}/technician/");
        Console.WriteLine($"  Point       {address}/point/");
        Console.WriteLine($"  Desk        {address}/desk/");
        Console.WriteLine($"  Customer    {address}/request/   (the answer has the tracking link)");
        if (manager is { Given: false })
        {
            Console.WriteLine("Manager, shown this once:");
            Console.WriteLine($"  manager     {manager.User} / {manager.Password}");
        }
        if (demo is not null)
        {
            Console.WriteLine(options.Value.City == "living" ? $"A city of its own, its clock {options.Value.Speed:0.##} times as fast. Accounts to try it with:" : "Accounts to try it with:");
            Console.WriteLine($"  dispatcher  {demo.Dispatcher.User} / {demo.Dispatcher.Password}");
            Console.WriteLine($"  technicians {demo.FirstTechnician} … {demo.LastTechnician} / {demo.TechnicianPassword}");
            Console.WriteLine($"  point       {demo.Point.User} / {demo.Point.Password}");
            Console.WriteLine($"  agent       {demo.Agent.User} / {demo.Agent.Password}");
            Console.WriteLine($"  expert      {demo.Expert.User} / {demo.Expert.Password}");
        }
        Console.WriteLine("Stop with Ctrl-C.");
    }
}

/// <param name="Given">Whether somebody else chose the password and so knows it.</param>
public sealed record Credentials(string User, string Password, bool Given);

/// <summary>Accounts of the demo, one password for all technicians.</summary>
public sealed record DemoAccounts(Credentials Dispatcher, Credentials Point, Credentials Agent, Credentials Expert, string FirstTechnician, string LastTechnician, string TechnicianPassword);
