using System.Net.Http.Headers;
using System.Text;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Registries;
using Fairlead.Core.Secrets;
using Fairlead.Providers.Http;
using Fairlead.Providers.Oci;

namespace Fairlead.Providers.PrivateRegistry;

/// <summary>
/// Gives the password to the registry itself, or to the token service a person confirmed, and to nobody else: where a
/// registry sends us for tokens is its word, and a hostile one would name a collector of passwords
/// (facts/security.md T26).
/// </summary>
internal sealed class RegistryLogin(GuardedClient http, Target target, Uri registry) : IOciAuthorisation
{
    private readonly string? _pinned = target.Setting(PrivateRegistryForm.Realm);
    private readonly string? _user = target.Setting(PrivateRegistryForm.Username);
    private readonly Secret? _password = target.SecretOf(PrivateRegistryForm.Password);

    /// <summary>The token service to confirm, after it was the reason for a failure.</summary>
    public Proposal? Proposal { get; private set; }

    public async Task<Outcome<OciHeader>> For(
        RegistryScope? scope,
        OciChallenge? challenge,
        CancellationToken cancel
    ) =>
        challenge switch
        {
            null => OciHeader.None,
            { Scheme: "bearer" } => await Token(scope, challenge, cancel),
            _ when _pinned is not null => PrivateRegistryFailures.RealmMoved(registry.Host),
            _ => Basic() is { } basic ? new OciHeader(basic) : OciFailures.LoginNeeded(registry.Host),
        };

    private async Task<Outcome<OciHeader>> Token(RegistryScope? scope, OciChallenge challenge, CancellationToken cancel)
    {
        if (!Confirmed(challenge).Try(out var realm, out var refusal))
            return refusal;
        var request = new GuardedRequest(HttpMethod.Get, Query(realm, scope, challenge.Service))
        {
            Authorization = Basic(),
            Cap = 1024 * 1024,
        };
        if (!(await http.Send(request, cancel)).Try(out var answer, out var failure))
            return failure;
        if (answer.Status is 401 or 403 or 400)
            return _user is null ? OciFailures.LoginNeeded(registry.Host) : OciFailures.LoginRefused(registry.Host);
        if (!answer.Ok)
            return ReachFailures.Failing(realm.Host, answer.Status);
        var text = answer.Json<TokenAnswer>() is { } wire ? wire.Token ?? wire.Access_token : null;
        return text is { Length: > 0 and < 32768 } && text.All(sign => sign is > ' ' and < '\x7f')
            ? new OciHeader(new AuthenticationHeaderValue("Bearer", text))
            : PrivateRegistryFailures.NoToken(realm.Host);
    }

    /// <summary>
    /// A realm on the registry itself needs no confirmation; any other is the one confirmed, to the letter.
    /// </summary>
    private Outcome<Uri> Confirmed(OciChallenge challenge)
    {
        if (!Uri.TryCreate(challenge.Realm, UriKind.Absolute, out var realm) || !IsPlainAddress(realm))
            return PrivateRegistryFailures.RealmUnusable(registry.Host);
        if (_pinned is null ? SameOrigin(realm) : _pinned == realm.AbsoluteUri)
            return realm;
        Proposal = new Proposal(PrivateRegistryForm.Realm, realm.AbsoluteUri, realm.AbsoluteUri);
        return _pinned is null
            ? PrivateRegistryFailures.RealmUnconfirmed(registry.Host, realm.Host)
            : PrivateRegistryFailures.RealmMoved(registry.Host);
    }

    private static bool IsPlainAddress(Uri realm) =>
        realm.Scheme is "https" or "http" && realm.UserInfo.Length == 0 && realm.Fragment.Length == 0;

    private bool SameOrigin(Uri realm) =>
        realm.Scheme == registry.Scheme && realm.IdnHost == registry.IdnHost && realm.Port == registry.Port;

    private Uri Query(Uri realm, RegistryScope? scope, string? service)
    {
        var query = new StringBuilder(realm.Query.Length > 0 ? realm.AbsoluteUri + "&" : realm.AbsoluteUri + "?");
        query.Append("client_id=fairlead");
        foreach (var (name, value) in new[] { ("service", service), ("scope", scope?.ToString()), ("account", _user) })
            if (value is not null)
                query.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return new Uri(query.ToString());
    }

    private AuthenticationHeaderValue? Basic() =>
        _user is null || _password is null ? null : BasicLogin.Of(_user, _password);

    private sealed record TokenAnswer(string? Token, string? Access_token);
}
