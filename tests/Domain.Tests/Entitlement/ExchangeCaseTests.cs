using System.Collections.Immutable;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Entitlement.Exchange;
using Dispatch.Domain.Refusals;
using static Dispatch.Domain.Tests.Entitlement.Claim;

namespace Dispatch.Domain.Tests.Entitlement;

public class ExchangeCaseTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 12, 4, 0, 0, TimeSpan.Zero);
    private static readonly EntitlementBook Book = Books.Find(b => b.Kinds.Contains("phone"), Day("2026-03-12"))!;
    private static readonly ImmutableArray<(ExchangeStep Step, ExchangeDesk Desk, ImmutableArray<ExchangeNote> Notes)> Way =
    [
        (ExchangeStep.Verify, ExchangeDesk.Technician, []),
        (ExchangeStep.ReplaceCard, ExchangeDesk.FrontDesk, [new("oldCard", "A1"), new("invoiceCopy", "kept"), new("newCard", "A2")]),
        (ExchangeStep.RecordSerial, ExchangeDesk.FrontDesk, [new("newSerial", "490154203237518"), new("stampedOn", "2026-03-12")]),
        (ExchangeStep.SendToSeller, ExchangeDesk.Dispatcher, [new("waybill", "DP1")]),
        (ExchangeStep.HandOver, ExchangeDesk.Seller, []),
    ];

    private static ExchangeCase Opened =>
        ExchangeCase.Open(Book, Phone("2026-03-10").Papers().Fault().On("2026-03-12").Find(Remedy.ExchangeUnit)!, new JobId("job_1"));

    private static ExchangeCase After(int steps) => Way[..steps].Aggregate(Opened, (c, s) => c.Complete(s.Step, s.Desk, "user_1", Noon, s.Notes).Next!);

    [Fact]
    public void TheWholeWay_NamesWhoIsResponsibleForEachStep_TheSellerLast()
    {
        for (int done = 0; done < Way.Length; done++)
            Assert.Equal((Way[done].Step, Way[done].Desk), (After(done).Next!.Step, After(done).Next!.Desk));
        ExchangeCase over = After(Way.Length);
        Assert.Equal((ExchangeStatus.Done, null, "490154203237518"), (over.Status, over.Next, over.Recorded(ExchangeNotes.NewSerial)));
        Assert.Equal("cn-phones/2026-1#day-7/exchange", over.Clause);
        Assert.All(over.Done, d => Assert.Equal(("user_1", Noon), (d.By, d.At)));
    }

    /// <summary>Every step at every state: only the next one, by its own desk.</summary>
    [Fact]
    public void OnlyTheNextStep_ByItsOwnDesk_WithItsRecord()
    {
        for (int done = 0; done <= Way.Length; done++)
            foreach ((ExchangeStep step, ExchangeDesk _, ImmutableArray<ExchangeNote> notes) in Way)
                foreach (ExchangeDesk desk in Enum.GetValues<ExchangeDesk>())
                {
                    ExchangeCase before = After(done);
                    Refusal? refusal = before.Complete(step, desk, "user_1", Noon, notes).Refusal;
                    bool repeated = done > 0 && Way[done - 1].Step == step && Way[done - 1].Desk == desk;
                    string? expected = repeated ? null : done == Way.Length ? "exchange.ended" : Way[done].Step != step ? "exchange.wrong_step" : Way[done].Desk != desk ? "exchange.not_responsible" : null;
                    Assert.True(expected == refusal?.Code, $"{step} by {desk} after {done}: {refusal?.Code}");
                }
    }

    [Fact]
    public void AStepWithoutItsRecord_IsRefused()
    {
        Refusal refusal = After(1).Complete(ExchangeStep.ReplaceCard, ExchangeDesk.FrontDesk, "user_1", Noon, [new("oldCard", "A1"), new("newCard", " ")]).Refusal!;
        Assert.Equal("exchange.record_missing", refusal.Code);
        Assert.Contains(refusal.Facts, f => f is { Name: "record", Value: "invoiceCopy" });
    }

    [Fact]
    public void WhoseTurnItIs_MayRefuse_AndNobodyElse()
    {
        Assert.Equal("exchange.not_responsible", After(4).Refuse(ExchangeDesk.Technician, "no").Refusal!.Code);
        ExchangeCase refused = After(4).Refuse(ExchangeDesk.Seller, "not sold here").Next!;
        Assert.Equal((ExchangeStatus.Refused, "not sold here", null), (refused.Status, refused.Reason, refused.Next));
        Assert.Equal("exchange.ended", refused.Complete(ExchangeStep.HandOver, ExchangeDesk.Seller, "user_1", Noon, []).Refusal!.Code);
        Assert.Same(refused, refused.Refuse(ExchangeDesk.Seller, "not sold here").Next);
    }
}
