using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dispatch.Api.Access;
using Dispatch.Domain;

namespace Dispatch.SystemTests.Api.Access;

public sealed class TrackingTokensTests
{
    private static readonly TenantId Tenant = new("main");
    private static readonly JobId Job = new("job_0123456789abcdefghjkmnpqrs");

    [Fact]
    public void Mark_IsTheSameForTheSameText_AndAnotherUnderAnotherSecretOrTenant()
    {
        TrackingTokens ours = new([1, 2, 3], new TenantId("main"));
        string mark = ours.Mark("13800000000");
        Assert.Equal(mark, ours.Mark("13800000000"));
        Assert.Equal(4, new[] { mark, ours.Mark("13800000001"), new TrackingTokens([1, 2, 4], new TenantId("main")).Mark("13800000000"), new TrackingTokens([1, 2, 3], new TenantId("other")).Mark("13800000000") }.Distinct().Count());
    }

    [Fact]
    public void Token_IsGoodForItsOwnJob() => Assert.Equal(new TrackedLink(Job, 0), New().Verify(New().For(Job)));

    /// <summary>Made before links could be replaced: what was sent to customers stays good.</summary>
    [Fact]
    public void Token_OfTheFirstLink_IsSignedAsEver() =>
        Assert.Equal($"{Job.Value}.{Base64Url.EncodeToString(HMACSHA256.HashData(new byte[32], Encoding.UTF8.GetBytes($"main\n{Job.Value}")))}", New().For(Job));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public void Token_OfALaterLink_SaysItsNumber_AndIsNoLonger(int number)
    {
        string token = New().For(Job, number);
        Assert.Equal(new TrackedLink(Job, number), New().Verify(token));
        Assert.Equal(New().For(Job).Length, token.Length);
        Assert.Null(new TrackingTokens(RandomNumberGenerator.GetBytes(32), Tenant).Verify(token));
        Assert.Null(New().VerifyContact(token));
    }

    [Fact]
    public void Token_OfAnotherTenantOrSecretIsNotOurs()
    {
        string token = New().For(Job);
        Assert.Null(new TrackingTokens(new byte[32], new TenantId("other")).Verify(token));
        Assert.Null(new TrackingTokens(RandomNumberGenerator.GetBytes(32), Tenant).Verify(token));
    }

    [Fact]
    public void Token_WithAnyCharacterChangedIsRefused()
    {
        foreach (int number in new[] { 0, 1, 77 })
            NoneIsTaken(number);
    }

    private static void NoneIsTaken(int number)
    {
        TrackingTokens tokens = New();
        string token = tokens.For(Job, number);
        for (int i = 0; i < token.Length; i++)
        {
            char other = token[i] == 'A' ? 'B' : 'A';
            string forged = string.Concat(token.AsSpan(0, i), other.ToString(), token.AsSpan(i + 1));
            // The last character of base64url carries unused bits; a decoder may take several spellings of the same bytes, which is no forgery.
            if (tokens.Verify(forged) is { } link)
                Assert.True(i == token.Length - 1 && link == new TrackedLink(Job, number), $"Accepted with character {i} changed");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("job_x")]
    [InlineData("job_x.")]
    [InlineData("job_x.AAAA")]
    [InlineData("job_x.!!!!")]
    [InlineData("tech_x.AAAA")]
    public void Nonsense_IsRefused(string? token) => Assert.Null(New().Verify(token));

    [Fact]
    public void Secret_IsMadeOnceAndReadableByItsOwnerOnly()
    {
        string folder = Directory.CreateTempSubdirectory("dispatch-key-").FullName;
        try
        {
            string token = TrackingTokens.Load(folder, Tenant).For(Job);
            Assert.Equal(Job, TrackingTokens.Load(folder, Tenant).Verify(token)?.Job);
            string file = Assert.Single(Directory.GetFiles(folder));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static TrackingTokens New() => new(new byte[32], Tenant);
}
