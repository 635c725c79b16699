using System.Collections.Concurrent;
using System.Threading.Channels;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Clock;
using Dispatch.Sim.Client.Hub;
using Dispatch.Sim.Client.Streams;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.Phones;

/// <summary>What a phone needs of the day it works in.</summary>
public sealed record PhoneDay(IPhoneMap Map, Plane Plane, DayClock Day, ServerClock Clock, IPhoneManner Manner, TimeProvider Time, Action<string> Trouble);

/// <summary>
/// One technician's phone: its own sign-in, its own hub connection, its own copy of what it was told. <see cref="PhoneCore"/> decides; this class carries messages to it,
/// wakes it, and carries out what it asks for. One loop owns the state.
/// </summary>
public sealed class Phone : IStreamListener, IAsyncDisposable
{
    private readonly record struct Message(PhoneInput? Input, StreamEvent? Event, StreamSnapshot? Snapshot, DayTime At);

    private readonly Channel<Message> messages = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<Task, bool> errands = new();
    private readonly CancellationTokenSource life = new();
    private readonly TaskCompletionSource live = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PhoneDay day;
    private readonly ApiClient api;
    private readonly PhoneWire wire;
    private readonly StreamClient streams;
    private readonly ITimer alarm;
    private readonly Task running;
    private readonly Task showing;
    private volatile PhoneState state;

