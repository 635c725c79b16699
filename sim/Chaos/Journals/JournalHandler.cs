using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dispatch.Sim.Chaos.Journals;

/// <summary>Writes down what one user sends and hears, below everything that retries, so that nothing is left out and nothing made up.</summary>
public sealed partial class JournalHandler(Journal journal, TimeProvider time, string user, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string path = request.RequestUri!.AbsolutePath.TrimStart('/');
        if (request.Headers.TryGetValues("Idempotency-Key", out IEnumerable<string>? keys) && !path.EndsWith("/positions", StringComparison.Ordinal))
        {
            string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            Journal.Entry entry = journal.Invoked(user, keys.Single(), path, body);
            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            // Heard only once it has come whole.
            journal.Answered(entry, (int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
            return answer;
        }
        long asked = time.GetTimestamp();
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        if ((int)response.StatusCode >= 500)
            journal.Noted((int)response.StatusCode, $"{request.Method} {path}", await response.Content.ReadAsStringAsync(cancellationToken));
        if (request.Method == HttpMethod.Get && response.IsSuccessStatusCode && OneJob().Match(path) is { Success: true } match)
        {
            using JsonDocument view = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            journal.Saw(match.Groups[1].Value, asked, view.RootElement.GetProperty("version").GetInt64());
        }
        return response;
    }

    [GeneratedRegex("^v1/jobs/(job_[a-z0-9]+)$")]
    private static partial Regex OneJob();
}
