using System.Net;
using System.Net.Sockets;

namespace Dispatch.Sim.Chaos.Servers;

public static class FreePorts
{
    /// <summary>Ports of the loopback address that nobody listens on now, all different.</summary>
    public static IReadOnlyList<int> Take(int many)
    {
        List<TcpListener> probes = [];
        try
        {
            for (int i = 0; i < many; i++)
            {
                TcpListener probe = new(IPAddress.Loopback, 0);
                probe.Start();
                probes.Add(probe);
            }
            return [.. probes.Select(p => ((IPEndPoint)p.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (TcpListener probe in probes)
                probe.Dispose();
        }
    }
}
