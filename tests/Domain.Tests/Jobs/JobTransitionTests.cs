using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Links;
using Dispatch.Domain.Jobs.Moves;
using Dispatch.Domain.Jobs.Quotes;
using static Dispatch.Domain.Tests.Jobs.JobFixture;

namespace Dispatch.Domain.Tests.Jobs;

/// <summary>The whole table: every command in every state, with the state it leads to or the code that refuses it.</summary>
public class JobTransitionTests
{
    private static readonly Dictionary<string, Func<JobState, JobCommand>> Commands = new()
    {
        ["triage"] = _ => new TriageJob(Needs),
        ["offer"] = job => Offer(job.Epoch, Li),
        ["accept"] = job => new AcceptOffer(Li, job.Epoch),
        ["decline"] = job => new DeclineOffer(Li, job.Epoch, "too_far"),
        ["depart"] = job => new Depart(Li, job.Epoch, Noon),
        ["arrive"] = job => new Arrive(Li, job.Epoch, Noon),
        ["repair"] = job => new CompleteRepair(Li, job.Epoch, Noon, RepairOutcome.Repaired, null, null),
        ["sign"] = job => new SignAcceptance(Li, job.Epoch, Noon, "digest"),
        ["close"] = job => new CloseJob(Li, job.Epoch, Noon),
        ["cancel"] = _ => new CancelJob("no longer needed"),
        ["reschedule"] = _ => new RescheduleJob([Afternoon], null),
        ["reassign"] = _ => new ReassignJob(null, "closer", null),
        ["park"] = job => new ParkJob(Plan, Noon.AddSeconds(20), job.Epoch, job.Assigned, new Candidate(Wang, JobFixture.Visit), Overrules: false),
        ["commit"] = _ => new SettleMove(Plan, Committed: true),
        ["withdraw"] = _ => new SettleMove(Plan, Committed: false),
        ["quote"] = JobFixture.Quote,
        ["approve"] = job => Answer(job, approved: true),
        ["refuse"] = job => Answer(job, approved: false),
        ["lapse"] = _ => new LapseQuote(),
        ["device"] = _ => new CorrectDevice(new DeviceRef("Huawei", "P60", "490154203237518")),
        ["relink"] = _ => new RenewLink(null),
        ["unlink"] = _ => new WithdrawLink(null),
    };

