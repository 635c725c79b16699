using System.Text.Json;
using Dispatch.Api.Jobs;
using Dispatch.Api.ServiceDesk;
using Dispatch.Api.ServicePoints;
using Dispatch.Api.Technicians;
using Dispatch.Api.Zones;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Messages;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServiceDesk.Cases;
using Dispatch.Domain.ServiceDesk.Contacts;
using Dispatch.Domain.ServiceDesk.Escalations;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Zones;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Api.Reading;

/// <summary>One row of the read model: the state as JSON with its version.</summary>
internal sealed record StoredView(string Kind, string Id, long SortAt, long Version, string Doc)
{
    public JobState ToJob() => State<JobState>();
    public TechnicianState ToTechnician() => State<TechnicianState>();
    public ServicePointState ToPoint() => State<ServicePointState>();
    public ZoneState ToZone() => State<ZoneState>();
    public DeviceState ToDevice() => State<DeviceState>();
    public MessageState ToMessage() => State<MessageState>();

    public JobView ToJobView() => JobView.Of(ToJob(), Version);
    public TechnicianView ToTechnicianView() => TechnicianView.Of(ToTechnician(), Version);
    public PointView ToPointView() => PointView.Of(ToPoint(), Version);
    public ZoneView ToZoneView() => ZoneView.Of(ToZone(), Version);

    public ContactState ToContact() => State<ContactState>();
    public ContactListItem ToContactItem() => ContactListItem.Of(ToContact(), Version);
    public EscalationListItem ToEscalationItem() => EscalationListItem.Of(State<EscalationState>(), Version);
    public CallBackListItem ToCallBackItem() => CallBackListItem.Of(State<CallBackState>(), Version);
    public CaseListItem ToCaseItem() => CaseListItem.Of(State<CaseState>(), Version);

    /// <summary>The view of its kind as it is shown with events and in lists.</summary>
    public object ToPublicView() => Kind switch
    {
        ChangeToken.Job => ToJobView(),
        ChangeToken.Technician => ToTechnicianView(),
        ChangeToken.Point => ToPointView(),
        ChangeToken.Contact => ToContactItem(),
        ChangeToken.Escalation => ToEscalationItem(),
        ChangeToken.CallBack => ToCallBackItem(),
        ChangeToken.Case => ToCaseItem(),
        ChangeToken.Message => ToMessage(),
        ChangeToken.Device => ToDevice(),
        _ => ToZoneView(),
    };

    private object? _state;

    private T State<T>() => (T)(_state ??= JsonSerializer.Deserialize<T>(Doc, StorageJson.Options) ?? throw new JsonException($"The view of {Kind} {Id} is empty."));
}
