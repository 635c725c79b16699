using Dispatch.Api.Problems;
using Dispatch.Domain;

namespace Dispatch.Api.Reading;

/// <summary>
/// Lets a reader see its own change: waits until the read model has the version that a token names. Grains fill the read models right after they
/// answer, so that this seldom waits at all.
/// </summary>
internal sealed class ReadBarrier(ViewReader views, ApiOptions options)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5), LongestPause = TimeSpan.FromMilliseconds(80);

    /// <summary>Null when the change is visible; a refusal when the token is none, or the change does not come in time.</summary>
    public async Task<Refused?> Wait(TenantId tenant, string? token, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(token))
            return null;
        if (ChangeToken.Find(token) is not { } change)
            return EdgeRefusals.Invalid("token", "bad_form");
        return await Reached(tenant, change, cancellation) ? null : EdgeRefusals.ReadBehind(token);
    }

    /// <summary>Whether the read model reaches the change within the time allowed.</summary>
    public async Task<bool> Reached(TenantId tenant, ChangeToken change, CancellationToken cancellation)
    {
        // Real time: how long storage takes has nothing to do with how fast the server's own clock runs.
        long begin = TimeProvider.System.GetTimestamp();
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await views.VersionOf(tenant, change.Kind, change.Id, cancellation) >= change.Version)
                return true;
            if (TimeProvider.System.GetElapsedTime(begin) + pause > options.ReadWait)
                return false;
            await Task.Delay(pause, cancellation);
        }
    }
}
