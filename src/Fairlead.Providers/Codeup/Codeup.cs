using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.Codeup;

/// <summary>Alibaba Cloud Codeup, the central edition or one of a region, by personal access token.</summary>
internal sealed class Codeup(Outside outside)
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
        IWriteWithGit
{
    private readonly CodeupCredentials _credentials = new(outside);

    public string Kind => "codeup";

    public string Title => "Codeup";

    public string Summary =>
        "Alibaba Cloud Codeup, central or a region's edition. Hooks are registered and kept by themselves.";

    public ProviderFamily Family => ProviderFamily.CodeHost;

    public string Icon => "git-branch";

    public IReadOnlyList<FormField> Fields => CodeupForm.Fields;

    public Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input) => CodeupForm.Read(input);

    public Outcome<RepositoryAddress> Locate(Target target, string repository) =>
        CodeupSite.Of(target).Then(site => site.Locate(target, repository));

    public ConnectGuide Guide(IReadOnlyDictionary<string, string> typed) => CodeupGuide.Of(typed);

    public IReadOnlyList<PrivilegeNeed> Needs(IReadOnlyDictionary<string, string> settings) => CodeupCredentials.Needs;

    public Task<Outcome<PrivilegeReport>> ExplainPrivileges(Target target, CancellationToken cancel) =>
        _credentials.Explain(target, cancel);

    public Task<Verdict> Verify(Target target, CancellationToken cancel) => _credentials.Verify(target, cancel);

    public Task<Outcome<GitCredential>> MintGitCredential(Target target, string repository, CancellationToken cancel) =>
        _credentials.ForGit(target, cancel);

    public async Task<Outcome<RefList>> ListRefs(
        Target target,
        string repository,
        string? known,
        CancellationToken cancel
    ) =>
        (await _credentials.ForGit(target, cancel)).Try(out var credential, out var failure)
            ? await HostGit.ListRefs(outside, target, Locate(target, repository), credential, known, cancel)
            : failure;

    public Task<Outcome<IReadOnlyList<HostedRepository>>> ListRepositories(Target target, CancellationToken cancel) =>
        CodeupApi.Ask(
            outside,
            target,
            async api =>
                (await api.Repositories(cancel)).Map<IReadOnlyList<HostedRepository>>(all =>
                    [.. all.Select(one => CodeupWire.Plain(one, api.Site))]
                )
        );

    public Task<Outcome<IReadOnlyList<OpenRequest>>> ListRequests(
        Target target,
        string repository,
        CancellationToken cancel
    ) =>
        CodeupApi.Ask(
            outside,
            target,
            async api =>
                (await api.Repository(repository, cancel)).Try(out var one, out var failure)
                    ? OpenRequests.Of(await api.Requests(one.Id, cancel), api.Rest, request => request.Open(one.Id))
                    : failure
        );

    public Task<Outcome<HostedRepository>> FindRepository(Target target, string repository, CancellationToken cancel) =>
        CodeupApi.Ask(
            outside,
            target,
            async api => (await api.Repository(repository, cancel)).Map(one => CodeupWire.Plain(one, api.Site))
        );

    public Task<Outcome<HostedRepository>> FindById(Target target, string id, string name, CancellationToken cancel) =>
        CodeupApi.Ask(
            outside,
            target,
            async api => (await api.RepositoryById(id, name, cancel)).Map(one => CodeupWire.Plain(one, api.Site))
        );

    public Task<Outcome<Done>> ReportStatus(
        Target target,
        string repository,
        CommitStatus status,
        CancellationToken cancel
    ) =>
        CodeupApi.Ask(
            outside,
            target,
            async api =>
                (await api.Repository(repository, cancel)).Try(out var one, out var failure)
                    ? await api.CreateStatus(one.Id, status.Commit.Value, CodeupWire.Of(status), cancel)
                    : failure
        );

    public IHostHooks Hooks { get; } = new CodeupHooks(outside);

    public bool CarriesProof(HeaderOf header) => CodeupProof.IsCarried(header);

    public bool IsAuthentic(HeaderOf header, ReadOnlySpan<byte> body, IReadOnlyList<Secret> secrets) =>
        CodeupProof.Fits(header, secrets);

    /// <summary>There is none: the body stands for itself.</summary>
    public string? DeliveryId(HeaderOf header) => null;

    public string? EventName(HeaderOf header) => CodeupProof.Told(header, "Event");

    HookReading IReceiveHooks.Read(string? eventName, ReadOnlySpan<byte> body) =>
        LabPayload.Read(eventName, body, namesOldCommit: false);
}
