using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Registries;
using Fairlead.Core.Secrets;
using Fairlead.Providers.Oci;

namespace Fairlead.Providers.PrivateRegistry;

/// <summary>
/// Any registry that speaks the OCI distribution protocol, with a token service or basic authentication.
/// </summary>
internal sealed class PrivateRegistry(Outside outside) : IProvider, IVerify, IMintRegistryCredential, IImageRegistry
{
    public string Kind => "image-registry";

    public string Title => "Image registry";

    public string Summary => "Any registry that docker login works with, to push images to or pull base images from.";

    public ProviderFamily Family => ProviderFamily.ImageRegistry;

    public string Icon => "brand-docker";

    public IReadOnlyList<FormField> Fields => PrivateRegistryForm.Fields;

    public Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input) => PrivateRegistryForm.Read(input);

    public string Host(Target target) => Address(target).Authority;

    public bool PlainHttp(Target target) => Address(target).Scheme == Uri.UriSchemeHttp;

    public async Task<Verdict> Verify(Target target, CancellationToken cancel)
    {
        using var session = new RegistrySession(outside, target, Address(target));
        var ping = await session.Client.Ping(cancel);
        return ping.Try(out var asked, out var failure)
            ? Trusted(asked ? target.Setting(PrivateRegistryForm.Username) : null)
            : Verdict.From(failure) with
            {
                Proposal = session.Proposal,
            };
    }

    /// <summary>
    /// A registry of its own accord mints nothing that other programs could use: it is the stored secret.
    /// </summary>
    public Task<Outcome<RegistryCredential>> MintRegistryCredential(
        Target target,
        string repository,
        bool push,
        CancellationToken cancel
    )
    {
        var user = target.Setting(PrivateRegistryForm.Username) ?? "";
        var password = target.SecretOf(PrivateRegistryForm.Password) ?? new Secret("");
        return Task.FromResult<Outcome<RegistryCredential>>(
            new RegistryCredential(user, password, true, null) { Realm = target.Setting(PrivateRegistryForm.Realm) }
        );
    }

    public Task<Outcome<IReadOnlyList<string>>> Tags(Target target, string repository, CancellationToken cancel) =>
        With(target, registry => registry.Tags(repository, cancel));

    public Task<Outcome<ImageManifest>> Manifest(
        Target target,
        string repository,
        string reference,
        CancellationToken cancel
    ) => With(target, registry => registry.Manifest(repository, reference, cancel));

    public Task<Outcome<Done>> PutManifest(
        Target target,
        string repository,
        string tag,
        ImageManifest manifest,
        CancellationToken cancel
    ) => With(target, registry => registry.PutManifest(repository, tag, manifest, cancel));

    public Task<Outcome<Done>> DeleteManifest(
        Target target,
        string repository,
        string digest,
        CancellationToken cancel
    ) => With(target, registry => registry.DeleteManifest(repository, digest, cancel));

    private static Uri Address(Target target) => new(target.Setting(PrivateRegistryForm.Url)!);

    private static Verdict Trusted(string? user)
    {
        var sentence = user is null
            ? "The registry answers without asking who is there."
            : "The registry accepts the login.";
        return new Verdict(VerdictKind.Trusted, sentence) { Identity = user };
    }

    private async Task<Outcome<T>> With<T>(Target target, Func<OciClient, Task<Outcome<T>>> use)
    {
        using var session = new RegistrySession(outside, target, Address(target));
        return await use(session.Client);
    }
}
