using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;
using Fairlead.Providers.GitHttp;

namespace Fairlead.Providers.PlainGit;

/// <summary>Any Git server over https or ssh: what git itself can do, and nothing more.</summary>
internal sealed class PlainGit(Outside outside)
    : IProvider,
        IVerify,
        ICodeHost,
        IListRefs,
        IWriteWithGit,
        IPrepareCredential
{
    /// <summary>Below the ten seconds a verification has, so that git's own reason is the one that is told.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(9);

    private readonly PlainGitTrust _trust = new(outside);
    private readonly PlainGitCredentials _credentials = new(outside);

    public string Kind => "git-server";

    public string Title => "Git server";

    public string Summary =>
        "Any server you can clone from over https or ssh. Changes are found by webhook or polling.";

    public ProviderFamily Family => ProviderFamily.CodeHost;

    public string Icon => "brand-git";

    public IReadOnlyList<FormField> Fields => PlainGitForm.Fields;

    public Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input) => PlainGitForm.Read(input);

    public Task<Outcome<PreparedCredential>> Prepare(
        IReadOnlyDictionary<string, string> settings,
        IReadOnlyDictionary<string, Secret> secrets,
        CancellationToken cancel
    ) => _credentials.Prepare(settings, secrets, cancel);

    public Outcome<RepositoryAddress> Locate(Target target, string repository)
    {
        if (!GitUrl.Parse(target.Setting(PlainGitForm.Url)).Try(out var url, out var failure))
            return failure;
        var isOne = target.Setting(PlainGitForm.Layout) != PlainGitForm.Many;
        if (isOne && repository.Length > 0)
            return PlainGitFailures.OneRepository;
        var place = isOne ? url : url.Below(repository);
        return place.Map(found => new RepositoryAddress(
            found.ToString(),
            target.CertificateAuthorities,
            target.Setting(PlainGitForm.HostKeys)
        ));
    }

    public async Task<Outcome<RefList>> ListRefs(
        Target target,
        string repository,
        string? known,
        CancellationToken cancel
    ) =>
        Locate(target, repository).Try(out var address, out var failure)
            ? await RemoteRefs.List(outside, Question(target, address) with { Known = known }, cancel)
            : failure;

    public Task<Outcome<GitCredential>> MintGitCredential(Target target, string repository, CancellationToken cancel) =>
        Task.FromResult<Outcome<GitCredential>>(PlainGitCredentials.Of(target));

    public async Task<Verdict> Verify(Target target, CancellationToken cancel)
    {
        if (
            !(await Remote(target, target.Setting(PlainGitForm.Probe) ?? "", cancel)).Try(
                out var remote,
                out var refusal
            )
        )
            return Verdict.From(refusal);
        var question = Question(target, remote.Address) with { Patience = Patience };
        return (await RemoteRefs.List(outside, question, cancel)).Try(out var refs, out var failure)
            ? Trusted(target, refs)
            : await _trust.Explain(target, remote, failure, cancel);
    }

    private static RefQuestion Question(Target target, RepositoryAddress address) =>
        new(address, PlainGitCredentials.Of(target), target.Reach);

    private async Task<Outcome<GitRemote>> Remote(Target target, string repository, CancellationToken cancel)
    {
        if (!Locate(target, repository).Try(out var address, out var failure))
            return failure;
        var vetted = await outside.Guard.Vet(address, target.Reach, cancel);
        return vetted.Map(found => new GitRemote(address, PlainGitCredentials.Of(target), found.Pin));
    }

    private static Verdict Trusted(Target target, RefList refs)
    {
        var (branches, tags) = (refs.Heads.Count(head => head.Ref.Kind == RefKind.Branch), refs.Heads.Count);
        var sentence =
            refs.Heads.Count == 0
                ? "The repository answers and is still empty."
                : $"Reads {Count(branches, "branch", "branches")} and {Count(tags - branches, "tag", "tags")}.";
        return new Verdict(VerdictKind.Trusted, sentence)
        {
            Identity = PlainGitCredentials.IdentityOf(target),
            Privileges = ["read"],
        };
    }

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
