using Dispatch.Api.Labels;
using Dispatch.Domain.Geo;

namespace Dispatch.SystemTests.Api.Labels;

/// <summary>Labels of every kind and language, from empty to as long as the contract takes.</summary>
public static class LabelSamples
{
    private static readonly string[] Languages = ["en", "zh-Hans", "zh-Hant"];

    /// <summary>Usual ones, sixty characters with and without spaces, and the longest that is taken.</summary>
    private static readonly string[] Names = ["Chen Yu", Long("Wilhelmina Montgomery-Worthington ", 60), Long("W", 60), Long("王小明", 60), Long("王小明", 100)];

    private static readonly string?[] Addresses =
    [
        null, "12 Lotus Lane, building 4", Long("12 Lotus Lane, building 4, floor 3, ring twice; the lift is on the left ", 300), Long("上海市徐汇区莲花路十二弄四号楼三层左转", 300), Long("W", 300), Long("Ужасно длинный адрес ", 300),
    ];

    private static readonly string[] Points = ["Riverside service point", Long("Riverside service point by the old post office ", 60), Long("人民广场服务网点", 60)];

    private static readonly string?[] Devices = [null, "Sony A7 IV", $"{Long("Brand name ", 60)} {Long("W", 80)}"];

    /// <summary>
    /// To the point: a customer's device, or the unit another was sent for. From the point: a repaired device, or that unit. At the counter nothing is sent, so there is no label.
    /// </summary>
    public static IEnumerable<ParcelLabel> All =>
        from language in Languages
        from returns in new[] { false, true }
        from name in Names
        from address in Addresses
        from point in Points
        from device in Devices
        let customer = new LabelEnd(name, "+86 138 0000 0000 ext. 00000000000", address, new Place(121.01, 31.02))
        let counter = new LabelEnd(point, null, null, new Place(-121.004, -30.997))
        select new ParcelLabel("DP00000000001AB", returns, "WWWWWW", device, returns ? counter : customer, returns ? customer : counter, language);

    private static string Long(string pattern, int length) => string.Concat(Enumerable.Repeat(pattern, length / pattern.Length + 1))[..length];
}
