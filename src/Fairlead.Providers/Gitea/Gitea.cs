using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Gitea;

/// <summary>A Gitea or Forgejo, wherever it stands.</summary>
internal sealed class Gitea(Outside outside)
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
    private readonly GiteaCredentials _credentials = new(outside);

    public string Kind => "gitea";

    public string Title => "Gitea / Forgejo";

    public string Summary => "A Gitea or Forgejo of your own. Hooks are registered and kept by themselves.";

    public ProviderFamily Family => ProviderFamily.CodeHost;

    public string Icon => "git-merge";

    public IReadOnlyList<FormField> Fields => GiteaForm.Fields;

    public Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input) => GiteaForm.Read(input);

    public Outcome<RepositoryAddress> Locate(Target target, string repository) =>
        GiteaSite.Of(target).Then(site => site.Locate(target, repository));

    public Task<Verdict> Verify(Target target, CancellationToken cancel) => _credentials.Verify(target, cancel);

    public ConnectGuide Guide(IReadOnlyDictionary<string, string> typed) => GiteaGuide.Of(typed);

    public IReadOnlyList<PrivilegeNeed> Needs(IReadOnlyDictionary<string, string> settings) => GiteaScopes.Needs;

    public Task<Outcome<PrivilegeReport>> ExplainPrivileges(Target target, CancellationToken cancel) =>
        _credentials.Explain(target, cancel);

    public Task<Outcome<GitCredential>> MintGitCredential(Target target, string repository, CancellationToken cancel) =>
        Task.FromResult<Outcome<GitCredential>>(GiteaCredentials.ForGit(target));

    public Task<Outcome<RefList>> ListRefs(Target target, string repository, string? known, CancellationToken cancel) =>
        HostGit.ListRefs(outside, target, Locate(target, repository), GiteaCredentials.ForGit(target), known, cancel);

    public Task<Outcome<IReadOnlyList<HostedRepository>>> ListRepositories(Target target, CancellationToken cancel) =>
        GiteaApi.Ask(
            outside,
            target,
            async api =>
                (await api.Repositories(cancel)).Map<IReadOnlyList<HostedRepository>>(all =>
                    [.. all.Select(GiteaWire.Plain)]
                )
        );

    public async Task<Outcome<IReadOnlyList<OpenRequest>>> ListRequests(
        Target target,
        string repository,
        CancellationToken cancel
    ) =>
        Locate(target, repository).Failure is { } odd
            ? odd
            : await GiteaApi.Ask(outside, target, api => api.Requests(repository, cancel));

    public async Task<Outcome<HostedRepository>> FindRepository(
        Target target,
        string repository,
        CancellationToken cancel
    ) =>
        Locate(target, repository).Failure is { } odd
            ? odd
            : await GiteaApi.Ask(
                outside,
                target,
                async api => (await api.Repository(repository, cancel)).Map(GiteaWire.Plain)
            );

    public Task<Outcome<HostedRepository>> FindById(Target target, string id, string name, CancellationToken cancel) =>
        GiteaApi.Ask(outside, target, async api => (await api.RepositoryById(id, name, cancel)).Map(GiteaWire.Plain));

    public Task<Outcome<Done>> ReportStatus(
        Target target,
        string repository,
        CommitStatus status,
        CancellationToken cancel
    ) =>
        GiteaApi.Ask(
            outside,
            target,
            api => api.CreateStatus(repository, status.Commit.Value, GiteaWire.Of(status), cancel)
        );

    public IHostHooks Hooks { get; } = new RestHooks(target => GiteaApi.Open(outside, target));

    public bool CarriesProof(HeaderOf header) => GiteaProof.Of(header) is not null;

    public bool IsAuthentic(HeaderOf header, ReadOnlySpan<byte> body, IReadOnlyList<Secret> secrets) =>
        GiteaProof.Fits(header, body, secrets);

    public string? DeliveryId(HeaderOf header) => GiteaProof.Told(header, "Delivery");

    public string? EventName(HeaderOf header) => GiteaProof.Told(header, "Event");

    HookReading IReceiveHooks.Read(string? eventName, ReadOnlySpan<byte> body) => GiteaPayload.Read(eventName, body);

    public IGrants Grants { get; } = GiteaOAuth.Flow(outside);
}
