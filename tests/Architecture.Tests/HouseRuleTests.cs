using System.Text.RegularExpressions;

namespace Dispatch.Architecture.Tests;

public class HouseRuleTests
{
    private static readonly string[] Rooms = ["domain", "grains", "silo", "api", "sim", "bench", "tests"];

    [Fact]
    public void NothingIsLeftUnfinishedOrSwallowed()
    {
        string unfinished = @"NotImplemented" + @"Exception|\bTO" + @"DO\b|\bFIX" + "ME\\b";
        string swallowed = @"catch(\s*\([^)]*\))?(\s*when\s*\([^{]*\))?\s*\{\s*\}";
        List<string> found = [];
        foreach (string file in Source.Files("*.cs", Rooms))
        {
            string text = Source.Text(file);
            if (Regex.IsMatch(text, unfinished))
                found.Add($"{file}: unfinished");
            if (Regex.IsMatch(text, swallowed))
                found.Add($"{file}: an exception is swallowed without a word");
        }
        Assert.Empty(found);
    }

    [Fact]
    public void TestsNeverSleep() =>
        Assert.DoesNotContain(Source.Files("*.cs", "tests"), f => Regex.IsMatch(Source.Text(f), @"\b(Thread\.Sleep|Task\.Delay)\("));

    [Fact]
    public void FilesStaySmallEnoughToRead() =>
        Assert.DoesNotContain(Source.Files("*.cs", Rooms), f => Source.Text(f).AsSpan().Count('\n') > 500);

    [Fact]
    public void TheRootHoldsOnlyWhatANewcomerExpects()
    {
        string[] expected =
        [
            ".ci", ".editorconfig", ".gitattributes", ".github", ".gitignore", "CONTRIBUTING.md", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props",
            "Dispatch.sln", "Dockerfile", "LICENSE", "README.md", ".dockerignore", "api", "bench", "dispatch", "docker-compose.yml", "docs", "domain", "eng", "global.json",
            "grains", "silo", "sim", "tests", "web",
            // Ignored by git: what building and running leave behind, and the passwords of compose.
            ".git", ".env", "artifacts", "data",
        ];
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Source.Root).Select(e => Path.GetFileName(e)!), name => !expected.Contains(name));
    }

    [Fact]
    public void LockFilesNameNoRegistry() => Assert.DoesNotContain("\"resolved\": \"http", Source.Text("web/package-lock.json"), StringComparison.Ordinal);

    [Fact]
    public void ImageAndComposeFileNameThingsThatExist()
    {
        foreach (Match copy in Regex.Matches(Source.Text("Dockerfile"), @"^COPY (?!--from)(.+) \S+$", RegexOptions.Multiline))
            foreach (string path in copy.Groups[1].Value.Split(' '))
                Assert.True(Path.Exists(Path.Combine(Source.Root, path)), $"Dockerfile copies {path}, which is not there");
        string options = Source.Text("silo/Hosting/DispatchOptions.cs") + Source.Text("silo/Hosting/ClusterOptions.cs") + Source.Text("silo/DispatchHost.cs");
        foreach (Match setting in Regex.Matches(Source.Text("docker-compose.yml") + Source.Text("Dockerfile"), @"Dispatch__([A-Za-z_]+)"))
        {
            string name = setting.Groups[1].Value.Split("__")[^1];
            Assert.True(Regex.IsMatch(options, $@"\b{name}\b"), $"{setting.Value} is no setting of the host");
        }
    }
}
