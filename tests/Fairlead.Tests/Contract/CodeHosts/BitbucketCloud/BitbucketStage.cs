using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Emulators.BitbucketCloud;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;
using Fairlead.Providers;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.OpenApi;

namespace Fairlead.Tests.Contract.CodeHosts.BitbucketCloud;

/// <summary>
/// The host behind a gateway. Whatever a test has the provider ask for is held against the host's own description.
/// </summary>
public sealed class BitbucketStage : HostStage
{
    public const string Email = "ada@example.com";
    public const string Access = "ATCTT3xFfGN0workspaceToken0000000000000000000";
    private const string Token = "ATATT3xFfGF0adaMayDoEverything000000000000000";
    private const string Narrow = "ATATT3xFfGF0readsOnly000000000000000000000000";
    private const string Pusher = "ATATT3xFfGF0pushes000000000000000000000000000";
    private readonly TempDir _root = new();
    private bool _byAccess;

    public BitbucketHost Host { get; private set; } = null!;

    /// <summary>Null where it is absent.</summary>
    public static HostDescription? Description { get; } =
        HostDescription.Find("bitbucket-cloud.openapi.json", "page", "pagelen");

    /// <param name="byAccess">The stage's own credential is an access token.</param>
    public static async Task<BitbucketStage> Start(bool byAccess = false)
    {
        var stage = new BitbucketStage { _byAccess = byAccess };
        stage.Host = await BitbucketHost.Start(stage._root);
        stage.Host.KeepsAnswers = Description is not null;
        stage.Host.AddToken(new BitbucketToken(Token, "ada") { Email = Email });
        stage.Host.AddToken(
            new BitbucketToken(Narrow, "ada")
            {
                Email = Email,
                Scopes = ["read:user:bitbucket", "read:workspace:bitbucket", "read:repository:bitbucket"],
            }
        );
        string[] both = [.. new BitbucketToken(Token, "ada").Scopes, "write:repository:bitbucket"];
        stage.Host.AddToken(new BitbucketToken(Pusher, "ada") { Email = Email, Scopes = both });
        stage.Host.AddToken(
            new BitbucketToken(Access, "fairlead")
            {
                Workspace = "acme",
                Scopes = ["repository", "pullrequest", "webhook"],
            }
        );
        return stage;
    }

    public override IProvider Provider { get; } = Known();

    public static IProvider Known() =>
        Fairlead
            .Providers.Providers.All(Outside.Of(TimeProvider.System))
            .Single(provider => provider.Kind == "bitbucket-cloud");

    public override Target Target => _byAccess ? ByAccess(Access) : With(Token);
    public override string Identity => _byAccess ? "access token of the workspace in acme" : "ada";
    public override Target Refused => With("nobody");
    public override OAuthDoor Door => Host.OAuth;
    public override Target? ReadOnly => With(Narrow);
    public override string ReadOnlyLacks => "hooks cannot be registered";

    public override RequestBook Requests => Host.PullRequests;

    public override async Task<(string Name, string Id)> AddRepository(string name) =>
        (name, (await Host.AddRepository(name)).Uuid);

    /// <summary>In several workspaces, one of which has more than a page and one nothing.</summary>
    public override void AddMany(int count)
    {
        Host.AddWorkspace("empty");
        for (var i = 0; i < count; i++)
            Host.List($"{(i % 10 == 0 ? $"team-{i % 70}" : "acme")}/repository-{i:00000}");
    }

    public override (Uri Url, string User, string Password) Git(string repository) =>
        (Host.UrlOf(repository), "x-bitbucket-api-token-auth", Pusher);

    public override Target Writer => With(Pusher);

    public override BareRepositories Bare => Host.Bare;

    public override string ProtectionWords => "Permission denied to update branch BRANCH.";

    public override string Rename(string repository, string name)
    {
        var one = Host.Repositories[repository];
        Host.Rename(one, name);
        return one.FullName;
    }

    public override void Delete(string repository) => Host.Delete(Host.Repositories[repository]);

    public override Action Hide(string repository) => Host.Hide(Host.Repositories[repository]);

    protected override void ShowDefault(string repository, string branch) =>
        Host.Repositories[repository].DefaultBranch = branch;

    public override (string Body, string Seen)? Announcement =>
        (
            BitbucketHost.Announcement,
            "\"CHANGE-2770 - Functionality has been deprecated\" "
                + "(https://changes.example/cloud/bitbucket#CHANGE-2770)"
        );

    public override IReadOnlyList<(string Context, string State, string? Link)> Statuses(
        string repository,
        string commit
    ) =>
        [
            .. Host.Repositories[repository]
                .Statuses.Where(status => status.Commit == commit)
                .Select(status => (status.Name, status.State, (string?)status.Url)),
        ];

    public override int Hooks(string repository) => Host.Repositories[repository].Hooks.Count;

    public override void LoseHooks(string repository) => Host.Repositories[repository].Hooks.Clear();

    public override IReadOnlyList<int> Answers(string repository) => [.. Host.Sent.Select(sent => sent.Status)];

    public override (string Success, string Pending) StateWords => ("SUCCESSFUL", "INPROGRESS");

    public override void Break(Fault? fault) => (Host.Fault, Host.FaultPath) = (fault, "/2.0/");

    public override void Exhaust() => Break(new Fault.Answer(429));

    public Target With(string token, string? workspace = null) =>
        Of(token, ("auth", "api-token"), ("email", Email), ("workspace", workspace ?? ""));

    public Target ByAccess(string token) => Of(token, ("auth", "access-token"), ("workspace", "acme"));

    public override async ValueTask DisposeAsync()
    {
        // It tells the scopes of a refusal apart where a text is described, and of commits that they are commits.
        string[] known = ["$.error.detail is no string", ".commit.type is no field of it"];
        HoldTo(Description, Host, "/2.0", known: known);
        await Host.DisposeAsync();
        _root.Dispose();
    }

    private Target Of(string token, params (string, string)[] settings) =>
        new()
        {
            Settings = settings
                .Append(("url", Host.Url.AbsoluteUri.TrimEnd('/')))
                .ToDictionary(one => one.Item1, one => one.Item2),
            Secrets = new Dictionary<string, Secret> { ["token"] = new Secret(token) },
            Reach = Reach.Loopback,
        };
}
