using Dispatch.Api.Access;
using Dispatch.Api.Streams.Live;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Grains.Contracts.Technicians;

namespace Dispatch.SystemTests.Api.Streams;

public sealed class PositionBoardTests
{
    private readonly PositionBoard _board = new();
    private readonly FakeLink _link = new();

    [Fact]
    public async Task OlderReport_DoesNotReplaceANewerOne()
    {
        Viewer viewer = Watch(View(-180, -90, 180, 90));
        _board.Put([At("tech_a", 1, 1, second: 20)]);
        _board.Put([At("tech_a", 2, 2, second: 10)]);
        _board.Flush();
        await viewer.Idle;
        Assert.Equal(["zone_a tech_a at 20"], _link.Sent);
    }

    [Fact]
    public async Task Flush_SendsOnlyTheLatestOfEachAndOnlyWhatChanged()
    {
        Viewer viewer = Watch(View(-180, -90, 180, 90));
        _board.Put([At("tech_a", 1, 1, 1), At("tech_b", 1, 1, 1)]);
        _board.Flush();
        await viewer.Idle;
        _link.Sent.Clear();
        for (int second = 2; second < 10; second++)
            _board.Put([At("tech_a", 1, 1, second)]);
        _board.Flush();
        _board.Flush();
        await viewer.Idle;
        Assert.Equal(["zone_a tech_a at 9"], _link.Sent);
    }

    [Fact]
    public async Task View_LimitsWhatIsSentAndANewViewShowsAllInIt()
    {
        _board.Put([At("tech_in", 5, 5, 1), At("tech_out", 50, 5, 1)]);
        Viewer viewer = Watch(View(0, 0, 10, 10));
        _board.Flush();
        await viewer.Idle;
        Assert.Equal(["zone_a tech_in at 1"], _link.Sent);
    }

    [Fact]
    public async Task TechnicianOffDuty_IsShownToNobodyWhoComesLater()
    {
        _board.Put([At("tech_a", 1, 1, 1), At("tech_b", 1, 1, 1)]);
        _board.Forget(new TechnicianId("tech_a"));
        Viewer viewer = Watch(View(-180, -90, 180, 90));
        _board.Flush();
        await viewer.Idle;
        Assert.Equal(["zone_a tech_b at 1"], _link.Sent);
    }

    [Theory]
    [InlineData(170, -170, 175, true)]
    [InlineData(170, -170, -175, true)]
    [InlineData(170, -170, 0, false)]
    [InlineData(-10, 10, 0, true)]
    [InlineData(-10, 10, 10, true)]
    [InlineData(-10, 10, 11, false)]
    [InlineData(100, 180.02, 179.99, true)]
    [InlineData(100, 180.02, -179.99, true)]
    [InlineData(100, 180.02, -179, false)]
    [InlineData(100, 180, -180, true)]
    [InlineData(-190, -170, 175, true)]
    [InlineData(530, 550, 175, true)]
    [InlineData(530, 550, 0, false)]
    [InlineData(-200, 200, 0, true)]
    [InlineData(-180, 180, 180, true)]
    [InlineData(170, 170, -170, false)]
    public void View_MayCrossTheDateLine(double west, double east, double lon, bool inside) =>
        Assert.Equal(inside, View(west, -10, east, 10).Contains(new Place(lon, 0)));

    [Theory]
    [InlineData(double.NaN, 0, 1, 1)]
    [InlineData(0, 0, double.PositiveInfinity, 1)]
    [InlineData(0, 1, 1, 0)]
    public void View_ThatIsNoneIsNone(double west, double south, double east, double north) => Assert.Null(MapView.Of(west, south, east, north));

    [Fact]
    public void View_BeyondThePoles_EndsThere()
    {
        MapView view = View(0, -95, 10, 95);
        Assert.Equal((-90, 90), (view.South, view.North));
        Assert.True(view.Contains(new Place(5, 90)));
    }

    [Fact]
    public async Task SlowViewer_GetsTheLatestOnceItCanTakeIt()
    {
        Viewer viewer = Watch(View(-180, -90, 180, 90));
        _link.Stall();
        for (int second = 1; second <= 5; second++)
        {
            _board.Put([At("tech_a", 1, 1, second)]);
            _board.Flush();
        }
        _link.Resume();
        await viewer.Idle;
        Assert.Equal("zone_a tech_a at 5", _link.Sent[^1]);
        Assert.InRange(_link.Sent.Count, 1, 2);
    }

    private static MapView View(double west, double south, double east, double north) => MapView.Of(west, south, east, north)!.Value;

    private Viewer Watch(MapView view)
    {
        Viewer viewer = new("c", new Caller(new TenantId("main"), Role.Dispatcher, "user_a", ""), _link, 100);
        int news = 1;
        _board.Watch(new PositionWatch(viewer, "zone_a", p => view.Contains(p.Place), () => Interlocked.Exchange(ref news, 0) == 1));
        return viewer;
    }

    private static Position At(string technician, double lon, double lat, int second) =>
        new(new TechnicianId(technician), new Place(lon, lat), DateTimeOffset.FromUnixTimeSeconds(second), null);
}
