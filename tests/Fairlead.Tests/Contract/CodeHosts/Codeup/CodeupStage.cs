using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Emulators.Codeup;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Hosting;
using Fairlead.Providers;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.OpenApi;

namespace Fairlead.Tests.Contract.CodeHosts.Codeup;

/// <summary>One of the two editions.</summary>
public sealed class CodeupStage : HostStage
{
    private const string Token = "pt-0f1e2d3c4b5a69788796a5b4c3d2e1f0_3c1a";
    private const string Narrow = "pt-narrow";
    private readonly TempDir _root = new();

    /// <summary>Of the central edition; null where it is absent.</summary>
    private static HostDescription? Description { get; } = HostDescription.Find("yunxiao.openapi.json");

    public CodeupHost Host { get; private set; } = null!;

    public static async Task<CodeupStage> Start(CodeupEdition edition)
    {
        var stage = new CodeupStage();
        stage.Host = await CodeupHost.Start(stage._root, edition);
        stage.Host.KeepsAnswers = edition.Organization is not null && Description is not null;
        stage.Host.AddToken(new CodeupToken(Token, "ada"));
        stage.Host.AddToken(
            new CodeupToken(Narrow, "bob")
            {
                Rights = new HashSet<CodeupRight> { CodeupRight.ReadMembers, CodeupRight.ReadRepositories },
            }
        );
        return stage;
    }

    public override IProvider Provider { get; } = Known();

    public static IProvider Known() =>
        Fairlead.Providers.Providers.All(Outside.Of(TimeProvider.System)).Single(one => one.Kind == "codeup");

    public override Target Target => With(Token);
    public override Target Refused => With("nobody");
    public override Target? ReadOnly => With(Narrow);

    public override async Task<(string Name, string Id)> AddRepository(string name) =>
        (name, (await Host.AddRepository(name)).Id.ToString());

    public override void AddMany(int count)
    {
        for (var i = 0; i < count; i++)
            Host.List($"acme/backend/repository-{i:00000}");
    }

    public override (Uri Url, string User, string Password) Git(string repository) =>
        (Host.UrlOf(repository), "ada-clone", Token);

    protected override string KeptAs(string repository) => Host.Find(repository).FullPath;

    public override BareRepositories Bare => Host.Bare;

    public override string ProtectionWords => "You are not allowed to push code to protected branches on this project.";

    public override string Rename(string repository, string name)
    {
        var path = $"{repository[..repository.LastIndexOf('/')]}/{name}";
        Host.Rename(Host.Find(repository), path);
        return path;
    }

    public override string? Transfer(string repository)
    {
        var path = $"globex/web/{repository.Split('/')[^1]}";
        Host.Rename(Host.Find(repository), path);
        return path;
    }

    public override void Delete(string repository) => Host.Delete(Host.Find(repository));

    public override Action Hide(string repository) => Host.Hide(Host.Find(repository));

    protected override void ShowDefault(string repository, string branch) =>
        Host.Find(repository).DefaultBranch = branch;

    public override RequestBook? Requests => Host.ChangeRequests;

    public override IReadOnlyList<(string Context, string State, string? Link)> Statuses(
        string repository,
        string commit
    ) =>
        [
            .. Enumerable
                .Reverse(Host.Find(repository).Statuses)
                .Where(status => status.Commit == commit)
                .Select(status => (status.Context, status.State, (string?)status.TargetUrl)),
        ];

    public override int Hooks(string repository) => Host.Find(repository).Hooks.Count;

    public override void LoseHooks(string repository) => Host.Find(repository).Hooks.Clear();

    public override IReadOnlyList<int> Answers(string repository) => [.. Host.Sent.Select(sent => sent.Status)];

    public override (string Success, string Pending) StateWords => ("success", "pending");

    public override void Break(Fault? fault) => (Host.Fault, Host.FaultPath) = (fault, "/oapi/");

    public override void Exhaust() => Break(new Fault.Answer(429));

    /// <param name="user">What the person typed; null for nothing.</param>
    public Target With(string token, string? user = null)
    {
        var settings = new Dictionary<string, string> { ["url"] = Host.Url.AbsoluteUri.TrimEnd('/') };
        if (Host.Edition.Organization is { } organization)
            settings["organization"] = organization;
        if (user is not null)
            settings["cloneUser"] = user;
        return new Target
        {
            Settings = settings,
            Secrets = new Dictionary<string, Secret> { ["token"] = new Secret(token) },
            Reach = Reach.Loopback,
        };
    }

    public override async ValueTask DisposeAsync()
    {
        // Its own client asks who it is; the description has another path for that.
        // The list of hooks is described as one hook.
        var description = Host.KeepsAnswers ? Description : null;
        HoldTo(description, Host, "/oapi/v1", "/platform/user", known: "/webhooks answered 200: $ is no object");
        await Host.DisposeAsync();
        _root.Dispose();
    }
}
