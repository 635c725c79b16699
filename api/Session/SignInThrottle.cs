using System.Threading.RateLimiting;
using Dispatch.Api.Access;

namespace Dispatch.Api.Session;

/// <summary>
/// Slows down guessing: every try counts for the user name, wrong ones for the address as well. A name is limited on its own so that many addresses
/// do not help, an address so that many names do not.
/// </summary>
internal sealed class SignInThrottle : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> _users, _addresses;

    public SignInThrottle(ApiOptions options)
    {
        _users = PerMinute(options.SignInsPerUserAndMinute);
        _addresses = PerMinute(options.WrongSignInsPerAddressAndMinute);
    }

    /// <summary>Null if the try may go on; otherwise how long to wait.</summary>
    public TimeSpan? Refuse(string user, string address)
    {
        using RateLimitLease byAddress = _addresses.AttemptAcquire(address, 0);
        if (!byAddress.IsAcquired)
            return Wait(byAddress);
        using RateLimitLease byUser = _users.AttemptAcquire(Account.Normalise(user));
        return byUser.IsAcquired ? null : Wait(byUser);
    }

    /// <summary>The try was wrong.</summary>
    public void CountWrong(string address) => _addresses.AttemptAcquire(address).Dispose();

    public void Dispose()
    {
        _users.Dispose();
        _addresses.Dispose();
    }

    private static PartitionedRateLimiter<string> PerMinute(int permits) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = Window,
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        }));

    private static TimeSpan Wait(RateLimitLease lease) => lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait) ? wait : Window / 6;
}
