using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Emulators.BitbucketDataCenter;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;
using Fairlead.Providers;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.OpenApi;

namespace Fairlead.Tests.Contract.CodeHosts.BitbucketDataCenter;

/// <summary>
/// A site below a path of its host. Whatever a test has the provider ask for is held against the host's own
/// description.
/// </summary>
public sealed class DataCenterStage : HostStage
{
    public const string OfProject = "MDM0MjM5NDc2MDxxOfAProject00000000000000000";
    private const string ProjectUser = "access-token-user/1/acme";
    private const string Token = "MDM0MjM5NDc2MDxxadaMayDoEverything000000000";
    private const string Narrow = "MDM0MjM5NDc2MDxxreadsOnly00000000000000000000";
    private const string Below = "/bitbucket";
    private readonly TempDir _root = new();
    private bool _ofProject;

    public DataCenterHost Host { get; private set; } = null!;

    /// <summary>Null where it is absent. All lists are said to have pages, and webhooks are a list.</summary>
    public static HostDescription? Description { get; } =
        HostDescription.Find("bitbucket-datacenter.openapi.json", "start", "limit");

    /// <param name="ofProject">The stage's own credential is a project's token.</param>
    public static async Task<DataCenterStage> Start(bool ofProject = false)
    {
        var stage = new DataCenterStage { _ofProject = ofProject };
        stage.Host = await DataCenterHost.Start(stage._root, below: Below);
        stage.Host.KeepsAnswers = Description is not null;
        stage.Host.MostItems = 300;
        stage.Host.AddToken(new DataCenterToken(Token, "ada"));
        stage.Host.AddToken(new DataCenterToken(OfProject, ProjectUser) { IsPersons = false });
        stage.Host.AddToken(new DataCenterToken(Narrow, "bob") { Permission = DataCenterPermission.RepositoryRead });
        return stage;
    }

    public override IProvider Provider { get; } = Known();

    public static IProvider Known() =>
        Fairlead
            .Providers.Providers.All(Outside.Of(TimeProvider.System))
            .Single(provider => provider.Kind == "bitbucket-datacenter");

    public override Target Target => With(_ofProject ? OfProject : Token);
    public override string Identity => _ofProject ? ProjectUser : "ada";
    public override Target Refused => With("nobody");
    public override Target? ReadOnly => With(Narrow);

    public override RequestBook Requests => Host.PullRequests;

    public override async Task<(string Name, string Id)> AddRepository(string name)
    {
        var one = await Host.AddRepository(name);
        return (one.FullName, one.Id.ToString());
    }

    /// <summary>Among others that nobody may see.</summary>
    public override void AddMany(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Host.List($"ACME/repository-{i:00000}");
            if (i % 7 == 0)
                Host.List($"ACME/hidden-{i:00000}", isHidden: true);
        }
    }

    public override (Uri Url, string User, string Password) Git(string repository) =>
        (Host.UrlOf(repository), "ada", Token);

    protected override string KeptAs(string repository) => repository.ToLowerInvariant();

    public override BareRepositories Bare => Host.Bare;

    public override string ProtectionWords =>
        "BRANCH can only be modified through pull requests. Check your branch permissions configuration.";

    public override string Rename(string repository, string name)
    {
        var one = Host.Repositories[repository];
        Host.Rename(one, name);
        return one.FullName;
    }

    public override string? Transfer(string repository)
    {
        var one = Host.Repositories[repository];
        Host.Rename(one, one.Slug, key: "GLOBEX");
        return one.FullName;
    }

    public override bool GitLeadsOn => true;

    public override void Delete(string repository) => Host.Delete(Host.Repositories[repository]);

    public override Action Hide(string repository) => Host.Hide(Host.Repositories[repository]);

    protected override void ShowDefault(string repository, string branch) =>
        Host.Repositories[repository].DefaultBranch = branch;

    public override IReadOnlyList<(string Context, string State, string? Link)> Statuses(
        string repository,
        string commit
    ) =>
        [
            .. Host.Repositories[repository]
                .Statuses.Where(status => status.Commit == commit)
                .Select(status => (status.Key, status.State, (string?)status.Url)),
        ];

    public override int Hooks(string repository) => Host.Repositories[repository].Hooks.Count;

    public override void LoseHooks(string repository) => Host.Repositories[repository].Hooks.Clear();

    public override IReadOnlyList<int> Answers(string repository) => [.. Host.Sent.Select(sent => sent.Status)];

    public override (string Success, string Pending) StateWords => ("SUCCESSFUL", "INPROGRESS");

    public override void Break(Fault? fault) => (Host.Fault, Host.FaultPath) = (fault, "/rest/");

    public override void Exhaust() => Break(new Fault.Answer(429));

    public Target With(string token) =>
        new()
        {
            Settings = new Dictionary<string, string> { ["url"] = Host.Url.AbsoluteUri.TrimEnd('/') },
            Secrets = new Dictionary<string, Secret> { ["token"] = new Secret(token) },
            Reach = Reach.Loopback,
        };

    public override async ValueTask DisposeAsync()
    {
        // It makes hooks with 201, shows more of them than it says, and most errors have no context.
        string[] known =
        [
            "/webhooks answered 201, which it does not",
            "$.id is no field of it",
            "$.createdDate is no field of it",
            "$.updatedDate is no field of it",
            "$.errors[0].context is null",
        ];
        HoldTo(Description, Host, $"{Below}/rest", known: known);
        await Host.DisposeAsync();
        _root.Dispose();
    }
}
