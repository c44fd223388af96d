using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitLab;

/// <summary>gitlab.com, or an installation of one's own, by a personal, project or group token.</summary>
internal sealed class GitLab(Outside outside)
    : IProvider,
        IVerify,
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
        IAuthorise
{
    private readonly GitLabHooks _hooks = new(outside);
    private readonly GitLabCredentials _credentials = new(outside);

    public string Kind => "gitlab";

    public string Title => "GitLab";

    public string Summary =>
        "gitlab.com or an installation of your own. Hooks are registered and kept by themselves, in sub-groups too.";

    public ProviderFamily Family => ProviderFamily.CodeHost;

    public string Icon => "brand-gitlab";

    public IReadOnlyList<FormField> Fields => GitLabForm.Fields;

    public Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input) => GitLabForm.Read(input);

    public Outcome<RepositoryAddress> Locate(Target target, string repository) =>
        GitLabSite.Of(target).Then(site => site.Locate(target, repository));

    public ConnectGuide Guide(IReadOnlyDictionary<string, string> typed) => GitLabGuide.Of(typed);

    public IReadOnlyList<PrivilegeNeed> Needs(IReadOnlyDictionary<string, string> settings) => GitLabCredentials.Needs;

    public Task<Outcome<PrivilegeReport>> ExplainPrivileges(Target target, CancellationToken cancel) =>
        _credentials.Explain(target, cancel);

    public Task<Verdict> Verify(Target target, CancellationToken cancel) => _credentials.Verify(target, cancel);

    public Task<Outcome<GitCredential>> MintGitCredential(Target target, string repository, CancellationToken cancel) =>
        new GitLabCloneKeys(outside).Mint(target, repository, cancel);

    /// <summary>A deploy token only reads, so pushing takes the token as it is.</summary>
    public Task<Outcome<GitCredential>> MintWriteCredential(
        Target target,
        string repository,
        CancellationToken cancel
    ) => Task.FromResult<Outcome<GitCredential>>(GitLabCredentials.ForGit(target));

    public Task<Outcome<GitCredential>> MintReadCredential(
        Target target,
        string repository,
        CancellationToken cancel
    ) => Task.FromResult<Outcome<GitCredential>>(GitLabCredentials.ForGit(target));

    public Task<Outcome<Done>> RevokeGitCredential(Target target, Secret handle, CancellationToken cancel) =>
        new GitLabCloneKeys(outside).Revoke(target, handle, cancel);

    public async Task<Outcome<CommitSha>> MergeAtHost(
        Target target,
        string repository,
        MergeWish wish,
        CancellationToken cancel
    )
    {
        using var api = GitLabApi.Open(outside, target);
        return (await api.Project(repository, cancel)).Try(out var project, out var failure)
            ? await new GitLabMerge(api, project.Id).Run(wish, cancel)
            : failure;
    }

    public Task<Outcome<RefList>> ListRefs(Target target, string repository, string? known, CancellationToken cancel) =>
        HostGit.ListRefs(outside, target, Locate(target, repository), GitLabCredentials.ForGit(target), known, cancel);

    public async Task<Outcome<IReadOnlyList<HostedRepository>>> ListRepositories(
        Target target,
        CancellationToken cancel
    )
    {
        using var api = GitLabApi.Open(outside, target);
        // A list that changes while it is read may show the same one on two pages.
        return (await api.Projects(cancel)).Map<IReadOnlyList<HostedRepository>>(all =>
            [.. all.Select(GitLabWire.Plain).DistinctBy(repository => repository.Id)]
        );
    }

    public async Task<Outcome<IReadOnlyList<OpenRequest>>> ListRequests(
        Target target,
        string repository,
        CancellationToken cancel
    )
    {
        using var api = GitLabApi.Open(outside, target);
        return (await api.Project(repository, cancel)).Try(out var project, out var failure)
            ? await api.Requests(project.Id, cancel)
            : failure;
    }

    public async Task<Outcome<HostedRepository>> FindRepository(
        Target target,
        string repository,
        CancellationToken cancel
    )
    {
        using var api = GitLabApi.Open(outside, target);
        return (await api.Project(repository, cancel)).Map(GitLabWire.Plain);
    }

    public async Task<Outcome<HostedRepository>> FindById(
        Target target,
        string id,
        string name,
        CancellationToken cancel
    )
    {
        using var api = GitLabApi.Open(outside, target);
        return (await api.ProjectById(id, name, cancel)).Map(GitLabWire.Plain);
    }

    public async Task<Outcome<Done>> ReportStatus(
        Target target,
        string repository,
        CommitStatus status,
        CancellationToken cancel
    )
    {
        using var api = GitLabApi.Open(outside, target);
        if (!(await api.Project(repository, cancel)).Try(out var project, out var failure))
            return failure;
        var told = await api.CreateStatus(project.Id, status.Commit.Value, GitLabWire.Of(status), cancel);
        // The host has no way from "pending" to "pending", nor back from "running": it is said already.
        return status.State == CommitState.Pending && told.Failure?.Code == GitLabFailures.NoTransition
            ? Done.It
            : told;
    }

    public IHostHooks Hooks => _hooks;

    public Task<Outcome<IReadOnlyList<HostDelivery>>> ListDeliveries(
        Target target,
        string repository,
        string hookId,
        DateTimeOffset since,
        CancellationToken cancel
    ) => _hooks.Deliveries(target, repository, hookId, since, cancel);

    /// <summary>Its list tells all of it.</summary>
    public Task<Outcome<byte[]>> ReadDelivery(
        Target target,
        string repository,
        string hookId,
        HostDelivery delivery,
        CancellationToken cancel
    ) => Task.FromResult<Outcome<byte[]>>(delivery.Body ?? []);

    public bool CarriesProof(HeaderOf header) => GitLabProof.IsCarried(header);

    public bool IsAuthentic(HeaderOf header, ReadOnlySpan<byte> body, IReadOnlyList<Secret> secrets) =>
        GitLabProof.Fits(header, body, secrets, outside.Time.GetUtcNow());

    public string? DeliveryId(HeaderOf header) => header(StandardWebhooks.Id) ?? header("Idempotency-Key");

    public string? EventName(HeaderOf header) => header("X-Gitlab-Event");

    HookReading IReceiveHooks.Read(string? eventName, ReadOnlySpan<byte> body) =>
        LabPayload.Read(eventName, body, namesOldCommit: true);

    public IGrants Grants { get; } = GitLabOAuth.Flow(outside);
}
