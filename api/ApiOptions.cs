using Dispatch.Domain;

namespace Dispatch.Api;

/// <summary>What the HTTP and push side needs to know. Checked when the host is composed.</summary>
public sealed class ApiOptions
{
    /// <summary>Folder for keys and secrets; created if missing. Required.</summary>
    public string DataFolder { get; set; } = "";

    /// <summary>The tenant of requests that carry no token. Default <c>main</c>.</summary>
    public TenantId Tenant { get; set; } = new("main");

    /// <summary>Folder of the built pages. Without one, or when it does not exist, the pages answer a plain text. Default none.</summary>
    public string? WebRoot { get; set; }

    /// <summary>Scheme and host that links in answers start with, without a trailing slash. Default empty: links are paths.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Time zone of the house, an IANA name: messages to customers write times in it, and days of guarantees are its days. Default <c>Asia/Shanghai</c>.</summary>
    public string MessageTimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>Folder of the house's own files of rules and figures, by kind in folders of their own; a wrong file ends the start. Default none: the built-in ones alone.</summary>
    public string? RulesFolder { get; set; }

    /// <summary>How long a sign-in lasts. Default 12 hours.</summary>
    public TimeSpan SignInLasts { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Rounds of PBKDF2 per password. Default 210,000; hosts of throw-away demo accounts may take fewer, at least 1,000.</summary>
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>Sign-ins one user name may try per minute, right or wrong. Default 20.</summary>
    public int SignInsPerUserAndMinute { get; set; } = 20;

    /// <summary>Wrong sign-ins from one address per minute. Default 60; right ones do not count, because a whole shift may share one address.</summary>
    public int WrongSignInsPerAddressAndMinute { get; set; } = 60;

    /// <summary>How long an offer made by hand stands. Default 2 minutes.</summary>
    public TimeSpan OfferLasts { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long this node repeats a request that a silo did not answer, before it says 503. Default 30 seconds; 0 never repeats.</summary>
    public TimeSpan CommandDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a list with a token waits for the change named by it. Default 2 seconds.</summary>
    public TimeSpan ReadWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A job so soon after a repair of the same device counts as a repeated repair. Default 30 days.</summary>
    public TimeSpan RepeatedWithin { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Largest request body, bytes. Default 256 KiB.</summary>
    public int BodyLimit { get; set; } = 256 * 1024;

    /// <summary>Events that may wait for one slow viewer before it is told to fetch them itself. Default 2,000.</summary>
    public int ViewerBacklog { get; set; } = 2_000;

    /// <summary>Streams one connection may subscribe to. Default 256.</summary>
    public int StreamsPerViewer { get; set; } = 256;

    /// <exception cref="ArgumentException">Names the setting and the repair.</exception>
    public void Validate()
    {
        if (DataFolder.Length == 0)
            throw new ArgumentException($"Set {nameof(DataFolder)} to the folder that keys and secrets live in.");
        if (string.IsNullOrEmpty(Tenant.Value) || Tenant.Value.Contains('/'))
            throw new ArgumentException($"{nameof(Tenant)} is '{Tenant}': set it to a name without a slash.");
        if (PublicUrl.EndsWith('/'))
            throw new ArgumentException($"{nameof(PublicUrl)} is '{PublicUrl}': leave out the slash at its end.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(MessageTimeZone, out _))
            throw new ArgumentException($"{nameof(MessageTimeZone)} is '{MessageTimeZone}': set it to an IANA name such as Asia/Shanghai.");
        AtLeast(PasswordIterations, 1_000, nameof(PasswordIterations));
        AtLeast(SignInsPerUserAndMinute, 1, nameof(SignInsPerUserAndMinute));
        AtLeast(WrongSignInsPerAddressAndMinute, 1, nameof(WrongSignInsPerAddressAndMinute));
        AtLeast(BodyLimit, 1_024, nameof(BodyLimit));
        AtLeast(ViewerBacklog, 1, nameof(ViewerBacklog));
        AtLeast(StreamsPerViewer, 1, nameof(StreamsPerViewer));
        AtLeast((long)SignInLasts.TotalSeconds, 1, nameof(SignInLasts));
        AtLeast((long)RepeatedWithin.TotalSeconds, 1, nameof(RepeatedWithin));
        AtLeast((long)OfferLasts.TotalSeconds, 1, nameof(OfferLasts));
        AtLeast((long)ReadWait.TotalMilliseconds, 0, nameof(ReadWait));
        AtLeast((long)CommandDeadline.TotalMilliseconds, 0, nameof(CommandDeadline));
    }

    private static void AtLeast(long value, long least, string name)
    {
        if (value < least)
            throw new ArgumentException($"{name} is {value}: set it to {least} or more.");
    }
}
