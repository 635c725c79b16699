using Dispatch.Simulator;

namespace Engine.Conformance.Simulated;

/// <summary>A store broken on purpose is noticed: the checks that pass elsewhere can fail.</summary>
public sealed class StorageFaultTests
{
    private static readonly SimulationFaults Faults = SimulationFaults.None with
    {
        DuplicateActivation = 0.05, HostCrash = 0.01, Delay = 0.2, LongestOutage = TimeSpan.FromSeconds(1),
    };

    [Theory]
    [InlineData(StorageFault.DropCompareAndSet)]
    [InlineData(StorageFault.AcknowledgeBeforeDurable)]
    public void BrokenStore_LosesWrites_WithinAFewSeeds(StorageFault fault)
    {
        var wrong = 0;
        for (ulong seed = 1; seed <= 30; seed++)
        {
            using var simulation = Town.New(seed, Faults);
            simulation.Storage.Fault = fault;
            Town.Run(simulation);
            if (Enumerable.Range(0, Town.Ledgers).Sum(ledger => Town.Stored(simulation, ledger)) != Town.Clients * Town.Operations)
                wrong++;
        }
        Assert.True(wrong > 0, "Thirty seeds did not notice.");
    }

    [Fact]
    public void SoundStore_UnderTheSameFaults_LosesNothing()
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            using var simulation = Town.New(seed, Faults);
            Town.Run(simulation);
            Assert.Equal(Town.Clients * Town.Operations, Enumerable.Range(0, Town.Ledgers).Sum(ledger => Town.Stored(simulation, ledger)));
        }
    }
}
