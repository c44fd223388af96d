using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Builds;
using Fairlead.Contracts.Images;
using Fairlead.Server.Builds;
using Fairlead.Server.Images;
using Fairlead.Tests.Journeys.Connections;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.BadInput;

/// <summary>
/// What people type wrongly on the way to an image: one sentence, a field and a code each, before a real Git host, and
/// nothing half-done stays behind.
/// </summary>
public sealed class RuleAndRefTests : IAsyncLifetime
{
    private static readonly RuleInput Good = new()
    {
        Type = "branch",
        Pattern = "main",
        Versions = ["{sha8}"],
    };

    private ConnectionStage _stage = null!;
    private Faces _faces = null!;
    private HttpClient Ada => _stage.Server.Administrator;

    public async ValueTask InitializeAsync()
    {
        _stage = await ConnectionStage.Start();
        _faces = await Faces.Of(_stage.Server);
        await ConnectionStage.Create(Ada, _stage.Git("Code"));
        // No registry is needed to be told what is wrong, so the rows are written as if one had been there.
        await _stage.Server.With(async db =>
        {
            var space = new NamespaceRow { Name = "shop" };
            db.Add(space);
            await db.SaveChangesAsync();
            db.Add(new ImageRow { NamespaceId = space.Id, Name = "till" });
            return await db.SaveChangesAsync();
        });
        var bound = await Ada.PatchAsJsonAsync("/api/v1/images/shop/till", new ImageChange { Connection = "code" });
        Assert.True(bound.IsSuccessStatusCode, await bound.Content.ReadAsStringAsync());
    }

    public ValueTask DisposeAsync()
    {
        _faces.Dispose();
        return _stage.DisposeAsync();
    }

    public static TheoryData<RuleInput, string, string, string> Rules =>
        new()
        {
            {
                Good with
                {
                    Pattern = "(?=v)v.*",
                    IsRegex = true,
                },
                "rule.pattern-not-supported",
                "pattern",
                "The pattern uses lookahead, which rules do without so that no pattern can stall the server."
            },
            {
                Good with
                {
                    Versions = ["my version"],
                },
                "rule.version-characters",
                "versions[0]",
                "The image version 'my version' contains a space."
            },
            {
                Good with
                {
                    Directory = "/a/../..",
                },
                "rule.path-outside",
                "directory",
                "The path leads out of the repository with '..'."
            },
            {
                Good with
                {
                    Pattern = "--upload-pack=x",
                },
                "rule.ref-name",
                "pattern",
                "'--upload-pack=x' begins with a dash, so a program could take it for an option."
            },
        };

    [Theory]
    [MemberData(nameof(Rules), DisableDiscoveryEnumeration = true)]
    public async Task A_rule_that_cannot_work_is_refused(RuleInput rule, string code, string field, string sentence)
    {
        var answer = await Ada.PostAsJsonAsync("/api/v1/images/shop/till/rules", rule);

        Says(await ConnectionStage.Refused(answer, 422), code, field, sentence);
        Assert.False(await _stage.Server.With(db => db.Set<RuleRow>().AnyAsync()));
    }

    [Theory]
    [InlineData(
        "nowhere",
        "build.ref-missing",
        "The repository has no branch nowhere (asked through the connection code)."
    )]
    [InlineData(
        "--upload-pack=x",
        "build.ref-name",
        "The ref begins with a dash, so a program could take it for an option."
    )]
    public async Task A_branch_that_cannot_be_built_is_refused(string typed, string code, string sentence)
    {
        await AddRule(Good with { Pattern = ".*", IsRegex = true });

        Says(await Start(typed), code, "ref", sentence);
    }

    [Fact]
    public async Task An_empty_repository_says_so()
    {
        await _stage.Host.AddRepository("empty");
        var empty = _stage.Git("Empty");
        empty = empty with
        {
            Settings = new Dictionary<string, string>(empty.Settings)
            {
                ["url"] = _stage.Host.UrlOf("empty").ToString(),
            },
        };
        await ConnectionStage.Create(Ada, empty);
        await Ada.PatchAsJsonAsync("/api/v1/images/shop/till", new ImageChange { Connection = "empty" });
        await AddRule(Good);

        Says(
            await Start(null),
            "build.repository-empty",
            null,
            "The repository behind the connection empty has no commits yet."
        );
    }

    [Fact]
    public async Task A_repository_address_with_credentials_is_refused_and_not_repeated()
    {
        var input = _stage.Git("Leaky");
        input = input with
        {
            Settings = new Dictionary<string, string>(input.Settings)
            {
                ["url"] = "https://ada:hunter2@git.example.com/app",
            },
        };
        var answer = await Ada.PostAsJsonAsync("/api/v1/connections", input);

        Assert.DoesNotContain("hunter2", await answer.Content.ReadAsStringAsync());
        Says(
            await ConnectionStage.Refused(answer, 422),
            "git.url-credentials",
            "url",
            "The address has a user name or password in it, where logs and process lists would show it."
        );
    }

    private async Task AddRule(RuleInput rule) =>
        await ConnectionStage.Read<RuleInfo>(await Ada.PostAsJsonAsync("/api/v1/images/shop/till/rules", rule));

    /// <summary>
    /// Asks for a build, which must be refused, by command line and page in the same words, and leave none behind.
    /// </summary>
    private async Task<Problem> Start(string? typed)
    {
        var answer = await Ada.PostAsJsonAsync("/api/v1/images/shop/till/builds", new BuildNowInput(Ref: typed));
        var problem = await ConnectionStage.Refused(answer, 422);
        string[] line = ["build", "start", "shop/till"];
        await _faces.FailsInCli(problem.Title, problem.Remedy, typed is null ? line : [.. line, $"--ref={typed}"]);
        if (typed is null)
            await _faces.RefusedOnPage(problem, "/images/shop/till", "build");
        else
            await _faces.RefusedOnPage(problem, "/images/shop/till", "build-1", ("ref", typed));
        Assert.False(await _stage.Server.With(db => db.Set<BuildRow>().AnyAsync()));
        return problem;
    }

    private static void Says(Problem problem, string code, string? field, string sentence)
    {
        var one = problem.Parts is [var only] ? only : problem;
        Assert.Equal((code, field, sentence), (one.Code, one.Field, one.Title));
        Assert.NotNull(one.Remedy);
    }
}