    // "=" stays as it is without an event; a name is the new state; anything with a dot is the refusal's code.
    private const string Table = """
        state     triage             offer              accept             decline            depart             arrive             repair             sign               close              cancel             reschedule         reassign           park             commit   withdraw quote              approve            refuse             lapse               device              relink             unlink
        requested queued             job.wrong_status   job.not_offered    job.not_offered    job.wrong_status   job.wrong_status   job.wrong_status   job.wrong_status   job.wrong_status   cancelled          requested          job.wrong_status   job.wrong_status =        =        job.wrong_status   job.quote_unknown  job.quote_unknown  =                   requested           requested          requested
        queued    queued             offered            job.not_offered    job.not_offered    job.wrong_status   job.wrong_status   job.wrong_status   job.wrong_status   job.wrong_status   cancelled          queued             queued             queued           =        =        job.wrong_status   job.quote_unknown  job.quote_unknown  =                   queued              queued             queued
        offered   job.wrong_status   job.wrong_status   accepted           queued             job.wrong_status   job.wrong_status   job.wrong_status   job.wrong_status   job.wrong_status   cancelled          queued             queued             job.wrong_status =        =        job.wrong_status   job.quote_unknown  job.quote_unknown  =                   offered             offered            offered
        accepted  job.wrong_status   job.wrong_status   =                  job.not_offered    enRoute            job.wrong_status   job.wrong_status   job.wrong_status   job.wrong_status   cancelled          queued             queued             accepted         =        =        job.wrong_status   job.quote_unknown  job.quote_unknown  =                   accepted            accepted           accepted
        enRoute   job.wrong_status   job.wrong_status   =                  job.not_offered    =                  arrived            job.wrong_status   job.wrong_status   job.wrong_status   cancelled          queued             queued             job.wrong_status =        =        job.wrong_status   job.quote_unknown  job.quote_unknown  =                   enRoute             enRoute            enRoute
        arrived   job.wrong_status   job.wrong_status   =                  job.not_offered    job.wrong_status   =                  repaired           job.wrong_status   job.wrong_status   cancelled          job.wrong_status   queued             job.wrong_status =        =        arrived            job.quote_unknown  job.quote_unknown  =                   arrived             arrived            arrived
        repaired  job.wrong_status   job.wrong_status   =                  job.not_offered    job.wrong_status   job.wrong_status   =                  signed             job.wrong_status   job.ended          job.wrong_status   job.wrong_status   job.wrong_status =        =        job.wrong_status   job.quote_unknown  job.quote_unknown  =                   repaired            repaired           repaired
        signed    job.wrong_status   job.wrong_status   =                  job.not_offered    job.wrong_status   job.wrong_status   job.wrong_status   =                  closed             job.ended          job.wrong_status   job.wrong_status   job.wrong_status =        =        job.wrong_status   job.quote_unknown  job.quote_unknown  =                   signed              signed             signed
        closed    job.wrong_status   job.wrong_status   =                  job.not_offered    job.wrong_status   job.wrong_status   job.wrong_status   job.wrong_status   =                  job.ended          job.wrong_status   job.wrong_status   job.wrong_status =        =        job.wrong_status   job.quote_unknown  job.quote_unknown  =                   closed              closed             closed
        cancelled job.wrong_status   job.wrong_status   job.not_offered    job.not_offered    job.wrong_status   job.wrong_status   job.wrong_status   job.wrong_status   job.wrong_status   =                  job.wrong_status   job.wrong_status   job.wrong_status =        =        job.wrong_status   job.quote_unknown  job.quote_unknown  =                   job.ended           cancelled          cancelled
        parked    job.plan_under_way job.plan_under_way job.plan_under_way job.plan_under_way job.plan_under_way job.plan_under_way job.plan_under_way job.plan_under_way job.plan_under_way job.plan_under_way job.plan_under_way job.plan_under_way =                accepted accepted job.plan_under_way job.plan_under_way job.plan_under_way job.plan_under_way  job.plan_under_way  job.plan_under_way job.plan_under_way
        quoted    job.wrong_status   job.wrong_status   =                  job.not_offered    job.wrong_status   =                  job.quote_open     job.wrong_status   job.wrong_status   cancelled          job.wrong_status   queued             job.wrong_status =        =        arrived            arrived            repaired           =                   arrived             arrived            arrived
        approved  job.wrong_status   job.wrong_status   =                  job.not_offered    job.wrong_status   =                  repaired           job.wrong_status   job.wrong_status   cancelled          job.wrong_status   queued             job.wrong_status =        =        arrived            =                  job.quote_closed   =                   arrived             arrived            arrived
        refused   job.wrong_status   job.wrong_status   =                  job.not_offered    job.wrong_status   job.wrong_status   job.quote_refused  signed             job.wrong_status   job.ended          job.wrong_status   job.wrong_status   job.wrong_status =        =        job.wrong_status   job.quote_closed   =                  =                   repaired            repaired           repaired
        lapsed    job.wrong_status   job.wrong_status   =                  job.not_offered    job.wrong_status   =                  job.quote_lapsed   job.wrong_status   job.wrong_status   cancelled          job.wrong_status   queued             job.wrong_status =        =        arrived            job.quote_lapsed   job.quote_lapsed   =                   arrived             arrived            arrived
        """;

    public static TheoryData<string, string, string> Cells()
    {
        TheoryData<string, string, string> cells = [];
        string[][] rows = [.. Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        foreach (string[] row in rows[1..])
            for (int column = 1; column < row.Length; column++)
                cells.Add(row[0], rows[0][column], row[column]);
        return cells;
    }

    [Theory, MemberData(nameof(Cells))]
    public void EveryCommandInEveryState_LeadsWhereTheTableSays(string state, string command, string expected)
    {
        JobState job = Every.Single(x => x.Name == state).State;
        Decision<JobEvent> decision = Decide(job, Commands[command](job));
        if (expected.Contains('.'))
        {
            Assert.Equal(expected, decision.Refusal?.Code);
            Assert.Empty(decision.Events);
        }
        else if (expected == "=")
        {
            Assert.Null(decision.Refusal);
            Assert.Empty(decision.Events);
        }
        else
        {
            Assert.Null(decision.Refusal);
            Assert.Equal(expected, Apply(job, decision).Status.ToString(), ignoreCase: true);
        }
    }

    [Fact]
    public void TheTableHasEveryStateAndEveryCommand()
    {
        Assert.Equal(Every.Length * Commands.Count, Cells().Count);
        Assert.Equal(Enum.GetValues<JobStatus>().Order(), Every.Concat(MailInTransitionTests.Every).Select(x => x.State.Status).Distinct().Order());
    }
}
