using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Links;
using Dispatch.Domain.Messages;
using static Dispatch.Domain.Tests.Jobs.JobFixture;

namespace Dispatch.Domain.Tests.Jobs;

/// <summary>How long the customer's link is good for, and what staff can do to it.</summary>
public class TrackingLinkTests
{
    private static readonly LinkRules Rules = LinkRules.Standard;

    private static LinkStanding Standing(JobState job, int number, double days) => Rules.StandingOf(job, number, Noon.AddDays(days));

    [Theory]
    [InlineData(0, LinkStanding.Valid)]
    [InlineData(29.99, LinkStanding.Valid)]
    [InlineData(30, LinkStanding.Ended)]
    [InlineData(365, LinkStanding.Ended)]
    public void ALink_EndsThirtyDaysAfterItsJob(double days, LinkStanding expected)
    {
        Assert.Equal(expected, Standing(Closed, 0, days));
        Assert.Equal(expected, Standing(Cancelled, 0, days));
    }

    [Fact]
    public void ALinkOfAJobThatGoesOn_DoesNotEnd() => Assert.All(
        new[] { Requested, Queued, Offered, Accepted, EnRoute, Arrived, Repaired, Signed }, job => Assert.Equal(LinkStanding.Valid, Standing(job, 0, 3650)));

    [Fact]
    public void ANewLink_ReplacesTheOthers_AndIsToldToTheCustomer()
    {
        Decision<JobEvent> decision = Decide(Accepted, new RenewLink("lost the phone"), Noon);
        LinkRenewed renewed = Assert.IsType<LinkRenewed>(Assert.Single(decision.Events));
        JobState job = Apply(Accepted, decision);
        Assert.Equal((1, "lost the phone", JobStatus.Accepted, Accepted.Epoch), (renewed.Number, renewed.Reason, job.Status, job.Epoch));
        Assert.Equal(new JobMessage(MessageTemplate.LinkRenewed, MessageFacts.None), JobMessages.Of(job, renewed));
        Assert.Equal([LinkStanding.Withdrawn, LinkStanding.Valid, LinkStanding.Withdrawn], new[] { 0, 1, 2 }.Select(number => Standing(job, number, 0)));
        Assert.Equal(2, job.Then(new RenewLink(null)).Link!.Number);
    }

    [Fact]
    public void AWithdrawnLink_LeadsNowhereUntilAnotherIsMade_AndNobodyIsTold()
    {
        Decision<JobEvent> decision = Decide(Accepted, new WithdrawLink(null));
        JobState job = Apply(Accepted, decision);
        Assert.Null(JobMessages.Of(job, Assert.Single(decision.Events)));
        Assert.Equal(LinkStanding.Withdrawn, Standing(job, 0, 0));
        Assert.Empty(Decide(job, new WithdrawLink(null)).Events);
        Assert.Equal([LinkStanding.Withdrawn, LinkStanding.Valid], new[] { 0, 1 }.Select(number => Standing(job.Then(new RenewLink(null)), number, 0)));
    }

    [Fact]
    public void ALinkMadeAfterTheEnd_IsGoodForThirtyDaysFromThen()
    {
        JobState job = Closed.Then(new RenewLink(null), Noon.AddDays(100));
        Assert.Equal((LinkStanding.Valid, LinkStanding.Ended), (Standing(job, 1, 129), Standing(job, 1, 130)));
        Assert.Equal(Noon, job.Ended);
    }

    /// <summary>Records from before the end was kept say it by their last change, also once a link is made for them.</summary>
    [Fact]
    public void AnOlderRecord_EndsByItsLastChange()
    {
        JobState old = Closed with { EndedAt = null };
        Assert.Equal((LinkStanding.Valid, LinkStanding.Ended), (Standing(old, 0, 29), Standing(old, 0, 30)));
        Assert.Equal(Noon, old.Then(new RenewLink(null), Noon.AddDays(100)).Ended);
    }

    /// <summary>What happens to an ended job later, such as work reported from an offline phone, opens no page again.</summary>
    [Fact]
    public void WorkReportedLater_DoesNotKeepTheLinkOpen()
    {
        JobState job = JobEvolution.Apply(Closed, new StaleWorkReported(new Epoch(1), Wang, Noon, "repair"), Noon.AddDays(20));
        Assert.Equal((Noon, LinkStanding.Ended), (job.Ended, Standing(job, 0, 30)));
    }
}
