using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.BitbucketDataCenter;

/// <summary>A Bitbucket Data Center, wherever it stands.</summary>
internal sealed class BitbucketDataCenter(Outside outside)
    : IProvider,
        IVerify,
        IExplainPrivileges,
        IGuide,
        ICodeHost,
        IListRepositories,
        IListRefs,
        IListRequests,
        IManageHooks,
        IReceiveHooks,
        IReportStatus,
        IWriteWithGit
{
    private readonly DataCenterCredentials _credentials = new(outside);

    public string Kind => "bitbucket-datacenter";

    public string Title => "Bitbucket Data Center";

    public string Summary => "A Bitbucket Data Center of your own. Hooks are registered and kept by themselves.";

    public ProviderFamily Family => ProviderFamily.CodeHost;

    public string Icon => "brand-bitbucket";

    public IReadOnlyList<FormField> Fields => DataCenterForm.Fields;

    public Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input) => DataCenterForm.Read(input);

    public Outcome<RepositoryAddress> Locate(Target target, string repository) =>
        DataCenterSite.Of(target).Then(site => site.Locate(target, repository));

    public ConnectGuide Guide(IReadOnlyDictionary<string, string> typed) => DataCenterGuide.Of(typed);

    public IReadOnlyList<PrivilegeNeed> Needs(IReadOnlyDictionary<string, string> settings) =>
        DataCenterCredentials.Needs;

    public Task<Verdict> Verify(Target target, CancellationToken cancel) => _credentials.Verify(target, cancel);

    public Task<Outcome<PrivilegeReport>> ExplainPrivileges(Target target, CancellationToken cancel) =>
        _credentials.Explain(target, cancel);

    public Task<Outcome<GitCredential>> MintGitCredential(Target target, string repository, CancellationToken cancel) =>
        Task.FromResult<Outcome<GitCredential>>(DataCenterCredentials.ForGit(target));

    public Task<Outcome<RefList>> ListRefs(Target target, string repository, string? known, CancellationToken cancel) =>
        HostGit.ListRefs(
            outside,
            target,
            Locate(target, repository),
            DataCenterCredentials.ForGit(target),
            known,
            cancel
        );

    public Task<Outcome<IReadOnlyList<HostedRepository>>> ListRepositories(Target target, CancellationToken cancel) =>
        DataCenterApi.Ask(
            outside,
            target,
            async api =>
                (await api.Repositories(cancel)).Map<IReadOnlyList<HostedRepository>>(all =>
                    [.. all.Select(DataCenterWire.Plain).DistinctBy(repository => repository.Id)]
                )
        );

    public async Task<Outcome<IReadOnlyList<OpenRequest>>> ListRequests(
        Target target,
        string repository,
        CancellationToken cancel
    ) =>
        Locate(target, repository).Failure is { } odd
            ? odd
            : await DataCenterApi.Ask(outside, target, api => api.Requests(repository, cancel));

    public async Task<Outcome<HostedRepository>> FindRepository(
        Target target,
        string repository,
        CancellationToken cancel
    ) =>
        Locate(target, repository).Failure is { } odd
            ? odd
            : await DataCenterApi.Ask(
                outside,
                target,
                async api => (await api.Repository(repository, cancel)).Map(DataCenterWire.Plain)
            );

    public Task<Outcome<Done>> ReportStatus(
        Target target,
        string repository,
        CommitStatus status,
        CancellationToken cancel
    ) =>
        DataCenterApi.Ask(
            outside,
            target,
            api => api.CreateStatus(repository, status.Commit.Value, DataCenterWire.Of(status), cancel)
        );

    public IHostHooks Hooks { get; } = new RestHooks(target => DataCenterApi.Open(outside, target));

    public bool CarriesProof(HeaderOf header) => HubProof.IsIn(header);

    public bool IsAuthentic(HeaderOf header, ReadOnlySpan<byte> body, IReadOnlyList<Secret> secrets) =>
        HubProof.Fits(header, body, secrets);

    public bool IsKnock(HeaderOf header) => EventName(header) == DataCenterPayload.Ping;

    public string? DeliveryId(HeaderOf header) => header("X-Request-Id");

    public string? EventName(HeaderOf header) => header("X-Event-Key");

    HookReading IReceiveHooks.Read(string? eventName, ReadOnlySpan<byte> body) =>
        DataCenterPayload.Read(eventName, body);
}
