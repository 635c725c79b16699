using System.CommandLine;
using Dispatch.Bench.Routing;

var root = new RootCommand("Benchmarks of the planner.")
{
    RoutingCommand.Create(),
};
return root.Parse(args).Invoke();
