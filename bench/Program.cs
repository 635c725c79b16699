using System.CommandLine;
using Dispatch.Bench.Instances;
using Dispatch.Bench.Routing;

var root = new RootCommand("Benchmarks of the planner.")
{
    RoutingCommand.Create(),
    GenerateTrspCommand.Create(),
};
return root.Parse(args).Invoke();
