using System.Text.RegularExpressions;

namespace Fairlead.Tests.Rules;

/// <summary>Nothing in the tree knows the machine it was written on, or where its packages were fetched from.</summary>
public sealed partial class Addresses
{
    /// <summary>Public sites the sources may name: documents, licences, schemas.</summary>
    private static readonly string[] Known =
    [
        "learn.microsoft.com",
        "keepachangelog.com",
        "semver.org",
        "www.w3.org",
        "json-schema.org",
        "github.com",
        "gitlab.com",
        "codeup.aliyun.com",
        "openapi-rdc.aliyuncs.com",
        "bitbucket.org",
        "api.bitbucket.org",
        "datatracker.ietf.org",
        "www.rfc-editor.org",
        "docs.docker.com",
        "distribution.github.io",
        "git-scm.com",
        "index.docker.io",
    ];

    private static readonly string[] Reserved = [".example", ".test", ".invalid", ".localhost", ".internal", ".local"];

    [Fact]
    public async Task Name_no_machine_and_no_package_source()
    {
        var files = (await SourceFile.All()).Where(file => file.Path is not "LICENSE" && !IsThis(file));
        Violations.None(files.SelectMany(Foreign), "A stranger has none of this (samples use *.example):");
    }

    [Theory]
    [InlineData("a.md", "see /wo" + "rk/main/x")]
    [InlineData("a.cs", "File.ReadAllText(\"/ho" + "me/ada/x\");")]
    [InlineData("package-lock.json", "\"resolved\": \"https://packages.example/x.tgz\"")]
    [InlineData("nuget.config", "<add key=\"a\" value=\"https://feed.somewhere.dev/v3\" />")]
    [InlineData("a.cs", "new Uri(\"https://evil.com/\")")]
    public void Control_a_foreign_address_is_seen(string path, string text) =>
        Assert.Single(Foreign(new SourceFile(path, text)));

    [Fact]
    public void Control_samples_are_no_foreign_addresses() =>
        Assert.Empty(
            Foreign(new("a.cs", "https://git.example/x http://127.0.0.1:7080 https://{host}/ https://example.org"))
        );

    private static bool IsThis(SourceFile file) => file.Path.EndsWith("Rules/Addresses.cs");

    private static IEnumerable<string> Foreign(SourceFile file) =>
        from line in file.Lines.Index()
        where
            MachinePath().IsMatch(line.Item)
            || (file.Path.EndsWith("package-lock.json") && line.Item.Contains("\"resolved\""))
            || (!file.Path.EndsWith("package-lock.json") && Hosts(line.Item).Any(host => !IsSample(host)))
        select $"{file.At(line.Index + 1)}: {line.Item.Trim()}";

    private static IEnumerable<string> Hosts(string line) =>
        Url().Matches(line).Select(match => match.Groups["host"].Value.Split('@')[^1].TrimEnd('.').ToLowerInvariant());

    private static bool IsSample(string host) =>
        Known.Contains(host)
        || !host.Contains('.')
        || System.Net.IPAddress.TryParse(host, out _)
        || Reserved.Any(host.EndsWith)
        || SampleDomain().IsMatch(host);

    [GeneratedRegex(@"(?<![\w.])/(work|root|home/\w+|opt/nuget)/\w")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"https?://(?<host>\w[\w.@-]*)")]
    private static partial Regex Url();

    [GeneratedRegex(@"^([\w-]+\.)*example\.(org|com|net)$")]
    private static partial Regex SampleDomain();
}
