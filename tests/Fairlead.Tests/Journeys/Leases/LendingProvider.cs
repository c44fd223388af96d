using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Registries;
using Fairlead.Core.Secrets;

namespace Fairlead.Tests.Journeys.Leases;

/// <summary>An outside system that mints whatever it is asked for, so that a lease's own rules can be seen.</summary>
internal sealed class LendingProvider
    : IProvider,
        IMintGitCredential,
        IRevokeGitCredential,
        IMintRegistryCredential,
        IImageRegistry
{
    public const string GitPassword = "git-password-of-the-host";
    public const string RegistryPassword = "registry-password-of-the-host";

    public string Kind => "lending";
    public string Title => "Lending";
    public string Summary => "Mints.";
    public ProviderFamily Family => ProviderFamily.CodeHost;
    public string Icon => "key";
    public IReadOnlyList<FormField> Fields => [];

    /// <summary>What minting fails with; null for nothing.</summary>
    public Failure? Fails { get; set; }

    /// <summary>What takes the git credential back; null mints one that nothing takes back.</summary>
    public string? Handle { get; set; }

    /// <summary>What was taken back.</summary>
    public List<string> Revoked { get; } = [];

    public Task<Outcome<Done>> RevokeGitCredential(Target target, Secret handle, CancellationToken cancel)
    {
        if (Fails is { } failure)
            return Task.FromResult<Outcome<Done>>(failure);
        Revoked.Add(handle.Reveal());
        return Task.FromResult<Outcome<Done>>(Done.It);
    }

    public Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input) => throw new NotSupportedException();

    /// <summary>The repositories that keys were minted for.</summary>
    public List<string> Minted { get; } = [];

    public Task<Outcome<GitCredential>> MintGitCredential(Target target, string repository, CancellationToken cancel)
    {
        Minted.Add(repository);
        return Task.FromResult<Outcome<GitCredential>>(
            Fails is { } failure
                ? failure
                : new GitCredential("ada", new Secret(GitPassword), null, Static: true, ExpiresAt: null)
                {
                    Handle = Handle is { } text ? new Secret(text) : null,
                }
        );
    }

    public Task<Outcome<RegistryCredential>> MintRegistryCredential(
        Target target,
        string repository,
        bool push,
        CancellationToken cancel
    ) =>
        Task.FromResult<Outcome<RegistryCredential>>(
            new RegistryCredential("robot", new Secret(RegistryPassword), Static: true, ExpiresAt: null)
        );

    public string Host(Target target) => target.Setting("host")!;

    public bool PlainHttp(Target target) => false;

    public Task<Outcome<IReadOnlyList<string>>> Tags(Target target, string repository, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task<Outcome<ImageManifest>> Manifest(
        Target target,
        string repository,
        string reference,
        CancellationToken cancel
    ) => throw new NotSupportedException();

    public Task<Outcome<Done>> PutManifest(
        Target target,
        string repository,
        string tag,
        ImageManifest manifest,
        CancellationToken cancel
    ) => throw new NotSupportedException();

    public Task<Outcome<Done>> DeleteManifest(
        Target target,
        string repository,
        string digest,
        CancellationToken cancel
    ) => throw new NotSupportedException();
}
