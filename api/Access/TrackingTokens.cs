using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dispatch.Domain;
using Dispatch.Domain.ServiceDesk;

namespace Dispatch.Api.Access;

/// <summary>What a genuine token of a job says; whether it is still good for anything is for <see cref="TrackingLinks"/> to say.</summary>
/// <param name="Number">0 is the link that came with the request, higher ones replaced it.</param>
public readonly record struct TrackedLink(JobId Job, int Number);

/// <summary>
/// The right of a customer to one job or one contact: <c>{id}.{32 bytes, base64url}</c>. The bytes are the HMAC-SHA-256 of tenant and id. In a
/// job's later links the last four bytes are the link's number, and the others begin the HMAC of tenant, id and number. Nothing is stored per
/// token; the secret lives in the data folder, and replacing it ends every link.
/// </summary>
public sealed class TrackingTokens(byte[] secret, TenantId tenant)
{
    private const int SecretLength = 32, NumberLength = sizeof(int);

    /// <summary>Reads the secret, or makes one readable by its owner only.</summary>
    public static TrackingTokens Load(string dataFolder, TenantId tenant)
    {
        Directory.CreateDirectory(dataFolder);
        string path = Path.Combine(dataFolder, "tracking.key");
        if (!File.Exists(path))
            Create(path);
        byte[] secret = File.ReadAllBytes(path);
        return secret.Length == SecretLength
            ? new TrackingTokens(secret, tenant)
            : throw new InvalidOperationException($"{path} holds {secret.Length} bytes instead of {SecretLength}: restore it from a backup, or delete it and lose the tracking links sent so far.");
    }

    /// <param name="number">Of the link, see <see cref="Domain.Jobs.Links.TrackingLink"/>.</param>
    public string For(JobId job, int number = 0) => For(job.Value, number);

    public string For(ContactId contact) => For(contact.Value, 0);

    /// <summary>The job and the link a token was made for; null if it is not ours, or one of a contact.</summary>
    public TrackedLink? Verify(string? token) =>
        Signed(token, JobId.Prefix) is var (job, number) ? new TrackedLink(new JobId(job), number) : null;

    /// <summary>The contact a token is good for; null if it is not ours, or one of a job.</summary>
    public ContactId? VerifyContact(string? token) => Signed(token, ContactId.Prefix) is (var contact, 0) ? new ContactId(contact) : null;

    /// <summary>Whether a bearer value is of this kind rather than a signed-in session's.</summary>
    public static bool LooksLike(string? token) =>
        LooksLike(token, JobId.Prefix) || LooksLike(token, ContactId.Prefix);

    /// <summary>Whether it could be the token of a job: what the end of a tracking link looks like.</summary>
    public static bool LooksLikeJob(string? token) => LooksLike(token, JobId.Prefix);

    /// <summary>Tells texts apart that are not to be kept, such as a phone number: the same text gives the same 32 letters, and without the secret nobody finds the text by trying.</summary>
    public string Mark(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{tenant.Value}\nmark\n{text}")))[..32];

    private static bool LooksLike(string? token, string prefix) => token is { Length: < 200 } && token.StartsWith(prefix, StringComparison.Ordinal) && token.IndexOf('.') is > 0;

    private string For(string id, int number) => $"{id}.{Base64Url.EncodeToString(Sign(id, number))}";

    private (string Id, int Number)? Signed(string? token, string prefix)
    {
        if (!LooksLike(token, prefix))
            return null;
        int dot = token!.IndexOf('.');
        string id = token[..dot];
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Base64Url.IsValid(token.AsSpan(dot + 1), out int length) && length == given.Length && Base64Url.TryDecodeFromChars(token.AsSpan(dot + 1), given, out _)
            ? Find(id, given)
            : null;
    }

    private (string Id, int Number)? Find(string id, ReadOnlySpan<byte> given)
    {
        if (CryptographicOperations.FixedTimeEquals(given, Sign(id, 0)))
            return (id, 0);
        int number = BinaryPrimitives.ReadInt32BigEndian(given[^NumberLength..]);
        return number > 0 && CryptographicOperations.FixedTimeEquals(given, Sign(id, number)) ? (id, number) : null;
    }

    /// <summary>The first link of a job is signed as all were before there were others, so that those that were sent stay good.</summary>
    private byte[] Sign(string id, int number)
    {
        if (number == 0)
            return HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{tenant.Value}\n{id}"));
        string text = $"{tenant.Value}\n{id}\n{number.ToString(CultureInfo.InvariantCulture)}";
        byte[] signed = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text));
        BinaryPrimitives.WriteInt32BigEndian(signed.AsSpan(^NumberLength), number);
        return signed;
    }

    /// <summary>Written aside and moved into place without replacing, so that two processes starting at once agree on one secret.</summary>
    private static void Create(string path)
    {
        string aside = $"{path}.{Guid.NewGuid():N}";
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (FileStream file = new(aside, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(SecretLength));
            file.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(aside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(aside);
        }
    }
}
