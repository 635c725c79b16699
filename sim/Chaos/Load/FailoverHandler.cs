namespace Dispatch.Sim.Chaos.Load;

/// <summary>Sends to one of several addresses of the same data, and to the next one after an attempt that came to nothing: no connection, no answer, or 503. Repeating is for whoever calls.</summary>
/// <param name="first">Which address to begin with, as a share of all.</param>
public sealed class FailoverHandler(IReadOnlyList<Uri> servers, double first, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private int current = (int)(servers.Count * first);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int used = Volatile.Read(ref current);
        request.RequestUri = new Uri(servers[used % servers.Count], request.RequestUri!.PathAndQuery);
        try
        {
            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            if ((int)answer.StatusCode == 503)
                GoOn(used);
            return answer;
        }
        catch
        {
            GoOn(used);
            throw;
        }
    }

    /// <summary>Several requests may fail at the same address at once; they move on together.</summary>
    private void GoOn(int from) => Interlocked.CompareExchange(ref current, from + 1, from);
}
