namespace Dispatch.Simulation.Tests;

public class NotOnThisEngine
{
    [Fact]
    public void Simulation_NeedsTheEmbeddedEngine() => Assert.Skip("The deterministic simulator hosts the grains itself; build with DispatchEngine=Embedded to run it.");
}
