using Dispatch.Domain;
using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.Tests.Jobs;

public class WaybillTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static Waybill Of(int n, ParcelDirection direction = ParcelDirection.Inbound, long epoch = 1) =>
        Waybill.Derive(new TenantId("main"), new JobId($"job_{n}"), new Epoch(epoch), direction);

    [Fact]
    public void EveryBookingAndDirection_HasItsOwn_AndARepetitionTheSame()
    {
        HashSet<Waybill> all = [.. Enumerable.Range(0, 5_000).SelectMany(n => new[] { Of(n), Of(n, ParcelDirection.Return), Of(n, epoch: 2) })];
        Assert.Equal(15_000, all.Count);
        Assert.Equal(Of(7), Of(7));
        Assert.All(all, w => Assert.Equal(w, Waybill.Read(w.Value)));
    }

    [Fact]
    public void AsAPersonTypesIt_ItIsRead()
    {
        string text = Of(1).Value;
        Assert.Equal(Of(1), Waybill.Read($" {text[..5].ToLowerInvariant()} {text[5..10]}-{text[10..]} "));
        Assert.All(new[] { null, "", "DP", text[1..], text + "0", "XX" + text[2..], text[..14] + "!" }, wrong => Assert.Null(Waybill.Read(wrong)));
    }

    /// <summary>But for 0 and Z, which count the same, see the rule.</summary>
    [Fact]
    public void OneWrongCharacter_OrTwoNeighboursExchanged_IsNoticed()
    {
        for (int n = 0; n < 200; n++)
        {
            string text = Of(n).Value;
            for (int i = 2; i < text.Length; i++)
            {
                foreach (char other in Alphabet)
                    if (other != text[i] && !(other is '0' or 'Z' && text[i] is '0' or 'Z'))
                        Assert.Null(Waybill.Read($"{text[..i]}{other}{text[(i + 1)..]}"));
                if (i + 2 < text.Length && text[i] != text[i + 1] && !(text[i] is '0' or 'Z' && text[i + 1] is '0' or 'Z'))
                    Assert.Null(Waybill.Read($"{text[..i]}{text[i + 1]}{text[i]}{text[(i + 2)..]}"));
            }
        }
    }
}
