using System.Text;
using Fairlead.Contracts;
using Fairlead.Contracts.Builds;
using Fairlead.Contracts.Credentials;
using Fairlead.Contracts.Events;
using Fairlead.Contracts.Images;
using Fairlead.Emulators.Programs;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Journeys.Proof;

/// <summary>
/// After the journey no secret that took part in it stands anywhere, in any encoding; and the same search finds, in
/// every one of these places, a text that was planted there.
/// </summary>
[Collection("proof")]
public sealed class LeakTests(PushJourney journey)
{
    /// <summary>What may be found, and why.</summary>
    private static readonly IReadOnlyList<(string Canary, string Sink, string Words, string Why)> Allowed =
    [
        ("set-up link", "log", "/link/", "printed once for whoever starts a server nobody has set up"),
        (
            "one-time link",
            "log",
            "Microsoft.AspNetCore.",
            "the framework's log of paths, which is off unless a test asks"
        ),
    ];

    private static readonly string[] Connections = ["code", "token", "mirror", "ssh", "wrong"];

    [Fact]
    public async Task Secrets_stay_where_they_belong_and_the_search_would_have_found_them()
    {
        await PlantInProcesses();
        var needles = new Needles(journey.Canaries);
        var hits = new List<Hit>();
        var sinks = await AllSinks();
        foreach (var (sink, pieces) in sinks)
        foreach (var (where, bytes) in pieces)
            hits.AddRange(needles.In(sink, where, bytes));

        Assert.True(journey.Canaries.Count() >= 18, string.Join(", ", journey.Canaries.Select(one => one.Kind)));
        Assert.Equal(sinks.Select(sink => sink.Name), FoundPlanted(sinks, hits));
        var leaks = hits.Where(hit => hit.Canary != PushJourney.Planted && !IsAllowed(hit)).ToList();
        Assert.True(leaks.Count == 0, string.Join('\n', leaks.Take(40)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    public void Every_encoding_is_found_wherever_it_begins(string before)
    {
        var secret = "s p+e/c=i&a\"l%"u8.ToArray();
        var needles = new Needles([("it", secret)]);
        byte[] text = [.. Encoding.ASCII.GetBytes(before), .. secret, .. "after"u8];
        string[] forms =
        [
            Encoding.ASCII.GetString(text),
            Convert.ToBase64String(text),
            Convert.ToHexString(text),
            Convert.ToHexStringLower(text),
            Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(Encoding.ASCII.GetString(text))),
            "https://h/?q=" + Uri.EscapeDataString(Encoding.ASCII.GetString(text)),
            System.Text.Json.JsonSerializer.Serialize(Encoding.ASCII.GetString(text)),
        ];
        Assert.All(forms, form => Assert.NotEmpty(needles.In("", "", Encoding.Latin1.GetBytes(form))));
        Assert.Empty(needles.In("", "", text[..^8]));
    }

    private static IEnumerable<string> FoundPlanted(
        IReadOnlyList<(string Name, IReadOnlyList<(string, byte[])>)> sinks,
        IReadOnlyList<Hit> hits
    )
    {
        var found = hits.Where(hit => hit.Canary == PushJourney.Planted).Select(hit => hit.Sink).ToHashSet();
        return sinks.Select(sink => sink.Name).Where(found.Contains);
    }

    private static bool IsAllowed(Hit hit) =>
        Allowed.Any(one =>
            (one.Canary, one.Sink) == (hit.Canary, hit.Sink) && hit.Where.Contains(one.Words, StringComparison.Ordinal)
        );

    /// <summary>An argument and a variable of a program that runs for a moment; an address the server logs.</summary>
    private async Task PlantInProcesses()
    {
        var environment = new Dictionary<string, string> { ["PLANTED"] = journey.PlantedText };
        await Tool.Run("sleep", ["0.2"], environment: environment);
        await Tool.Run("sh", ["-c", "sleep 0.2; true", journey.PlantedText]);
        using var nowhere = await journey.Server.Api.GetAsync($"/nowhere/{journey.PlantedText}");
    }

    private async Task<IReadOnlyList<(string Name, IReadOnlyList<(string, byte[])> Pieces)>> AllSinks()
    {
        var server = journey.Server;
        var api = await Sinks.Api(server, await Values());
        var pages = await Sinks.Pages(journey.Browser.Client);
        Assert.True(pages.Count > 40, $"Only {pages.Count} pages were found.");
        var seen = journey.Sampler.Seen;
        return
        [
            ("arguments", [.. seen.Where(text => text.Where.StartsWith("cmdline"))]),
            ("environments", [.. seen.Where(text => text.Where.StartsWith("environ"))]),
            ("api", [.. api.Where(answer => !answer.Where.EndsWith("/log"))]),
            ("build logs", [.. api.Where(answer => answer.Where.EndsWith("/log"))]),
            ("pages", pages),
            ("image", await Images()),
            ("log", [.. Sinks.Log(server)]),
            ("database", await Sinks.Database(server)),
            ("data", await Sinks.Data(server)),
            ("work", await Sinks.Work(server)),
        ];
    }

    private async Task<IReadOnlyList<(string, byte[])>> Images()
    {
        var login = Pulled.Login(journey.Server.Registry, ProofServer.Person, journey.Server.Token);
        var first = await Pulled.Files(journey.First.References[1], login);
        return [.. first, .. await Pulled.Files(journey.Killed.References[0], login)];
    }

    /// <summary>What the parameters in paths may be.</summary>
    private async Task<Func<string, string, IEnumerable<string>>> Values()
    {
        var server = journey.Server;
        var builds = (await server.Get<Page<BuildInfo>>("/builds?size=50")).Items.Select(one => $"{one.Id}");
        var heard = (await server.Get<Page<DeliveryInfo>>("/deliveries?size=50")).Items.Select(one => $"{one.Id}");
        var credentials = (await server.Get<Page<CredentialInfo>>("/credentials")).Items.Select(one => one.Id);
        var rules = (await server.Get<Page<RuleInfo>>("/images/demo/app/rules")).Items.Select(one => $"{one.Id}");
        var sources = (await server.Get<Page<SourceInfo>>("/sources")).Items.Select(one => $"{one.Id}");
        return (path, name) =>
            (path, name) switch
            {
                ("/api/v1/connections/{id}" or "/api/v1/connections/{id}/users", _) => Connections,
                ("/api/v1/connections/{id}/branch-difference", _) => Connections,
                ("/api/v1/connections/{id}/refs" or "/api/v1/connections/{id}/repositories", _) => Connections,
                ("/api/v1/credentials/{id}", _) => credentials,
                ("/api/v1/people/{name}/sessions", _) => [ProofServer.Person],
                ("/api/v1/sources/{id}", _) => sources,
                ("/api/v1/apps/{id}" or "/api/v1/apps/{id}/installations", _) => [],
                (_, "rule") => rules,
                (_, "space") => ["demo"],
                (_, "name") => ["app", "elsewhere"],
                ("/api/v1/builds/{id}" or "/api/v1/builds/{id}/log", _) => builds,
                ("/api/v1/deliveries/{id}", _) => heard,
                _ => throw new InvalidOperationException($"Say here what {name} in {path} may be."),
            };
    }
}
