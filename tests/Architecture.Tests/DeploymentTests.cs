using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dispatch.Api;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Jobs;
using Dispatch.Grains.Zones;
using Dispatch.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using YamlDotNet.RepresentationModel;

namespace Dispatch.Architecture.Tests;

/// <summary>
/// docker-compose.yml, the Dockerfile and the hosted workflow, read against the programs they start: settings that the program has, ports it opens, paths it answers, files that
/// exist. None of the three can be run everywhere, and all of them go stale in silence.
/// </summary>
public sealed partial class DeploymentTests
{
    private static readonly string Root = Source.Root;
    private static readonly string[] Dockerfile = [.. File.ReadAllLines(Path.Combine(Root, "Dockerfile")).Select(l => l.Trim())];
    private static readonly YamlMappingNode Compose = Yaml("docker-compose.yml");

    /// <summary>Sections of the configuration and the classes they are bound to.</summary>
    private static readonly (string Section, Type Options)[] Sections =
    [
        ("Dispatch", typeof(DispatchOptions)), ("Dispatch__Planning", typeof(PlanningOptions)), ("Dispatch__Jobs", typeof(JobOptions)),
        ("Dispatch__Aggregates", typeof(AggregateOptions)), ("Dispatch__Api", typeof(ApiOptions)),
    ];

    /// <summary>The services that run our image.</summary>
    private static IEnumerable<KeyValuePair<string, YamlMappingNode>> Nodes => Map(Compose, "services")
        .Where(s => Find(s.Value, "image") is YamlScalarNode { Value: "dispatch:local" });

    [Fact]
    public void TheTopology_IsADatabaseTwoSilosAndTwoApiNodes()
    {
        Assert.Equal(["api-1", "api-2", "silo-1", "silo-2"], Nodes.Select(n => n.Key).Order());
        Assert.Equal(["api", "api", "silo", "silo"], Nodes.Select(n => Environment(n.Value)["Dispatch__Cluster__Role"]).Order());
        Assert.All(Nodes, n => Assert.Equal("service_healthy", Text(n.Value, "depends_on", "postgres", "condition")));
        Assert.NotNull(Text(Map(Compose, "services")["postgres"], "healthcheck", "interval"));
    }

    [Fact]
    public void EverySetting_IsOneTheProgramHas_WithAValueItTakes()
    {
        (string Key, string Value)[] settings = [.. Nodes.SelectMany(n => Environment(n.Value)).Select(e => (e.Key, e.Value)), .. ImageSettings().Select(e => (e.Key, e.Value))];
        Assert.True(settings.Length > 20);
        foreach ((string key, string value) in settings)
        {
            if (IsReadByName(key))
                continue;
            PropertyInfo property = PropertyOf(key) ?? throw new InvalidOperationException($"{key} is no setting of the program");
            if (value.Contains('$', StringComparison.Ordinal))
                continue;
            TypeDescriptor.GetConverter(property.PropertyType).ConvertFromInvariantString(value);
            if (property.GetCustomAttribute<System.ComponentModel.DataAnnotations.RegularExpressionAttribute>() is { } allowed)
                Assert.True(allowed.IsValid(value), $"{key} does not take {value}");
        }
    }

    [Fact]
    public void EveryNode_HasTheSameDatabaseAndCluster()
    {
        foreach (string shared in new[] { "Dispatch__Store", "Dispatch__ConnectionString", "Dispatch__Cluster__Kind", "Dispatch__Cluster__ClusterId", "Dispatch__Cluster__ServiceId" })
            Assert.Single(Nodes.Select(n => Environment(n.Value)[shared]).Distinct());
        Dictionary<string, string> database = Environment(Map(Compose, "services")["postgres"]);
        string connection = Environment(Nodes.First().Value)["Dispatch__ConnectionString"];
        Assert.Contains("Host=postgres;", connection, StringComparison.Ordinal);
        Assert.Contains($"Database={database["POSTGRES_DB"]};Username={database["POSTGRES_USER"]};Password={database["POSTGRES_PASSWORD"]}", connection, StringComparison.Ordinal);
    }

