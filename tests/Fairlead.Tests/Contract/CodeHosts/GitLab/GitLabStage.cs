using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.GitLab;
using Fairlead.Emulators.Hosting;
using Fairlead.Providers;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.OpenApi;

namespace Fairlead.Tests.Contract.CodeHosts.GitLab;

/// <summary>An installation below a path, with its projects in sub-groups, by personal token.</summary>
public sealed class GitLabStage : HostStage
{
    private const string Token = "glpat-adaMayDoEverything00";
    private const string Narrow = "glpat-onlyReadsCode";
    private readonly TempDir _root = new();

    private static HostDescription Description { get; } = HostDescription.GitLab();

    /// <summary>What the client's authors left out, or did not see null; of hooks they misspelled one.</summary>
    private static readonly string[] Unsaid =
    [
        ".permissions.group_access is null",
        ".last_used_at is null",
        ".expires_at is null",
        ".disabled_until is null",
        ".granular_scopes is no field of it",
        ".coverage is no field of it",
        ".project_id is no field of it",
        ".branch_filter_strategy is no field of it",
        ".custom_webhook_template is no field of it",
        ".signing_token_present is no field of it",
        ".token_present is no field of it",
    ];

    public GitLabHost Host { get; private set; } = null!;

    public override (int Made, int Left)? JobKeys =>
        (Host.DeployTokensMade, Host.Projects.Values.Sum(project => project.DeployTokens.Count));

    /// <param name="signs">The installation signs its deliveries; older ones send the secret.</param>
    public static async Task<GitLabStage> Start(bool signs = true)
    {
        var stage = new GitLabStage();
        stage.Host = await GitLabHost.Start(stage._root, below: "/code/gitlab");
        stage.Host.KeepsAnswers = true;
        stage.Host.Signs = signs;
        stage.Host.AddToken(new GitLabToken(Token, "ada"));
        stage.Host.AddToken(new GitLabToken(Narrow, "ada") { Scopes = ["read_repository"] });
        return stage;
    }

    public override IProvider Provider { get; } = Known();

    public static IProvider Known() =>
        Fairlead.Providers.Providers.All(Outside.Of(TimeProvider.System)).Single(provider => provider.Kind == "gitlab");

    public override Target Target => With(Token);
    public override Target Refused => With("glpat-nobody");
    public override OAuthDoor Door => Host.OAuth;

    public override Target? ReadOnly => With(Narrow);

    public override RequestBook Requests => Host.PullRequests;

    public override async Task<(string Name, string Id)> AddRepository(string name)
    {
        var made = await Host.AddProject(Deep(name));
        return (made.FullPath, made.Id.ToString());
    }

    public override void AddMany(int count)
    {
        for (var i = 0; i < count; i++)
            Host.List($"acme/backend/project-{i:00000}");
    }

    public override (Uri Url, string User, string Password) Git(string repository) =>
        (Host.UrlOf(repository), "ada", Token);

    public override int OpenRequests(string repository) => Host.PullRequests.Open(repository).Count;

    public override BareRepositories Bare => Host.Bare;

    public override string ProtectionWords =>
        "GitLab: You are not allowed to push code to protected branches on this project.";

    public override void PreventMerges(string repository) => Host.Projects[repository].MergesArePrevented = true;

    public override string Rename(string repository, string name)
    {
        var one = Host.Projects[repository];
        Host.Move(one, $"{one.Group}/{name}");
        return one.FullPath;
    }

    public override string? Transfer(string repository)
    {
        var one = Host.Projects[repository];
        Host.Move(one, $"globex/web/{one.Path}");
        return one.FullPath;
    }

    public override void Delete(string repository) => Host.Delete(Host.Projects[repository]);

    public override Action Hide(string repository) => Host.Hide(Host.Projects[repository]);

    protected override void ShowDefault(string repository, string branch) =>
        Host.Projects[repository].DefaultBranch = branch;

    public override IReadOnlyList<(string Context, string State, string? Link)> Statuses(
        string repository,
        string commit
    ) =>
        [
            .. Enumerable
                .Reverse(Host.Projects[repository].Statuses)
                .Where(status => status.Commit == commit)
                .Select(status => (status.Name, status.State, status.TargetUrl)),
        ];

    public override int Hooks(string repository) => Host.Projects[repository].Hooks.Count;

    public override void LoseHooks(string repository) => Host.Projects[repository].Hooks.Clear();

    public override IReadOnlyList<int> Answers(string repository) => [.. Host.Sent.Select(sent => sent.Status)];

    public override (string Success, string Pending) StateWords => ("success", "pending");

    public override void Break(Fault? fault) => (Host.Fault, Host.FaultPath) = (fault, "/api/v4/");

    public override void Exhaust() => Host.AddToken(new GitLabToken(Token, "ada") { Remaining = 0 });

    public override async ValueTask DisposeAsync()
    {
        HoldTo(Description, Host, "/code/gitlab/api/v4", requests: false, known: Unsaid);
        await Host.DisposeAsync();
        _root.Dispose();
    }

    public Target With(string token) =>
        new()
        {
            Settings = new Dictionary<string, string> { ["url"] = Host.Url.ToString().TrimEnd('/') },
            Secrets = new Dictionary<string, Secret> { ["token"] = new Secret(token) },
            Reach = Reach.Loopback,
        };

    /// <summary><c>acme/shop</c> stands in groups of groups.</summary>
    private static string Deep(string name) => name.Replace("acme/", "acme/backend/team-1/");
}
