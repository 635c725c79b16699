using System.Diagnostics;

namespace Dispatch.Sim.Chaos.Clusters;

/// <summary>Processes that do nothing but compute, as many as there are processors, so that every other one has to wait for its turn.</summary>
public sealed class BusyProcessors : IDisposable
{
    private readonly List<Process> burners = [];

    public BusyProcessors()
    {
        for (int i = 0; i < Environment.ProcessorCount; i++)
            burners.Add(Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "while :; do :; done"]))!);
    }

    public void Dispose()
    {
        foreach (Process burner in burners)
        {
            burner.Kill();
            burner.WaitForExit();
            burner.Dispose();
        }
    }
}
