using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.GitHub;
using Fairlead.Emulators.Hosting;
using Fairlead.Providers;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.OpenApi;

namespace Fairlead.Tests.Contract.CodeHosts.GitHub;

/// <summary>An Enterprise Server, by personal token.</summary>
public class GitHubStage : HostStage
{
    private const string Token = "ghp_adaMayDoEverything00000000000000000";
    private const string ReadsCode = "github_pat_readsContents";
    private const string Narrow = "github_pat_onlyContents";
    private readonly TempDir _root = new();

    private static HostDescription Description { get; } = HostDescription.GitHub();

    public GitHubHost Host { get; private set; } = null!;

    public static Task<GitHubStage> Start() => Start(new GitHubStage());

    protected static async Task<T> Start<T>(T stage)
        where T : GitHubStage
    {
        stage.Host = await GitHubHost.Start(stage._root);
        stage.Host.KeepsAnswers = true;
        stage.Host.AddToken(new GitHubToken(Token, "ada"));
        stage.Host.AddToken(
            new GitHubToken(ReadsCode, "ada") { Scopes = null, Permissions = ["contents=read", "metadata=read"] }
        );
        stage.Host.AddToken(new GitHubToken(Narrow, "ada") { Scopes = null, Permissions = ["contents=write"] });
        return stage;
    }

    public override IProvider Provider { get; } =
        Fairlead.Providers.Providers.All(Outside.Of(TimeProvider.System)).Single(provider => provider.Kind == "github");

    public override Target Target => With(Token);
    public override Target Refused => With("ghp_nobody");
    public override OAuthDoor Door => Host.OAuth;

    public override Target? ReadOnly => With(Narrow);

    public override RequestBook Requests => Host.PullRequests;

    public override async Task<(string Name, string Id)> AddRepository(string name) =>
        (name, (await Host.AddRepository(name)).Id.ToString());

    public override void AddMany(int count)
    {
        for (var i = 0; i < count; i++)
            Host.List($"acme/repository-{i:00000}");
    }

    public override (Uri Url, string User, string Password) Git(string repository) =>
        (Host.UrlOf(repository), "ada", Token);

    public override Target? Reader => With(ReadsCode);

    public override BareRepositories Bare => Host.Bare;

    public override string ProtectionWords => "error: GH006: Protected branch update failed for BRANCH.";

    public override void PreventMerges(string repository) => Host.Repositories[repository].MergesArePrevented = true;

    public override string Rename(string repository, string name)
    {
        var one = Host.Repositories[repository];
        Host.Rename(one, name);
        return one.FullName;
    }

    public override string? Transfer(string repository)
    {
        var one = Host.Repositories[repository];
        Host.Rename(one, one.Name, owner: "globex");
        return one.FullName;
    }

    public override void Delete(string repository) => Host.Delete(Host.Repositories[repository]);

    public override Action Hide(string repository) => Host.Hide(Host.Repositories[repository]);

    protected override void ShowDefault(string repository, string branch) =>
        Host.Repositories[repository].DefaultBranch = branch;

    /// <summary>Of a version of the API that is gone; the words are ours, their shape is the host's.</summary>
    public override (string Body, string Seen)? Announcement =>
        (
            """{"message":"This version is gone.","documentation_url":"https://docs.example/rest/versions?t=ghp_1"}""",
            "\"This version is gone\" (https://docs.example/rest/versions)"
        );

    public override IReadOnlyList<(string Context, string State, string? Link)> Statuses(
        string repository,
        string commit
    ) =>
        [
            .. Enumerable
                .Reverse(Host.Repositories[repository].Statuses)
                .Where(status => status.Commit == commit)
                .Select(status => (status.Context, status.State, status.TargetUrl)),
        ];

    public override int Hooks(string repository) => Host.Repositories[repository].Hooks.Count;

    public override void LoseHooks(string repository) => Host.Repositories[repository].Hooks.Clear();

    public override IReadOnlyList<int> Answers(string repository) => [.. Host.Sent.Select(sent => sent.Status)];

    public override (string Success, string Pending) StateWords => ("success", "pending");

    public override void Break(Fault? fault) => (Host.Fault, Host.FaultPath) = (fault, "/api/v3/");

    public override void Exhaust() => Host.AddToken(new GitHubToken(Token, "ada") { Remaining = 0 });

    public override async ValueTask DisposeAsync()
    {
        // Of the list of installations it says that each account is a person and an enterprise at once; a request
        // outlives its fork.
        string[] known =
        [
            ".head.repo is null",
            "].client_id is no field of it",
            "].account.name is missing",
            "].account.slug is missing",
            "].account.created_at is missing",
            "].account.updated_at is missing",
        ];
        HoldTo(Description, Host, "/api/v3", undescribed: "/repositories/", known: known);
        await Host.DisposeAsync();
        _root.Dispose();
        GC.SuppressFinalize(this);
    }

    private Target With(string token) =>
        new()
        {
            Settings = new Dictionary<string, string> { ["url"] = Host.Url.GetLeftPart(UriPartial.Authority) },
            Secrets = new Dictionary<string, Secret> { ["token"] = new Secret(token) },
            Reach = Reach.Loopback,
        };
}
