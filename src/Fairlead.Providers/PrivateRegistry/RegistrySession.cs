using Fairlead.Core.Connections;
using Fairlead.Core.Providers;
using Fairlead.Providers.Http;
using Fairlead.Providers.Oci;

namespace Fairlead.Providers.PrivateRegistry;

/// <summary>One operation's way to one registry.</summary>
internal sealed class RegistrySession : IDisposable
{
    private readonly GuardedClient _http;
    private readonly RegistryLogin _login;

    public RegistrySession(Outside outside, Target target, Uri registry)
    {
        _http = outside.Http.Open(target.Reach, target.CertificateAuthorities);
        _login = new RegistryLogin(_http, target, registry);
        Client = new OciClient(_http, registry, _login);
    }

    public OciClient Client { get; }

    /// <summary>What a person may confirm after a refusal: a token service or a certificate.</summary>
    public Proposal? Proposal => _login.Proposal ?? _http.Proposal;

    public void Dispose() => _http.Dispose();
}
