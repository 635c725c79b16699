using System.Text.Json.Serialization;
using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs.Moves;
using Dispatch.Domain.Messages;
using Dispatch.Domain.Offers;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServiceDesk.Cases;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;

namespace Dispatch.Grains.Aggregates;

/// <summary>Something an outbox tells another grain, after the feeds have the event.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.grainMessage")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(TellTechnician), "technician")]
[JsonDerivedType(typeof(TellPoint), "point")]
[JsonDerivedType(typeof(TellJob), "job")]
[JsonDerivedType(typeof(TellMessage), "message")]
[JsonDerivedType(typeof(TellDevice), "device")]
[JsonDerivedType(typeof(TellProgramme), "programme")]
[JsonDerivedType(typeof(TellCallBack), "callback")]
[JsonDerivedType(typeof(TellCase), "case")]
public abstract record GrainMessage
{
    /// <summary>Delivered after everybody else, the planner included, has been told: nobody else waits for it.</summary>
    [JsonIgnore]
    public virtual bool CanWait => false;
}

/// <summary>A command for a technician's ledger, idempotent by job and epoch, so that it may be sent again.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.tellTechnician")]
public sealed record TellTechnician([property: Id(0)] TechnicianId To, [property: Id(1)] TechnicianCommand Command) : GrainMessage;

/// <summary>A command for a service point's ledger, idempotent by job and epoch.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.tellPoint")]
public sealed record TellPoint([property: Id(0)] ServicePointId To, [property: Id(1)] ServicePointCommand Command) : GrainMessage
{
    /// <summary>What the point says to it goes to <c>Answered</c> of the grain that sent it.</summary>
    [JsonIgnore]
    public bool WantsAnswer => Command is ConfirmBench;
}

/// <summary>What became of a change of plan that the job stands still for, idempotent by intent, so that it may be sent again.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.tellJob")]
public sealed record TellJob([property: Id(0)] JobId To, [property: Id(1)] SettleMove Command) : GrainMessage;

/// <summary>The customer is to be told of this event of a job. Which message it is follows from job, event and template, so that it may be sent again.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.tellMessage")]
public sealed record TellMessage(
    [property: Id(0)] JobId Job,
    [property: Id(1)] ZoneId Zone,
    [property: Id(2)] MessageTemplate Template,
    [property: Id(3)] MessageFacts Facts) : GrainMessage
{
    [JsonIgnore]
    public override bool CanWait => true;
}

/// <summary>A command for a programme's ledger, idempotent by job, so that it may be sent again.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.tellProgramme")]
public sealed record TellProgramme([property: Id(0)] ProgrammeId To, [property: Id(1)] ProgrammeCommand Command) : GrainMessage;

/// <summary>A command for the record of a device, idempotent by job or by device, so that it may be sent again.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.tellDevice")]
public sealed record TellDevice([property: Id(0)] DeviceId To, [property: Id(1)] DeviceCommand Command) : GrainMessage
{
    [JsonIgnore]
    public override bool CanWait => true;
}

/// <summary>A job has ended, and its customer is to be called. The call-back follows from the job, so that it may be sent again.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.tellCallBack")]
public sealed record TellCallBack([property: Id(0)] CallBackId To, [property: Id(1)] PlanCallBack Command) : GrainMessage
{
    [JsonIgnore]
    public override bool CanWait => true;
}

/// <summary>A rating leads to a complaint, which it names as the job's first and which is told to the first that is not over. Told again, it meets the one that has it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.tellCase")]
public sealed record TellCase([property: Id(0)] OpenCase Command) : GrainMessage
{
    [JsonIgnore]
    public override bool CanWait => true;
}