    /// <summary>A container that is killed before its node has drained cuts off what the node would have finished.</summary>
    [Fact]
    public void Containers_AreGivenTheTimeANodeNeedsToEnd() => Assert.All(Nodes, n =>
    {
        ClusterOptions cluster = new() { Kind = Environment(n.Value)["Dispatch__Cluster__Kind"] };
        string grace = Text(n.Value, "stop_grace_period")!;
        Assert.EndsWith("s", grace, StringComparison.Ordinal);
        Assert.True(TimeSpan.FromSeconds(int.Parse(grace[..^1], CultureInfo.InvariantCulture)) > cluster.EffectiveDrainDelay + cluster.ShutdownTimeout);
    });

    /// <summary>What <c>./dispatch cluster</c> starts and what the containers are told are the same settings, but for addresses, ports and passwords.</summary>
    [Fact]
    public void TheLocalCluster_HasTheSettingsOfTheContainers()
    {
        string script = File.ReadAllText(Path.Combine(Root, "eng", "scripts", "cluster.sh"));
        string[] own = ["Dispatch__Cluster__ClusterId", "Dispatch__Cluster__ServiceId"];
        foreach (string key in Nodes.SelectMany(n => Environment(n.Value).Keys).Distinct().Except(own))
        {
            string argument = key.Replace("__", ":", StringComparison.Ordinal);
            bool set = script.Contains(key, StringComparison.Ordinal) || script.Contains(argument, StringComparison.Ordinal);
            Assert.True(set, $"cluster.sh does not set {key}");
        }
    }

