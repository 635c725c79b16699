using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dispatch.Api.Access;

namespace Dispatch.Silo.Demo;

/// <summary>
/// Fills an empty server with a zone, a depot and technicians to look at. Except for two staff accounts it is a client of the public interface like any other.
/// </summary>
internal sealed class DemoSeed(string address, IAccountBootstrap accounts)
{
    private const int Technicians = 16;
    private static readonly (double Lon, double Lat) Centre = (121.0, 31.0);
    private static readonly string[] Names = ["Li Na", "Wang Wei", "Zhang Min", "Liu Yang", "Chen Jie", "Yang Fan", "Zhao Lei", "Huang Ying", "Zhou Tao", "Wu Xia", "Xu Peng", "Sun Mei", "Ma Chao", "Zhu Lin", "Hu Bin", "Guo Yan"];
    private static readonly string[] Skills = ["phone", "camera", "board", "software"];

    public async Task<DemoAccounts> Plant(Credentials manager, CancellationToken cancellation)
    {
        Credentials dispatcher = new("dispatcher", FirstStart.NewPassword(), false);
        Credentials point = new("point", FirstStart.NewPassword(), false);
        string password = FirstStart.NewPassword();
        await accounts.Ensure(dispatcher.User, dispatcher.Password, Role.Dispatcher, "Duty dispatcher");
        await accounts.Ensure(point.User, point.Password, Role.Point, "Central service point");

        using HttpClient http = new() { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await SignIn(http, manager, cancellation));
        JsonNode zone = await Post(http, "/v1/zones", "demo-zone", new JsonObject
        {
            ["name"] = "Riverside",
            ["zoneId"] = "zone_riverside",
            ["territory"] = new JsonArray([.. new[] { (-0.13, -0.115), (0.13, -0.115), (0.13, 0.115), (-0.13, 0.115), (-0.13, -0.115) }.Select(d => Place(d.Item1, d.Item2))]),
            ["depot"] = new JsonObject { ["name"] = "Central service point", ["place"] = Place(0.004, -0.003) },
        }, cancellation);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        for (int i = 0; i < Technicians; i++)
        {
            // A sunflower: even over the city, the same every time.
            double angle = i * 2.399963, radius = 0.085 * Math.Sqrt((i + 0.5) / Technicians);
            await Post(http, "/v1/technicians", $"demo-technician-{i}", new JsonObject
            {
                ["name"] = Names[i],
                ["zone"] = zone["id"]!.DeepClone(),
                ["home"] = Place(radius * Math.Cos(angle), radius * Math.Sin(angle)),
                ["shift"] = new JsonObject { ["from"] = now.AddHours(-1).ToString("O"), ["to"] = now.AddDays(30).ToString("O") },
                ["skills"] = new JsonArray([.. Skills.Where((_, s) => s == i % 4 || s == (i + 1) % 4 || s == 0).Select(s => new JsonObject { ["code"] = s, ["level"] = 1 + (i % 3) })]),
                ["tools"] = new JsonArray("heat_mat", "screwdrivers", "microscope"),
                ["stock"] = new JsonArray([.. new[] { "screen", "battery", "camera_module", "port", "lens" }.Select(p => new JsonObject { ["code"] = p, ["quantity"] = 1 + (i % 3) })]),
                ["signIn"] = new JsonObject { ["user"] = User(i), ["password"] = password },
            }, cancellation);
        }
        return new DemoAccounts(dispatcher, point, User(0), User(Technicians - 1), password);
    }

    private static string User(int i) => $"tech{i + 1:00}";

    private static JsonObject Place(double east, double north) => new() { ["lon"] = Math.Round(Centre.Lon + east, 6), ["lat"] = Math.Round(Centre.Lat + north, 6) };

    private static async Task<string> SignIn(HttpClient http, Credentials who, CancellationToken cancellation)
    {
        using HttpResponseMessage answer = await http.PostAsJsonAsync("/v1/sign-in", new { user = who.User, password = who.Password }, cancellation);
        return (await Body(answer, "/v1/sign-in", cancellation))["accessToken"]!.GetValue<string>();
    }

    private static async Task<JsonNode> Post(HttpClient http, string path, string key, JsonNode body, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        using HttpResponseMessage answer = await http.SendAsync(request, cancellation);
        return await Body(answer, path, cancellation);
    }

    private static async Task<JsonNode> Body(HttpResponseMessage answer, string path, CancellationToken cancellation)
    {
        string text = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {text}");
    }
}
