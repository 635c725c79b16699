using System.Text.Json.Nodes;
using Dispatch.Sim.Chaos.Journals;
using Dispatch.Sim.Chaos.Judging;

namespace Sim.Tests.Chaos;

/// <summary>What is planted in a journal is found, and called by its name; nothing else is.</summary>
public sealed class ChaosJudgeTests
{
    private readonly Told told = Told.WholeStory();

    [Fact]
    public void WholeStory_IsInOrder()
    {
        told.Watch("console");
        Verdict verdict = told.Judge();
        Assert.Empty(verdict.Violations);
        Assert.Equal(3, verdict.Effects);
    }

    [Fact]
    public void AcknowledgedStepThatIsInNoHistory_IsLost()
    {
        told.History.RemoveAt(told.History.Count - 1);
        Found(Wrong.WorkLost, "v1/jobs/job_1/depart");
    }

    [Fact]
    public void AcknowledgedRequestWithoutAJob_IsLost()
    {
        told.Send("customer", "v1/jobs", """{"symptom":"two"}""", 60, 70, Told.Reply("job_2", "queued", 0, 3), 201);
        Found(Wrong.WorkLost, "job_2");
    }

    [Fact]
    public void AnswerThatSaysOtherwiseThanTheHistory_IsLostWork()
    {
        SentCommand accept = told.Commands[1];
        told.Commands[1] = accept with { Answer = accept.Answer! with { Body = Told.Reply("job_1", "accepted", 2, 5) } };
        Found(Wrong.WorkLost, "says accepted under 1");
    }

    [Fact]
    public void CommandThatHappenedTwice_IsFound()
    {
        told.Requested("job_2", "one");
        Found(Wrong.DuplicateEffect, "happened 2 times");
    }

    [Fact]
    public void RefusedCommandThatHappened_IsFound()
    {
        SentCommand depart = told.Commands[2];
        told.Commands[2] = depart with { Answer = new Answer(409, """{"code":"job.epoch_stale"}""", 50) };
        Found(Wrong.DuplicateEffect, "was refused (409)");
    }

    [Fact]
    public void UnansweredCommand_MayHaveHappenedOnceOrNotAtAll()
    {
        told.Commands[2] = told.Commands[2] with { Answer = null };
        told.Send("desk1", "v1/jobs/job_1/cancel", """{"reason":"never heard of"}""", 80, 0, null);
        Verdict verdict = told.Judge();
        Assert.Empty(verdict.Violations);
        Assert.Equal(1, verdict.UnansweredWithEffect);
    }

    [Fact]
    public void CancellationOfWhatWasCancelled_NeedsNoSecondEvent()
    {
        told.Job("job_1", "job.cancelled", "cancelled", 2, new() { ["reason"] = "first" });
        told.Event("technician", Told.Technician, "technician.released", new() { ["jobId"] = "job_1", ["upTo"] = 1 });
        told.Send("desk1", "v1/jobs/job_1/cancel", """{"reason":"first"}""", 60, 70, Told.Reply("job_1", "cancelled", 2, 7));
        told.Send("desk2", "v1/jobs/job_1/cancel", """{"reason":"second"}""", 60, 70, Told.Reply("job_1", "cancelled", 2, 7));
        Verdict verdict = told.Judge();
        Assert.Empty(verdict.Violations);
        Assert.Equal(1, verdict.NothingToDo);
    }

    [Fact]
    public void SecondAcceptanceUnderTheSameEpoch_IsADoubleAssignment()
    {
        told.Job("job_1", "job.accepted", "accepted", 1, new() { ["technicianId"] = Told.Other });
        Found(Wrong.DoubleAssignment, $"accepted by {Told.Other} while {Told.Technician} has it");
    }

    [Fact]
    public void StepOfSomebodyElse_IsADoubleAssignment()
    {
        told.Job("job_1", "job.arrived", "arrived", 1, new() { ["technicianId"] = Told.Other });
        Found(Wrong.DoubleAssignment, $"job.arrived by {Told.Other}, had by {Told.Technician}");
    }

    [Fact]
    public void FirmWorkThatOverlaps_IsADoubleAssignment()
    {
        told.Ledger("job_2", 1, Told.Technician, 30, 90);
        told.AtRest = false;
        Assert.DoesNotContain(told.Judge().Violations, v => v.Kind == Wrong.DoubleAssignment);
        told.Event("technician", Told.Technician, "technician.confirmed", new() { ["jobId"] = "job_2", ["epoch"] = 1 });
        Found(Wrong.DoubleAssignment, "overlap");
    }

    [Fact]
    public void JobWhoseTimeNobodyKeeps_IsADoubleAssignment()
    {
        told.Event("technician", Told.Technician, "technician.released", new() { ["jobId"] = "job_1", ["upTo"] = 1 });
        Found(Wrong.DoubleAssignment, "keeps no room for it");
    }

