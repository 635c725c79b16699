using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Dispatch.Domain.Jobs;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Jobs;
using Dispatch.Simulator;

namespace Dispatch.Simulation.Tests;

/// <summary>A run shows something about production only if it runs what production runs.</summary>
public class ShippedAssemblyTests
{
    /// <summary>The folder of the silo's program, as the build names it.</summary>
    private static readonly string Shipped = Path.GetDirectoryName(typeof(ShippedAssemblyTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ShippedProgram").Value)!;

    public static TheoryData<Type> Simulated => [typeof(JobGrain), typeof(JobState), typeof(GrainKeys)];

    [Theory, MemberData(nameof(Simulated))]
    public void SimulatedAssembly_IsTheOneThatShips(Type from)
    {
        using PEReader file = new(File.OpenRead(Path.Combine(Shipped, Path.GetFileName(from.Assembly.Location))));
        MetadataReader metadata = file.GetMetadataReader();
        Assert.Equal(metadata.GetGuid(metadata.GetModuleDefinition().Mvid), from.Module.ModuleVersionId);
    }

    /// <summary>One that relies on something unknown to the simulator would be found only when it is first called.</summary>
    [Fact]
    public void EveryGrainOfTheProduct_CanBeSimulated()
    {
        using Simulator.Simulation simulation = new(1, SimulationFaults.None, [typeof(JobGrain).Assembly]);
        IEnumerable<Type> contracts = typeof(GrainKeys).Assembly.GetTypes();
        Type[] interfaces = [.. contracts.Where(t => t.IsInterface && typeof(IGrainWithStringKey).IsAssignableFrom(t))];
        Assert.NotEmpty(interfaces);
        Assert.All(interfaces, type => Assert.NotNull(simulation.Client("test").GetGrain(type, "main/any")));
    }
}
