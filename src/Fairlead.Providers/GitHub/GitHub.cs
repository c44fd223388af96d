using Fairlead.Core.Connections;
using Fairlead.Core.Events;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHub;

/// <summary>github.com, an Enterprise Server, or an enterprise's own ghe.com.</summary>
internal sealed class GitHub
    : IProvider,
        IVerify,
        IPrepareCredential,
        IExplainPrivileges,
        IGuide,
        ICodeHost,
        IListRepositories,
        IFindById,
        IListRefs,
        IListRequests,
        IManageHooks,
        IReceiveHooks,
        IKeepDeliveries,
        IReportStatus,
        IWriteWithGit,
        IMergeAtHost,
        IRevokeGitCredential,
        IAuthorise,
        IMakeApps
{
    private readonly GitHubAppTokens _tokens;
    private readonly GitHubHooks _hooks;
    private readonly GitHubCredentials _credentials;
    private readonly Outside _outside;

    public GitHub(Outside outside)
    {
        (_outside, _tokens, Grants) = (outside, new GitHubAppTokens(outside), GitHubOAuth.Flow(outside));
        (_hooks, _credentials) = (new GitHubHooks(outside, _tokens), new GitHubCredentials(outside, _tokens));
    }

    public string Kind => "github";

    public string Title => "GitHub";

    public string Summary =>
        "github.com, ghe.com or an Enterprise Server. Hooks are registered and kept by themselves.";

    public ProviderFamily Family => ProviderFamily.CodeHost;

    public string Icon => "brand-github";

    public IReadOnlyList<FormField> Fields => GitHubForm.Fields;

    public Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input) => GitHubForm.Read(input);

    public Outcome<RepositoryAddress> Locate(Target target, string repository) =>
        GitHubSite.Of(target).Then(site => site.Locate(target, repository));

    public ConnectGuide Guide(IReadOnlyDictionary<string, string> typed) => GitHubGuide.Of(typed);

    public IReadOnlyList<PrivilegeNeed> Needs(IReadOnlyDictionary<string, string> settings) =>
        settings.GetValueOrDefault(GitHubForm.Way) == GitHubForm.ByApp ? GitHubApp.Privileges : GitHubScopes.Needs;

    public Task<Outcome<PrivilegeReport>> ExplainPrivileges(Target target, CancellationToken cancel) =>
        _credentials.Explain(target, cancel);

    public Task<Verdict> Verify(Target target, CancellationToken cancel) => _credentials.Verify(target, cancel);

    public Task<Outcome<GitCredential>> MintGitCredential(Target target, string repository, CancellationToken cancel) =>
        Locate(target, repository).Failure is { } odd
            ? Task.FromResult<Outcome<GitCredential>>(odd)
            : _credentials.ForGit(target, repository, cancel);

    public Task<Outcome<GitCredential>> MintWriteCredential(
        Target target,
        string repository,
        CancellationToken cancel
    ) =>
        Locate(target, repository).Failure is { } odd
            ? Task.FromResult<Outcome<GitCredential>>(odd)
            : _credentials.ForGit(target, repository, cancel, GitHubApp.Write);

    public async Task<Outcome<CommitSha>> MergeAtHost(
        Target target,
        string repository,
        MergeWish wish,
        CancellationToken cancel
    )
    {
        using var api = GitHubApi.Open(_outside, target, _tokens);
        return await GitHubMerge.Run(api, repository, wish, cancel);
    }

    public Task<Outcome<Done>> RevokeGitCredential(Target target, Secret handle, CancellationToken cancel) =>
        GitHubApp.Revoke(_outside, target, handle, cancel);

    public Task<Outcome<PreparedCredential>> Prepare(
        IReadOnlyDictionary<string, string> settings,
        IReadOnlyDictionary<string, Secret> secrets,
        CancellationToken cancel
    ) => Task.FromResult(GitHubForm.Prepare(settings, secrets));

    public async Task<Outcome<RefList>> ListRefs(
        Target target,
        string repository,
        string? known,
        CancellationToken cancel
    ) =>
        (await _credentials.ForUs(target, cancel)).Try(out var credential, out var failure)
            ? await HostGit.ListRefs(_outside, target, Locate(target, repository), credential, known, cancel)
            : failure;

    public async Task<Outcome<IReadOnlyList<HostedRepository>>> ListRepositories(
        Target target,
        CancellationToken cancel
    )
    {
        using var api = GitHubApi.Open(_outside, target, _tokens);
        // A list that changes while it is read may show the same one on two pages.
        return (await api.Repositories(cancel)).Map<IReadOnlyList<HostedRepository>>(all =>
            [.. all.Select(GitHubWire.Plain).DistinctBy(repository => repository.Id)]
        );
    }

    public async Task<Outcome<IReadOnlyList<OpenRequest>>> ListRequests(
        Target target,
        string repository,
        CancellationToken cancel
    )
    {
        if (Locate(target, repository).Failure is { } odd)
            return odd;
        using var api = GitHubApi.Open(_outside, target, _tokens);
        return await api.Requests(repository, cancel);
    }

    public async Task<Outcome<HostedRepository>> FindRepository(
        Target target,
        string repository,
        CancellationToken cancel
    )
    {
        if (Locate(target, repository).Failure is { } odd)
            return odd;
        using var api = GitHubApi.Open(_outside, target, _tokens);
        return (await api.Repository(repository, cancel)).Map(GitHubWire.Plain);
    }

    public async Task<Outcome<HostedRepository>> FindById(
        Target target,
        string id,
        string name,
        CancellationToken cancel
    )
    {
        using var api = GitHubApi.Open(_outside, target, _tokens);
        return (await api.RepositoryById(id, name, cancel)).Map(GitHubWire.Plain);
    }

    public async Task<Outcome<Done>> ReportStatus(
        Target target,
        string repository,
        CommitStatus status,
        CancellationToken cancel
    )
    {
        using var api = GitHubApi.Open(_outside, target, _tokens);
        return await api.CreateStatus(repository, status.Commit.Value, GitHubWire.Of(status), cancel);
    }

    public IHostHooks Hooks => _hooks;

    public Task<Outcome<IReadOnlyList<HostDelivery>>> ListDeliveries(
        Target target,
        string repository,
        string hookId,
        DateTimeOffset since,
        CancellationToken cancel
    ) => _hooks.Deliveries(target, repository, hookId, since, cancel);

    public Task<Outcome<byte[]>> ReadDelivery(
        Target target,
        string repository,
        string hookId,
        HostDelivery delivery,
        CancellationToken cancel
    ) => _hooks.Body(target, repository, hookId, delivery.Id, cancel);

    public bool CarriesProof(HeaderOf header) => HubSignature.Parse(header(HubSignature.Header)) is not null;

    public bool IsAuthentic(HeaderOf header, ReadOnlySpan<byte> body, IReadOnlyList<Secret> secrets) =>
        HubSignature.Parse(header(HubSignature.Header)) is { } digest && HubSignature.Fits(digest, body, secrets, 1);

    public string? DeliveryId(HeaderOf header) => header("X-GitHub-Delivery");

    public string? EventName(HeaderOf header) => header("X-GitHub-Event");

    HookReading IReceiveHooks.Read(string? eventName, ReadOnlySpan<byte> body) => GitHubPayload.Read(eventName, body);

    public IGrants Grants { get; }

    public IAppMaker Apps => new GitHubAppMaker(_outside);
}