    [Fact]
    public void TimeKeptForAJobThatHasEnded_IsSaid()
    {
        told.Job("job_1", "job.cancelled", "cancelled", 2, new() { ["reason"] = "over" });
        Found(Wrong.Inconsistent, "still keeps room for job_1");
    }

    [Theory]
    [InlineData(2, 9, true)]
    [InlineData(1, 9, false)]
    [InlineData(2, 1, false)]
    public void BenchDayAndShelf_HoldNoMoreThanTheyHave(int perDay, int batteries, bool enough)
    {
        told.Defined(perDay, batteries);
        told.Bench("job_7", "2026-11-24");
        told.Bench("job_8", "2026-11-24");
        Assert.Equal(enough ? 0 : 1, told.Judge().Count(Wrong.CapacityOverrun));
    }

    [Fact]
    public void PlacesThatLapsed_AreFreeAgain()
    {
        told.Defined(1, 9);
        told.Bench("job_7", "2026-11-24");
        told.Bench("job_8", "2026-11-24");
        told.History[^1] = told.History[^1] with { At = Told.At(601) };
        Assert.Empty(told.Judge().Violations);
    }

    [Fact]
    public void WatcherWhoMissedAnEvent_HasAGap()
    {
        told.Watch("console", applied => applied.RemoveAt(3));
        Found(Wrong.FeedGap, "applied 5 of zone/zone_chaos after 3");
    }

    [Fact]
    public void WatcherWhoStandsStill_HasAGap()
    {
        told.Watch("console", applied => applied.RemoveAt(applied.Count - 1));
        Found(Wrong.FeedGap, "stands at");
    }

    [Fact]
    public void EventThatWasToldOtherwise_IsAGap()
    {
        told.Watch("console", applied => applied[2] = applied[2] with { Digest = 1 });
        Found(Wrong.FeedGap, "was told otherwise than it reads");
    }

    [Fact]
    public void EventThatIsGoneAfterARestart_IsAGap()
    {
        told.Watch("console", applied => applied.Add(new Applied(Told.Zone, told.History.Count + 1, 5)));
        Found(Wrong.FeedGap, "which is not in it");
    }

    [Fact]
    public void SnapshotInThePlaceOfEvents_IsNoGap()
    {
        told.Watch("console", applied =>
        {
            applied.RemoveRange(0, 4);
            applied.Insert(0, new Applied(Told.Zone, 4, null));
        });
        Assert.Empty(told.Judge().Violations);
    }

    [Fact]
    public void LookThatDoesNotSeeWhatWasAnsweredBefore_BreaksTheOrder()
    {
        told.Seen.Add(new SeenVersion("job_1", 55, 60, 5));
        Found(Wrong.OrderBroken, "a look is at 5");
    }

    [Fact]
    public void EffectThatComesBeforeAnOlderAnswer_BreaksTheOrder()
    {
        SentCommand accept = told.Commands[1];
        told.Commands[1] = accept with { InvokedAt = 60, Answer = accept.Answer! with { At = 70 } };
        Found(Wrong.OrderBroken, "v1/jobs/job_1/accept");
    }

    [Fact]
    public void RepetitionAnsweredOtherwise_IsFound()
    {
        SentCommand accept = told.Commands[1];
        told.Repetitions.Add(new Repetition(accept, 200, Told.Reply("job_1", "enRoute", 1, 6)));
        Found(Wrong.AnswerChanged, "at the end 200");
        told.Repetitions[0] = new Repetition(accept, 409, """{"code":"job.taken"}""");
        Found(Wrong.WorkLost, "at the end 409");
    }

    [Fact]
    public void CarrierReportThatWasTakenAndIsNowhere_IsLost()
    {
        JsonObject report = new() { ["waybill"] = "DP1", ["status"] = "inTransit", ["at"] = Told.Wire(1), ["text"] = "carrier-1#0" };
        told.Send("carrier", "v1/carrier/events", new JsonObject { ["events"] = new JsonArray(report) }.ToJsonString(), 60, 70, """{"taken":1,"unknown":[]}""");
        Found(Wrong.WorkLost, "carrier-1#0 was taken");
    }

    [Fact]
    public void StepThatCannotFollow_IsSaid()
    {
        told.Job("job_1", "job.signed", "signed", 1, new() { ["technicianId"] = Told.Technician });
        Found(Wrong.Inconsistent, "job.signed");
    }

    private void Found(Wrong kind, string words) => Assert.Contains(told.Judge().Violations, v => v.Kind == kind && v.What.Contains(words, StringComparison.Ordinal));
}
