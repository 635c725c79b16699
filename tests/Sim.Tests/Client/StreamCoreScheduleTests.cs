using Dispatch.Sim.Client.Streams;

namespace Sim.Tests.Client;

/// <summary>A small world at random: a server that appends, pushes that are lost, repeated or swapped, connections that come and go, answers that come in any order or fail.</summary>
public sealed class StreamCoreScheduleTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory, MemberData(nameof(Seeds))]
    public void EveryEvent_IsAppliedOnceAndInOrder(int seed)
    {
        World world = new(new Random(seed));
        world.Step(new StreamInput.Follow(World.Stream, 0));
        for (int i = 0; i < 500; i++)
            world.Something();
        world.Calm();
        Assert.Equal(Enumerable.Range(1, (int)world.Head).Select(n => (long)n), world.Applied);
        Assert.Equal(LinkState.Live, world.Shown);
    }

    private sealed class World(Random chance)
    {
        public const string Stream = "zone/z";
        private const int Page = 4;

        private readonly List<StreamEffect> open = [];
        private StreamCore core = new(new StreamLimits(SnapshotBehind: 100_000, Held: 6, OfflineAfterMs: 15_000, EmptyFetches: 3));
        private bool connected;

        public long Head { get; private set; }

        public List<long> Applied { get; } = [];

        public LinkState Shown => core.Shown;

        public void Step(StreamInput input)
        {
            (core, var effects) = core.Handle(input, 0);
            foreach (StreamEffect effect in effects)
                if (effect is StreamEffect.Apply apply)
                    Applied.AddRange(apply.Events.Select(e => e.Seq));
                else if (effect is not StreamEffect.Show)
                    open.Add(effect);
        }

        public void Something()
        {
            switch (chance.Next(10))
            {
                case 0:
                    connected = !connected;
                    if (!connected)
                        open.RemoveAll(e => e is StreamEffect.Subscribe); // answers of a lost connection never come
                    Step(connected ? new StreamInput.Connected() : new StreamInput.Disconnected());
                    break;
                case < 5:
                    Head++;
                    if (connected && chance.Next(3) > 0)
                        Step(new StreamInput.Pushed(Stream, [.. Recent()]));
                    break;
                default:
                    Answer(chance.Next(4) == 0);
                    break;
            }
        }

        /// <summary>The connection stays, and whatever is asked is answered.</summary>
        public void Calm()
        {
            if (!connected)
                Step(new StreamInput.Connected());
            connected = true;
            Step(new StreamInput.Headed(Stream, Head));
            for (int i = 0; i < 10_000 && open.Count > 0; i++)
                Answer(fails: false);
        }

        private IEnumerable<StreamEvent> Recent()
        {
            long from = Math.Max(1, Head - chance.Next(3));
            IEnumerable<long> numbers = Enumerable.Range((int)from, (int)(Head - from + 1)).Select(n => (long)n);
            return (chance.Next(5) == 0 ? numbers.Reverse() : numbers).Select(n => Events.Of(n));
        }

        private void Answer(bool fails)
        {
            if (open.Count == 0)
                return;
            StreamEffect asked = open[chance.Next(open.Count)];
            open.Remove(asked);
            Step(asked switch
            {
                StreamEffect.Subscribe when fails => new StreamInput.SubscribeFailed(Stream),
                StreamEffect.Subscribe => new StreamInput.Subscribed(Stream, Head),
                StreamEffect.Fetch when fails => new StreamInput.FetchFailed(Stream),
                StreamEffect.Fetch f => new StreamInput.Fetched(Stream, [.. Numbers(f.After).Select(n => Events.Of(n))], Head),
                _ => new StreamInput.Tick(),
            });
        }

        private IEnumerable<long> Numbers(long after) => Enumerable.Range(1, (int)Math.Min(Page, Head - after)).Select(n => after + n);
    }
}
