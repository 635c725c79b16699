using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Zones;
using static Dispatch.Domain.Tests.Jobs.JobFixture;

namespace Dispatch.Domain.Tests.Zones;

/// <summary>What a zone makes of a no.</summary>
public class DispatchPolicyTests
{
    private static readonly TechnicianState Technician = TechnicianDecider
        .Decide(null, new RegisterTechnician(Li, new TenantId("main"), new TechnicianProfile("Li", new ZoneId("zone_n"), new Place(121, 31), new TimeWindow(Noon, Noon.AddHours(8)), [], [], [])), Noon, JobRules.Standard)
        .Events.Aggregate((TechnicianState?)null, (state, fact) => TechnicianEvolution.Apply(state, fact, Noon))!;

    /// <summary>A job taken back while a proposal was on its way, to be given to the very person proposed, can go to them at once.</summary>
    [Fact]
    public void AJobThatHasMovedOn_SaysNothingAgainstATechnician()
    {
        Assert.False(DispatchPolicy.IsAboutTechnician(JobRefusals.EpochStale(Queued, new Epoch(0))));
        Assert.False(DispatchPolicy.IsAboutTechnician(JobRefusals.WrongStatus(Queued, nameof(JobStatus.Queued))));
        Assert.False(DispatchPolicy.IsAboutTechnician(JobRefusals.LockedElsewhere(Queued)));
        Assert.False(DispatchPolicy.IsAboutTechnician(TechnicianRefusals.EpochStale(Technician, Queued.Id, new Epoch(1))));
    }

    [Fact]
    public void WhatATechnicianCannotDo_IsRemembered()
    {
        Assert.True(DispatchPolicy.IsAboutTechnician(TechnicianRefusals.OffDuty(Technician)));
        Assert.True(DispatchPolicy.IsAboutTechnician(TechnicianRefusals.OutsideShift(Technician)));
        Assert.True(DispatchPolicy.IsAboutTechnician(TechnicianRefusals.PartMissing(Technician, "screen", 1, 0)));
    }
}
