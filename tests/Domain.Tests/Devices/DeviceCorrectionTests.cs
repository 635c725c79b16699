using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs;
using static Dispatch.Domain.Tests.Jobs.JobFixture;
using Fixture = Dispatch.Domain.Tests.Jobs.JobFixture;

namespace Dispatch.Domain.Tests.Devices;

/// <summary>A number that was mistyped is corrected, and what was done to the device moves with it.</summary>
public class DeviceCorrectionTests
{
    private const string Mistyped = "490154203237517", Right = "490154203237518";

    private static DeviceRef Phone(string? serial) => new("Huawei", "P60", serial);

    private static JobState ClosedOn(string? serial) =>
        Fixture.Closed with { Request = Fixture.Closed.Request with { Device = Phone(serial) } };

    private static DeviceCorrected To(string serial) => new(Phone(serial));

    private static DeviceState? Apply(DeviceState? device, DeviceCommand command)
    {
        Decision<DeviceEvent> decision = DeviceDecider.Decide(device, command, Noon);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(device, DeviceEvolution.Apply);
    }

    private static RecordService First(JobState job) => DeviceHistory.Of(job, new JobClosed(job.Epoch, Li, Noon))!;

    [Fact]
    public void ClosedJob_WithAMistypedImei_IsRecordedUnderThatNumber()
    {
        RecordService recorded = First(ClosedOn(Mistyped));
        Assert.Equal(("serial:huawei:" + Mistyped, "phone"), (recorded.Identity.ToString(), recorded.Profile.Kind));
    }

    [Fact]
    public void Correction_TakesTheServiceFromOneRecordAndEntersItInTheOther()
    {
        JobState job = ClosedOn(Mistyped);
        DeviceState? mistyped = Apply(null, First(job)), right = null;
        (DeviceId Device, DeviceCommand Command)[] moved = [.. DeviceHistory.Moved(job, To(Right))];
        Assert.Equal(2, moved.Length);
        mistyped = Apply(mistyped, moved[0].Command);
        right = Apply(right, moved[1].Command);
        Assert.Empty(mistyped!.Services);
        Assert.Equal((job.Id, Noon), (Assert.Single(right!.Services).Job, right.Services[0].At));
        // Messages come twice, and an old one may come last.
        Assert.Empty(Apply(mistyped, First(job))!.Services);
        Assert.Single(Apply(right, moved[1].Command)!.Services);
    }

    [Fact]
    public void NumberThatIsAddedLater_EntersTheServiceThen() =>
        Assert.IsType<RecordService>(Assert.Single(DeviceHistory.Moved(ClosedOn(null), To(Right))).Command);

    [Fact]
    public void CorrectionBack_CountsMoreThanTheOneBefore()
    {
        JobState job = ClosedOn(Right);
        DeviceState? right = Apply(null, First(job));
        right = Apply(right, DeviceHistory.Moved(job, To(Mistyped))[0].Command);
        JobState corrected = job.Then(new CorrectDevice(Phone(Mistyped)));
        right = Apply(right, DeviceHistory.Moved(corrected, To(Right))[1].Command);
        Assert.Equal(2, Assert.Single(right!.Services).Revision);
    }

    [Fact]
    public void OpenJob_TellsTheRegisterOnlyWhenItCloses() => Assert.Empty(DeviceHistory.Moved(Fixture.Arrived, To(Right)));

    [Fact]
    public void DeviceThatWasSwapped_KeepsItsNumber()
    {
        JobState swapped = ClosedOn(Right) with { NewUnit = DeviceIdentity.OfSerial("Huawei", "NEW123").Identity };
        Assert.Equal("job.device_swapped", Decide(swapped, new CorrectDevice(Phone(Mistyped))).Refusal?.Code);
    }
}
