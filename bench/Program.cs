using System.CommandLine;
using Dispatch.Bench;
using Dispatch.Bench.Batch;
using Dispatch.Bench.Bounds;
using Dispatch.Bench.Dynamic;
using Dispatch.Bench.Eta;
using Dispatch.Bench.Generation;
using Dispatch.Bench.MailIn;
using Dispatch.Bench.Nearest;
using Dispatch.Bench.Routing;
using Dispatch.Bench.Zone;

RootCommand root = new("Benchmarks of the planner.")
{
    RoutingCommand.Create(),
    ZoneCommand.Create(),
    BatchCommand.Create(),
    BoundCommand.Create(),
    EtaCommand.Create(),
    DynamicCommand.Create(),
    NearestCommand.Create(),
    MailInCommand.Create(),
    GenerateTrspCommand.Create(),
};
return CommandLineRun.Of(root, args, Console.Out, Console.Error);