    /// <param name="api">Signed in as the technician; owned by the phone from now on.</param>
    public Phone(PhoneDay day, ApiClient api, Uri server, string technician, int home, Random chance)
    {
        this.day = day;
        this.api = api;
        Technician = technician;
        state = new PhoneState(day.Map, home);
        wire = new PhoneWire(api, technician, day.Day, day.Manner);
        Heard = day.Manner.Resumes ? null : new EventLog();
        alarm = day.Time.CreateTimer(_ => Tell(new PhoneInput.Tick()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        running = Task.Run(Run);
        showing = Task.Run(ShowPositions);
        streams = new StreamClient(WebSocketTransport.To(server, "hub", api.Token), api, this, new HubOptions(), Backoff.Standard, StreamLimits.Standard, day.Time, chance);
        streams.Follow(Stream, day.Manner.Resumes ? null : 0);
    }

    public string Technician { get; }

    public string Stream => "technician/" + Technician;

    public PhoneState State => state;

    /// <summary>Ends when the phone has first heard everything there is.</summary>
    public Task Live => live.Task;

    /// <summary>Everything ever heard; null for a phone that resumes, which may live for weeks.</summary>
    public EventLog? Heard { get; }

    public int Repetitions => api.Repetitions;

    void IStreamListener.Applied(string stream, StreamEvent happened)
    {
        Heard?.Add(happened);
        messages.Writer.TryWrite(new Message(null, happened, null, Now));
    }

    void IStreamListener.Restored(StreamSnapshot snapshot) => messages.Writer.TryWrite(new Message(null, null, snapshot, Now));

    void IStreamListener.LinkChanged(LinkState link)
    {
        if (link == LinkState.Live)
            live.TrySetResult();
    }

    void IStreamListener.Trouble(string what) => day.Trouble($"{Technician}: {what}");

    public async ValueTask DisposeAsync()
    {
        await streams.DisposeAsync();
        await alarm.DisposeAsync();
        messages.Writer.TryComplete();
        await running;
        await life.CancelAsync();
        await showing;
        await Task.WhenAll(errands.Keys);
        api.Dispose();
    }

    /// <summary>The moment the server's clock has certainly reached.</summary>
    private DayTime Now => day.Day.ToDay(day.Clock.Certain);

    private async Task Run()
    {
        await foreach (Message message in messages.Reader.ReadAllAsync())
        {
            if (await InputOf(message) is not { } input)
                continue;
            (state, var actions) = PhoneCore.Handle(state, input, message.At);
            foreach (PhoneAction action in actions)
                Do(action);
            if (PhoneCore.NextWake(state) is { } wake)
                alarm.Change(ServerClock.RoundedUp(day.Clock.Until(day.Day.ToServer(wake))), Timeout.InfiniteTimeSpan);
        }
    }

    private async Task<PhoneInput?> InputOf(Message message)
    {
        try
        {
            if (message.Snapshot is { } snapshot)
                return await Resumed(snapshot);
            if (message.Event is not { } happened)
                return message.Input;
            if (PhoneEvents.Offer(happened) is not { } offer)
                return PhoneEvents.Read(happened, Technician, day.Day, 0);
            int node = await day.Manner.NodeOf(offer.Job, offer.View, life.Token);
            return PhoneEvents.Read(happened, Technician, day.Day, node, day.Manner.Answer(offer.Job, offer.Epoch).Reason);
        }
        catch (Exception e) when (e is TimeoutException or KeyNotFoundException or System.Text.Json.JsonException or FormatException or InvalidOperationException)
        {
            day.Trouble($"{Technician}: cannot read {message.Event?.Type ?? "snapshot"} {message.Event?.Seq ?? message.Snapshot?.Seq}: {e.Message}");
            return null;
        }
    }

    private async Task<PhoneInput?> Resumed(StreamSnapshot snapshot)
    {
        if (!day.Manner.Resumes || PhoneEvents.ReadSnapshot(snapshot, Technician) is not { } known || known.Technician.Place is not { } place)
            return new PhoneInput.Tick();
        List<ResumedStop> stops = [];
        foreach ((JobView job, System.Text.Json.JsonElement view, StopProgress progress) in known.Jobs)
            stops.Add(new ResumedStop(
                StopId.OfJob(job.Id), await day.Manner.NodeOf(job.Id, view, life.Token), job.Epoch, day.Day.ToDay(job.Visit?.DepartAt ?? job.UpdatedAt), progress,
                day.Day.ToDay(job.UpdatedAt), day.Manner.Answer(job.Id, job.Epoch).Reason));
        if (known.Technician.DepotCall is { } call)
            stops.Add(new ResumedStop(
                StopId.OfDepot(call.Number), 0, 0, day.Day.ToDay(call.DepartAt), call.Status == "underWay" ? StopProgress.UnderWay : StopProgress.Accepted,
                call.Since is { } since ? day.Day.ToDay(since) : Now));
        return new PhoneInput.Resumed([.. stops], day.Manner.NodeOf(place), day.Day.ToDay(known.Technician.PlaceAt));
    }

    private void Do(PhoneAction action)
    {
        switch (action)
        {
            case PhoneAction.Accept a:
                Errand(() => Accept(a), e => new PhoneInput.AcceptRefused(a.Job, a.Epoch, e.Message));
                break;
            case PhoneAction.Decline a:
                Errand(async () =>
                {
                    await Task.Delay(day.Manner.Answer(a.Job, a.Epoch).After, day.Time, life.Token);
                    await wire.Decline(a, life.Token);
                    return null;
                }, _ => null);
                break;
            case PhoneAction.Send a:
                Errand(async () => new PhoneInput.ReportAnswered((await wire.Send(a.Report, life.Token) as ApiResult<Nothing>.Refused)?.Problem.ToString()),
                    e => new PhoneInput.ReportAnswered(e.Message));
                break;
            case PhoneAction.Reread:
                DayTime asked = Now;
                Errand(async () => await wire.Reread(life.Token) is ApiResult<TechnicianView>.Ok ok
                    ? new PhoneInput.ReadAgain([.. ok.Value.Commitments.Select(c => (c.JobId, c.Epoch))], ok.Value.DepotCall?.Number, asked)
                    : null, _ => null);
                break;
        }
    }

    /// <summary>Null where there is nothing to answer: the technician does not look, or the offer is gone by the time they do.</summary>
    private async Task<PhoneInput?> Accept(PhoneAction.Accept a)
    {
        OfferAnswer answer = day.Manner.Answer(a.Job, a.Epoch);
        if (answer.Ignored)
            return null;
        if (answer.After > TimeSpan.Zero)
        {
            await Task.Delay(answer.After, day.Time, life.Token);
            if (!state.Ahead.Any(s => s.Id == StopId.OfJob(a.Job) && s.Epoch == a.Epoch))
                return null;
        }
        return await wire.Accept(a, life.Token) switch
        {
            ApiResult<Nothing>.Refused no => new PhoneInput.AcceptRefused(a.Job, a.Epoch, no.Problem.Code),
            _ => new PhoneInput.Confirmed(a.Job, a.Epoch),
        };
    }

    /// <summary>Runs beside the loop and tells it the outcome. <paramref name="failed"/> says what it means that no answer came.</summary>
    private void Errand(Func<Task<PhoneInput?>> work, Func<Exception, PhoneInput?> failed)
    {
        Task task = Task.Run(async () =>
        {
            PhoneInput? input;
            try
            {
                input = await work();
            }
            catch (OperationCanceledException) when (life.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                day.Trouble($"{Technician}: {e.Message}");
                input = failed(e);
            }
            if (input is not null)
                Tell(input);
        });
        errands[task] = true;
        _ = task.ContinueWith(done => errands.TryRemove(done, out _), TaskScheduler.Default);
    }

    private void Tell(PhoneInput? input) => messages.Writer.TryWrite(new Message(input ?? new PhoneInput.Tick(), null, null, Now));

    /// <summary>While moving, the place is told every so often; and once more where the way ended, and where the day begins.</summary>
    private async Task ShowPositions()
    {
        DayTime? atRest = null;
        try
        {
            while (true)
            {
                await Task.Delay(day.Manner.PositionEvery, day.Time, life.Token);
                DayTime now = Now;
                PhoneState seen = state;
                bool moving = seen.IsMoving(now);
                DayTime since = seen.Leg?.Arrive ?? seen.FreeAt;
                if (!moving && (!day.Manner.Resumes || !live.Task.IsCompleted || atRest == since))
                    continue;
                atRest = moving ? null : since;
                if (await wire.Position(day.Plane.ToPlace(seen.At(now)), now, life.Token) is ApiResult<Nothing>.Refused no)
                    day.Trouble($"{Technician}: position refused: {no.Problem}");
            }
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            // the day is over
        }
        catch (ServerUnreachableException e)
        {
            day.Trouble($"{Technician}: no more positions: {e.Message}");
        }
    }
}
