using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketCloud;

/// <summary>bitbucket.org.</summary>
internal sealed class BitbucketCloud(Outside outside)
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
        IReportStatus,
        IWriteWithGit,
        IAuthorise
{
    private readonly BitbucketCredentials _credentials = new(outside);

    public string Kind => "bitbucket-cloud";

    public string Title => "Bitbucket Cloud";

    public string Summary => "Repositories on bitbucket.org. Hooks are registered and kept by themselves.";

    public ProviderFamily Family => ProviderFamily.CodeHost;

    public string Icon => "brand-bitbucket";

    public IReadOnlyList<FormField> Fields => BitbucketForm.Fields;

    public Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input) => BitbucketForm.Read(input);

    public Outcome<RepositoryAddress> Locate(Target target, string repository) =>
        BitbucketSite.Of(target).Then(site => site.Locate(target, repository));

    public ConnectGuide Guide(IReadOnlyDictionary<string, string> typed) => BitbucketGuide.Of(typed);

    public IReadOnlyList<PrivilegeNeed> Needs(IReadOnlyDictionary<string, string> settings) =>
        BitbucketScopes.Needs(
            settings.GetValueOrDefault(BitbucketForm.Auth) != BitbucketForm.ByAccess
                && settings.GetValueOrDefault(Target.Way) != Target.Granted,
            settings.GetValueOrDefault(BitbucketForm.Workspace) is null
        );

    public Task<Verdict> Verify(Target target, CancellationToken cancel) => _credentials.Verify(target, cancel);

    public Task<Outcome<PrivilegeReport>> ExplainPrivileges(Target target, CancellationToken cancel) =>
        _credentials.Explain(target, cancel);

    public Task<Outcome<GitCredential>> MintGitCredential(Target target, string repository, CancellationToken cancel) =>
        Task.FromResult<Outcome<GitCredential>>(BitbucketCredentials.ForGit(target));

    public Task<Outcome<RefList>> ListRefs(Target target, string repository, string? known, CancellationToken cancel) =>
        HostGit.ListRefs(
            outside,
            target,
            Locate(target, repository),
            BitbucketCredentials.ForGit(target),
            known,
            cancel
        );

    public Task<Outcome<IReadOnlyList<HostedRepository>>> ListRepositories(Target target, CancellationToken cancel) =>
        BitbucketApi.Ask(
            outside,
            target,
            async api =>
                // A list that changes while it is read may show the same one on two pages.
                (await api.Repositories(cancel)).Map<IReadOnlyList<HostedRepository>>(all =>
                    [.. all.Select(BitbucketWire.Plain).DistinctBy(repository => repository.Id)]
                )
        );

    public async Task<Outcome<IReadOnlyList<OpenRequest>>> ListRequests(
        Target target,
        string repository,
        CancellationToken cancel
    ) =>
        Locate(target, repository).Failure is { } odd
            ? odd
            : await BitbucketApi.Ask(outside, target, api => api.Requests(repository, cancel));

    public async Task<Outcome<HostedRepository>> FindRepository(
        Target target,
        string repository,
        CancellationToken cancel
    ) =>
        Locate(target, repository).Failure is { } odd
            ? odd
            : await BitbucketApi.Ask(
                outside,
                target,
                async api => (await api.Repository(repository, cancel)).Map(BitbucketWire.Plain)
            );

    /// <summary>Within the workspace it was in.</summary>
    public Task<Outcome<HostedRepository>> FindById(Target target, string id, string name, CancellationToken cancel) =>
        BitbucketApi.Ask(
            outside,
            target,
            async api => (await api.RepositoryById(name.Split('/')[0], id, cancel)).Map(BitbucketWire.Plain)
        );

    public Task<Outcome<Done>> ReportStatus(
        Target target,
        string repository,
        CommitStatus status,
        CancellationToken cancel
    ) =>
        BitbucketApi.Ask(
            outside,
            target,
            api => api.CreateStatus(repository, status.Commit.Value, BitbucketWire.Of(status), cancel)
        );

    public IHostHooks Hooks { get; } = new RestHooks(target => BitbucketApi.Open(outside, target));

    public bool CarriesProof(HeaderOf header) => HubProof.IsIn(header);

    public bool IsAuthentic(HeaderOf header, ReadOnlySpan<byte> body, IReadOnlyList<Secret> secrets) =>
        HubProof.Fits(header, body, secrets);

    /// <summary>The same for all attempts, which <c>X-Attempt-Number</c> counts.</summary>
    public string? DeliveryId(HeaderOf header) => header("X-Request-UUID");

    public string? EventName(HeaderOf header) => header("X-Event-Key");

    HookReading IReceiveHooks.Read(string? eventName, ReadOnlySpan<byte> body) =>
        BitbucketPayload.Read(eventName, body);

    public IGrants Grants { get; } = BitbucketOAuth.Flow(outside);
}
