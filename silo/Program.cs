using Dispatch.Silo;

await DispatchHost.Build(args).RunAsync();
