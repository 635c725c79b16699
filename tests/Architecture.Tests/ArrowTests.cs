using System.Reflection;
using System.Text.RegularExpressions;

namespace Dispatch.Architecture.Tests;

/// <summary>The arrows of docs/architecture.md. A change that needs another arrow changes that page and this table together.</summary>
public class ArrowTests
{
    [Theory]
    [InlineData("domain/Dispatch.Domain.csproj", "")]
    [InlineData("grains/Contracts/Dispatch.Grains.Contracts.csproj", "Dispatch.Domain")]
    [InlineData("grains/Dispatch.Grains.csproj", "Dispatch.Grains.Contracts")]
    [InlineData("silo/Storage/Dispatch.Storage.csproj", "Dispatch.Grains.Contracts")]
    [InlineData("api/Dispatch.Api.csproj", "Dispatch.Grains.Contracts")]
    [InlineData("silo/Dispatch.Silo.csproj", "Dispatch.Api Dispatch.Grains Dispatch.Sim Dispatch.Storage")]
    [InlineData("bench/Instances/Dispatch.Instances.csproj", "")]
    [InlineData("bench/Dispatch.Bench.csproj", "Dispatch.Domain Dispatch.Instances")]
    [InlineData("sim/Dispatch.Sim.csproj", "Dispatch.Instances")]
    [InlineData("tests/Simulator/Dispatch.Simulator.csproj", "")]
    public void AProject_RefersToTheseAndNoOthers(string project, string expected) => Assert.Equal(expected, string.Join(' ', Source.References(project)));

    [Theory]
    [InlineData("Dispatch.Domain")]
    [InlineData("Dispatch.Grains.Contracts")]
    [InlineData("Dispatch.Grains")]
    public void DomainAndGrains_NeverSeeTheWebServerOrADatabase(string assembly)
    {
        string[] references = [.. Assembly.Load(assembly).GetReferencedAssemblies().Select(a => a.Name!)];
        Assert.NotEmpty(references);
        Assert.DoesNotContain(references, r => r.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || r.Contains("Sqlite", StringComparison.Ordinal) || r is "Npgsql" or "Dapper");
    }

    [Fact]
    public void TheApi_NeverSeesAGrainClass()
    {
        Assert.DoesNotContain(Assembly.Load("Dispatch.Api").GetReferencedAssemblies(), a => a.Name is "Dispatch.Grains" or "Dispatch.Storage");
        Assert.DoesNotContain(Source.Files("*.cs", "api"), f => Regex.IsMatch(Source.Text(f), @"using Dispatch\.Grains\.(?!Contracts)"));
    }

    [Fact]
    public void Simulated_People_KnowTheServerOnlyByWire()
    {
        Assert.DoesNotContain(
            Assembly.Load("Dispatch.Sim").GetReferencedAssemblies(),
            a => a.Name!.StartsWith("Dispatch.", StringComparison.Ordinal) && a.Name != "Dispatch.Instances"
        );
    }

    [Fact]
    public void TheServer_KnowsSimulatedPeopleOnlyInItsDemo() =>
        Assert.All(Source.Files("*.cs", "silo").Where(f => Source.Text(f).Contains("Dispatch.Sim", StringComparison.Ordinal)), f => Assert.StartsWith("silo/Demo/", f));

    /// <summary>The simulator is test code. Where production knew of it, production would no longer be what is simulated.</summary>
    [Fact]
    public void NothingThatShips_KnowsTheSimulator()
    {
        string[] rooms = ["domain", "grains", "api", "silo", "sim", "bench"];
        string[] projects = [.. Source.Files("*.csproj", rooms)], code = [.. Source.Files("*.cs", rooms)];
        Assert.NotEmpty(projects);
        Assert.DoesNotContain(projects, p => Regex.IsMatch(Source.Text(p), @"Include=""[^""]*\btests[/\\]|Dispatch\.Simulator"));
        Assert.DoesNotContain(code, f => Source.Text(f).Contains("Dispatch.Simulator", StringComparison.Ordinal));
        Assert.DoesNotContain(Directory.EnumerateFiles(AppContext.BaseDirectory, "Dispatch.*.dll"), f => Path.GetFileName(f) == "Dispatch.Simulator.dll");
    }

    [Fact]
    public void Geometry_HasOneHome()
    {
        string[] users = [.. Source.Files("*.cs", "domain", "grains", "api", "silo", "sim", "bench").Where(f => Source.Text(f).Contains("using NetTopologySuite", StringComparison.Ordinal))];
        Assert.NotEmpty(users);
        Assert.All(users, f => Assert.StartsWith("domain/Geo/", f));
    }

    /// <summary>What is tested and simulated is what ships: nothing that ships is compiled in another way for somebody else.</summary>
    [Fact]
    public void NothingThatShips_IsCompiledInTwoWays()
    {
        string[] files = [.. Source.Files("*.cs", "domain", "grains", "api", "silo")];
        Assert.True(files.Length > 200, $"only {files.Length} files looked at");
        Assert.DoesNotContain(files, f => Regex.IsMatch(Source.Text(f), @"^\s*#(if|elif)\b", RegexOptions.Multiline));
    }
}
