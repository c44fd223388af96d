using System.Net;
using System.Net.Http.Headers;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Registries;
using Fairlead.Providers;
using Fairlead.Providers.Oci;
using Fairlead.Server.Hosting;

namespace Fairlead.Server.Registry;

/// <summary>
/// This instance's own registry, as the server itself uses it: with tokens it mints for itself, request by request.
/// </summary>
internal sealed class ManagedImages(
    RegistryOptions registry,
    ServerOptions server,
    RegistryTokens tokens,
    Outside outside
) : IImageRegistry, IOciAuthorisation
{
    /// <summary>The subject of the server's own tokens; it comes back as the actor of notifications.</summary>
    public const string Subject = "fairlead";

    private readonly Uri _address = new($"{(server.Certificate is null ? "http" : "https")}://{registry.LocalAddress}");

    /// <summary>The registry has no settings and no secrets; where it is, the server knows.</summary>
    public Target Target { get; } = new() { Settings = new Dictionary<string, string>() };

    /// <summary>It listens where this server told it to, so that one address needs nobody's permission.</summary>
    private IReadOnlyList<ReachRule> Reach =>
        [new(_address.Host, new IPNetwork(IPAddress.Parse(_address.Host), 32), _address.Port, PlainHttp: true)];

    public string Host(Target target) => registry.Name;

    public bool PlainHttp(Target target) => server.Certificate is null;

    /// <summary>Where the registry sends clients for tokens, as its configuration has it.</summary>
    public string Realm { get; } = new Uri(server.BaseUrl + RegistryOptions.TokenPath).AbsoluteUri;

    public async Task<Outcome<OciHeader>> For(
        RegistryScope? scope,
        OciChallenge? challenge,
        CancellationToken cancel
    ) => new OciHeader(new AuthenticationHeaderValue("Bearer", await Mint(scope, cancel)));

    public Task<Outcome<IReadOnlyList<string>>> Tags(Target target, string repository, CancellationToken cancel) =>
        With(client => client.Tags(repository, cancel));

    public Task<Outcome<ImageManifest>> Manifest(
        Target target,
        string repository,
        string reference,
        CancellationToken cancel
    ) => With(client => client.Manifest(repository, reference, cancel));

    public Task<Outcome<Done>> PutManifest(
        Target target,
        string repository,
        string tag,
        ImageManifest manifest,
        CancellationToken cancel
    ) => With(client => client.PutManifest(repository, tag, manifest, cancel));

    public Task<Outcome<Done>> DeleteManifest(
        Target target,
        string repository,
        string digest,
        CancellationToken cancel
    ) => With(client => client.DeleteManifest(repository, digest, cancel));

    private Task<string> Mint(RegistryScope? scope, CancellationToken cancel) =>
        tokens.Mint(Subject, scope is null ? [] : [scope], cancel);

    private async Task<Outcome<T>> With<T>(Func<OciClient, Task<Outcome<T>>> use)
    {
        using var http = outside.Http.Open(Reach, authorities: null);
        return await use(new OciClient(http, _address, this));
    }
}
