using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Gitea;
using Fairlead.Emulators.Hosting;
using Fairlead.Providers;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.OpenApi;

namespace Fairlead.Tests.Contract.CodeHosts.Gitea;

/// <summary>A site below a path of its host, which believes to have another address than it is reached by.</summary>
public sealed class GiteaStage : HostStage
{
    private const string Token = "3f1c9a60d8e24b7f9a0c5d1e2b3a4f5c6d7e8f90";
    private const string Narrow = "0000000000000000000000000000000000000001";
    private readonly TempDir _root = new();

    private static HostDescription Description { get; } = HostDescription.Gitea();

    public GiteaHost Host { get; private set; } = null!;

    public static async Task<GiteaStage> Start(GiteaFlavour? flavour = null)
    {
        var stage = new GiteaStage();
        flavour ??= new GiteaFlavour("/code/git") { Root = new Uri("https://git.example.com/") };
        stage.Host = await GiteaHost.Start(stage._root, flavour: flavour);
        stage.Host.KeepsAnswers = true;
        stage.Host.AddToken(new GiteaToken(Token, "ada"));
        stage.Host.AddToken(new GiteaToken(Narrow, "bob") { Scopes = ["read:user", "read:repository"] });
        return stage;
    }

    public override IProvider Provider { get; } =
        Fairlead.Providers.Providers.All(Outside.Of(TimeProvider.System)).Single(provider => provider.Kind == "gitea");

    public override Target Target => With(Token);
    public override Target Refused => With("nobody");
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

    public override BareRepositories Bare => Host.Bare;

    public override string ProtectionWords => "Gitea: Not allowed to push to protected branch BRANCH";

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

    public override IReadOnlyList<(string Context, string State, string? Link)> Statuses(
        string repository,
        string commit
    ) =>
        [
            .. Enumerable
                .Reverse(Host.Repositories[repository].Statuses)
                .Where(status => status.Commit == commit)
                .Select(status => (status.Context, status.State, (string?)status.TargetUrl)),
        ];

    public override int Hooks(string repository) => Host.Repositories[repository].Hooks.Count;

    public override void LoseHooks(string repository) => Host.Repositories[repository].Hooks.Clear();

    public override IReadOnlyList<int> Answers(string repository) => [.. Host.Sent.Select(sent => sent.Status)];

    public override (string Success, string Pending) StateWords => ("success", "pending");

    public override void Break(Fault? fault) => (Host.Fault, Host.FaultPath) = (fault, "/api/v1/");

    /// <summary>The host itself has no limit; a proxy before it may.</summary>
    public override void Exhaust() => Break(new Fault.Answer(429));

    /// <param name="url">Of another host than the stage's.</param>
    public Target With(string token, Uri? url = null, string? authorities = null)
    {
        var settings = new Dictionary<string, string> { ["url"] = (url ?? Host.Url).AbsoluteUri.TrimEnd('/') };
        if (authorities is not null)
            settings[Core.Providers.Target.CaSetting] = authorities;
        return new Target
        {
            Settings = settings,
            Secrets = new Dictionary<string, Secret> { ["token"] = new Secret(token) },
            Reach = Reach.Loopback,
        };
    }

    public override async ValueTask DisposeAsync()
    {
        // It writes an older name of the login beside it, and null for what a repository was not forked from.
        string[] known = [".username is no field of it", ".parent is null"];
        HoldTo(Description, Host, $"{Host.Flavour.Below}/api/v1", known: known);
        await Host.DisposeAsync();
        _root.Dispose();
    }
}
