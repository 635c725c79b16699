// One server for all tests of an assembly.
[assembly: AssemblyFixture(typeof(Dispatch.Tests.Shared.PostgresServer))]