    [Fact]
    public void NoPassword_IsWrittenDown() => Assert.All(
        Map(Compose, "services").SelectMany(s => Environment(s.Value)).Where(e => e.Key.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase)),
        e => Assert.Matches(@"^\$\{\w+:\?", e.Value));

    [Fact]
    public void Ports_AreThoseTheProgramOpens()
    {
        string port = ImageSettings()["Dispatch__Port"];
        ClusterOptions cluster = new();
        string[] exposed = Line("EXPOSE").Split(' ');
        Assert.Equal([port, cluster.SiloPort.ToString(CultureInfo.InvariantCulture), cluster.GatewayPort.ToString(CultureInfo.InvariantCulture)], exposed);
        string[] published = [.. Nodes.SelectMany(n => List(n.Value, "ports"))];
        Assert.Equal(2, published.Length);
        Assert.All(published, p => Assert.Matches($@"^127\.0\.0\.1:\d+:{port}$", p));
        Assert.Equal(published.Length, published.Select(p => p.Split(':')[1]).Distinct().Count());
        Assert.Contains($"http://127.0.0.1:{port}/", Line("HEALTHCHECK"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThePathsAsked_AreRoutesOfTheServer()
    {
        string folder = Directory.CreateTempSubdirectory("dispatch-deployment-").FullName;
        await using WebApplication app = Dispatch.Silo.DispatchHost.Build(["--data", folder, "--port", "0"]);
        string[] routes = [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!)];
        string health = HealthPath().Match(Line("HEALTHCHECK")).Value;
        Assert.Equal("/health/ready", health);
        YamlMappingNode scrape = (YamlMappingNode)((YamlSequenceNode)Find(Yaml("eng/observability/prometheus.yml"), "scrape_configs")!)[0];
        string metrics = Text(scrape, "metrics_path")!;
        Assert.All(new[] { health, metrics }, path => Assert.Contains(path, routes));
        string[] targets = List((YamlMappingNode)((YamlSequenceNode)Find(scrape, "static_configs")!)[0], "targets");
        Assert.Equal(Nodes.Select(n => $"{n.Key}:{ImageSettings()["Dispatch__Port"]}").Order(), targets.Order());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void FilesMountedAndCopied_Exist()
    {
        string[] mounted = [.. Map(Compose, "services").SelectMany(s => List(s.Value, "volumes")).Select(v => v.Split(':')[0]).Where(v => v.StartsWith("./", StringComparison.Ordinal) && v != "./maps")];
        Assert.Contains("./eng/observability/prometheus.yml", mounted);
        string[] volumes = [.. Map(Compose, "services").SelectMany(s => List(s.Value, "volumes")).Select(v => v.Split(':')[0]).Where(v => !v.StartsWith('.'))];
        Assert.All(volumes, v => Assert.Contains(v, Map(Compose, "volumes").Keys));
        string[] copied = [.. Copied()];
        Assert.True(copied.Length > 8);
        Assert.All(mounted.Concat(copied), file => Assert.True(Path.Exists(Path.Combine(Root, file)), file));
        Assert.Contains("keys:/data", List(Nodes.First().Value, "volumes"));
        Assert.Equal("/data", ImageSettings()["Dispatch__Data"]);
    }

    /// <summary>A project or a file that the server is built from and the image does not copy breaks the build only there.</summary>
    [Fact]
    public void EverythingTheServerIsBuiltFrom_IsCopiedIntoTheImage()
    {
        string[] copied = [.. Copied()];
        HashSet<string> projects = [];
        Visit(Path.Combine(Root, "silo", "Dispatch.Silo.csproj"));
        Assert.Contains("domain/Dispatch.Domain.csproj", projects);

        void Visit(string project)
        {
            string relative = Path.GetRelativePath(Root, project).Replace('\\', '/');
            if (!projects.Add(relative))
                return;
            Needs(relative, relative);
            string folder = Path.GetDirectoryName(project)!;
            XElement xml = XElement.Load(project);
            foreach (string include in xml.Descendants().Where(e => e.Name.LocalName is "EmbeddedResource" or "Content" or "None" or "Compile" or "AdditionalFiles").Attributes("Include").Select(a => a.Value))
                Needs(Path.GetRelativePath(Root, Path.GetFullPath(Path.Combine(folder, include.Split('*')[0]))).Replace('\\', '/'), relative);
            foreach (string reference in xml.Descendants("ProjectReference").Attributes("Include").Select(a => a.Value))
                Visit(Path.GetFullPath(Path.Combine(folder, reference)));
        }

        void Needs(string file, string by) => Assert.True(
            copied.Any(c => file == c || file.StartsWith(c.TrimEnd('/') + "/", StringComparison.Ordinal)), $"{by} needs {file}, which the image does not copy");
    }

    [Fact]
    public void TheImage_StartsTheServerThatIsBuilt_OnTheVersionsTheRepositoryAsksFor()
    {
        string dotnet = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "global.json"))).RootElement.GetProperty("sdk").GetProperty("version").GetString()!;
        string runtime = string.Join('.', dotnet.Split('.').Take(2));
        Assert.Contains($"FROM mcr.microsoft.com/dotnet/sdk:{runtime} AS server", Dockerfile);
        Assert.Contains($"FROM mcr.microsoft.com/dotnet/aspnet:{runtime} AS run", Dockerfile);
        string floor = NodeFloor();
        Assert.Contains(Dockerfile, l => l.StartsWith($"FROM node:{floor.Split('.')[0]}", StringComparison.Ordinal));
        Assert.Equal("[\"dotnet\", \"Dispatch.Silo.dll\"]", Line("ENTRYPOINT"));
        Assert.Equal("Dispatch.Silo", typeof(Dispatch.Silo.DispatchHost).Assembly.GetName().Name);
        Assert.Contains(Dockerfile, l => l.StartsWith("RUN dotnet publish silo/Dispatch.Silo.csproj", StringComparison.Ordinal));
    }

    [Fact]
    public void TheWorkflow_RunsTheReadmesTestCommand()
    {
        YamlMappingNode job = Map(Yaml(".github/workflows/ci.yml"), "jobs")["test"];
        YamlMappingNode[] steps = [.. ((YamlSequenceNode)Find(job, "steps")!).Cast<YamlMappingNode>()];
        string command = Assert.Single(steps.Select(s => Text(s, "run")).OfType<string>(), r => r.StartsWith("./dispatch", StringComparison.Ordinal));
        Assert.Equal("./dispatch test", command);
        Assert.Contains("./dispatch test", File.ReadAllText(Path.Combine(Root, "README.md")), StringComparison.Ordinal);
        Assert.StartsWith("10.0", Text(steps.Single(s => Text(s, "uses")?.Contains("setup-dotnet", StringComparison.Ordinal) == true), "with", "dotnet-version"), StringComparison.Ordinal);
        YamlMappingNode node = steps.Single(s => Text(s, "uses")?.Contains("setup-node", StringComparison.Ordinal) == true);
        Assert.StartsWith(NodeFloor(), Text(node, "with", "node-version"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Root, Text(node, "with", "cache-dependency-path")!)));
        string test = File.ReadAllText(Path.Combine(Root, "eng", "scripts", "test.sh")) + File.ReadAllText(Path.Combine(Root, "web", "e2e", "harness.ts"));
        string paths = Text(steps.Single(s => Text(s, "uses")?.Contains("upload-artifact", StringComparison.Ordinal) == true), "with", "path")!;
        Assert.All(paths.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), p => Assert.Contains(p.Split('/')[^1], test, StringComparison.Ordinal));
    }

    private static string NodeFloor() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "web", "package.json"))).RootElement
        .GetProperty("engines").GetProperty("node").GetString()!.TrimStart('>', '=');

    /// <summary>Sources of COPY that come from the repository and not from another stage.</summary>
    private static IEnumerable<string> Copied() => Dockerfile.Where(l => l.StartsWith("COPY ", StringComparison.Ordinal) && !l.Contains("--from=", StringComparison.Ordinal))
        .SelectMany(l => l.Split(' ')[1..^1]);

    private static Dictionary<string, string> ImageSettings() => Line("ENV").Split(' ').Select(e => e.Split('=', 2)).ToDictionary(e => e[0], e => e[1]);

    private static string Line(string instruction) => Dockerfile.Single(l => l.StartsWith(instruction + " ", StringComparison.Ordinal))[(instruction.Length + 1)..];

    /// <summary>A few settings are read by their name and not through a class.</summary>
    private static bool IsReadByName(string key) => Directory.EnumerateFiles(Path.Combine(Root, "silo"), "*.cs", SearchOption.AllDirectories)
        .Any(file => File.ReadAllText(file).Contains($"configuration[\"{key.Replace("__", ":", StringComparison.Ordinal)}\"]", StringComparison.Ordinal));

    private static PropertyInfo? PropertyOf(string key)
    {
        foreach ((string section, Type options) in Sections.OrderByDescending(s => s.Section.Length))
        {
            if (!key.StartsWith(section + "__", StringComparison.Ordinal))
                continue;
            PropertyInfo? property = null;
            Type? owner = options;
            foreach (string name in key[(section.Length + 2)..].Split("__"))
            {
                property = owner?.GetProperty(name);
                owner = property?.PropertyType;
            }
            return property;
        }
        return null;
    }

    private static YamlMappingNode Yaml(string file)
    {
        YamlStream stream = [];
        using StreamReader reader = new(Path.Combine(Root, file));
        stream.Load(new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(reader)));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static YamlNode? Find(YamlNode node, params string[] path)
    {
        foreach (string key in path)
        {
            if (node is not YamlMappingNode map || !map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? next))
                return null;
            node = next;
        }
        return node;
    }

    private static string? Text(YamlNode node, params string[] path) => (Find(node, path) as YamlScalarNode)?.Value;

    private static Dictionary<string, YamlMappingNode> Map(YamlNode node, params string[] path) => ((YamlMappingNode)Find(node, path)!).Children
        .ToDictionary(c => ((YamlScalarNode)c.Key).Value!, c => c.Value as YamlMappingNode ?? []);

    private static string[] List(YamlNode node, string key) => Find(node, key) is YamlSequenceNode list ? [.. list.Select(i => ((YamlScalarNode)i).Value!)] : [];

    private static Dictionary<string, string> Environment(YamlNode service) => Find(service, "environment") is YamlMappingNode map
        ? map.Children.ToDictionary(c => ((YamlScalarNode)c.Key).Value!, c => ((YamlScalarNode)c.Value).Value!)
        : [];

    [GeneratedRegex("/health/[a-z]+")]
    private static partial Regex HealthPath();
}
