using System.Text.Json;

namespace Dispatch.Sim.Client.Api;

// Shapes of the HTTP contract, as far as the simulator uses them. Kept apart from the product's own types on purpose: what does not
// match the contract on the wire must fail here, not compile away.

public sealed record Place(double Lon, double Lat);

public sealed record Period(DateTimeOffset From, DateTimeOffset To);

public sealed record SkillLevel(string Code, int Level);

public sealed record PartQuantity(string Code, int Quantity);

public sealed record SignInRequest(string User, string Password);

public sealed record SignInReply(string AccessToken, double ExpiresIn, string Role, string SubjectId, string Name);

public sealed record ClockReply(DateTimeOffset Now, double Speed, string Travel, Place? Origin, double? MetresPerSecond);

public sealed record DepotRequest(string Name, Place Place);

public sealed record ZoneRequest(string Name, IReadOnlyList<Place> Territory, DepotRequest Depot, string? ZoneId = null);

public sealed record ZoneView(string Id, string Name, IReadOnlyList<Place> Territory);

public sealed record Credentials(string User, string Password);

public sealed record TechnicianRequest(
    string Name, string Zone, Place Home, Period Shift, IReadOnlyList<SkillLevel> Skills, IReadOnlyList<string> Tools,
    IReadOnlyList<PartQuantity> Stock, Credentials SignIn);

public sealed record Visit(DateTimeOffset DepartAt, DateTimeOffset ArriveAt, DateTimeOffset StartAt, DateTimeOffset FinishAt);

public sealed record CommitmentView(string JobId, long Epoch, string Status, Visit Visit);

public sealed record DepotCallView(int Number, Place Place, DateTimeOffset DepartAt, string? Status, DateTimeOffset? Since = null);

public sealed record TechnicianView(
    string Id, string Zone, bool OnDuty, bool DepotVisited, IReadOnlyList<CommitmentView> Commitments, DepotCallView? DepotCall, long Version,
    Place? Place = null, DateTimeOffset PlaceAt = default, string? Name = null);

public sealed record DutyRequest(bool OnDuty);

public sealed record PositionReport(double Lon, double Lat, DateTimeOffset At, double? Heading);

public sealed record PositionsRequest(IReadOnlyList<PositionReport> Positions);

public sealed record Contact(string Name, string Phone, string? Language = null);

public sealed record Needs(IReadOnlyList<SkillLevel> Skills, IReadOnlyList<string> Tools, IReadOnlyList<PartQuantity> Parts, int ServiceSeconds);

public sealed record JobRequest(string Category, Place Place, Contact Contact, string? Symptom, Period Window, Needs Needs);

public sealed record JobReply(string Id, string Status, long Epoch, long Version);

public sealed record UnplacedCount(string Code, int Count);

public sealed record JobView(
    string Id, string Zone, string Status, long Epoch, long Version, string? TechnicianId, Visit? Visit, string? CancelReason,
    IReadOnlyList<UnplacedCount>? Unplaced, string? Mode = null, string? Category = null, Place? Place = null, IReadOnlyList<Period>? Windows = null, int ServiceSeconds = 0,
    IReadOnlyList<string>? Candidates = null, DateTimeOffset RequestedAt = default, DateTimeOffset UpdatedAt = default, Device? Device = null, Booking? Booking = null,
    IReadOnlyList<Parcel>? Parcels = null, DateTimeOffset? OfferExpiresAt = null);

public sealed record Device(string Brand, string Model, string? Serial);

public sealed record Booking(string PointId, string BenchDay, string Category, DateTimeOffset PromisedAt, bool Confirmed);

public sealed record Parcel(string Direction, string Waybill, string Status, DateTimeOffset At);

public sealed record EpochRequest(long Epoch);

public sealed record DeclineRequest(long Epoch, string Reason);

public sealed record StepRequest(long Epoch, string OccurredAt, string? Outcome = null, string? SignedBy = null);

public sealed record DepotStepRequest(string OccurredAt);

public sealed record Explanation(bool Placed, string? TechnicianId, IReadOnlyList<ExplanationReason> Reasons);

public sealed record ExplanationReason(string Code, int Count, JsonElement? Facts);

public sealed record Created(string Id);

public sealed record ZoneList(IReadOnlyList<ZoneView> Items);

public sealed record PlanStop(string Kind, string? JobId);

public sealed record PlanRoute(string TechnicianId, IReadOnlyList<PlanStop> Stops);

public sealed record PlanView(IReadOnlyList<PlanRoute> Routes);

public sealed record OpeningHours(string Open, string Close, string TimeZone, IReadOnlyList<string>? ClosedOn = null);

public sealed record SlotRequest(string Category, int PerDay);

public sealed record PointRequest(
    string Name, string Zone, Place Place, IReadOnlyList<string> Serves, IReadOnlyList<string> Brands, IReadOnlyList<SkillLevel> Skills, IReadOnlyList<PartQuantity> Stock,
    OpeningHours Hours, IReadOnlyList<SlotRequest> Slots, string PointId, Credentials? SignIn = null);

public sealed record AccountRequest(string User, string Password, string Role, string Name, string? PointId = null);

public sealed record CustomerRequest(
    string Category, Place Place, string Address, Contact Contact, Device Device, string Symptom, string Mode, Period? Window);

public sealed record FiledJob(string Id, string Status, string TrackingToken);

public sealed record RescheduleRequest(IReadOnlyList<Period> Windows);

public sealed record CancelRequest(string Reason);

public sealed record JobList(IReadOnlyList<JobView> Items, string? Next);

public sealed record TechnicianList(IReadOnlyList<TechnicianView> Items, string? Next);

public sealed record CategoryView(string Code, string? Device);

public sealed record CatalogueReply(IReadOnlyList<string> Brands, IReadOnlyList<CategoryView> Categories);

public sealed record InspectRequest(string Findings);

public sealed record FinishRequest(string Outcome, string Work);

public sealed record CheckRequest(bool Passed, string? Note);

public sealed record CarrierParcel(string Waybill, string Direction, Place From, Place To, string Status, DateTimeOffset BookedAt);

public sealed record CarrierParcelList(IReadOnlyList<CarrierParcel> Items, string? Next);

public sealed record CarrierEvent(string Waybill, string Status, DateTimeOffset At, string? Text);

public sealed record CarrierEvents(IReadOnlyList<CarrierEvent> Events);

public sealed record CarrierTaken(int Taken, IReadOnlyList<string> Unknown);

public sealed record PointView(string Id, string Name);

public sealed record PointList(IReadOnlyList<PointView> Items);
