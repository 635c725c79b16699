using System.CommandLine;
using Dispatch.Sim.Chaos;
using Dispatch.Sim.City;
using Dispatch.Sim.Push;
using Dispatch.Sim.Replay;

namespace Dispatch.Sim;

internal static class EntryPoint
{
    private static Task<int> Main(string[] args) =>
        new RootCommand("People of a dispatch day, played over the public interface.") { ReplayCommand.Replay(), ReplayCommand.Speed(), CityCommand.City(), CityCommand.Watch(), PushCommand.Push(), ChaosCommand.Chaos() }.Parse(args).InvokeAsync();
}
