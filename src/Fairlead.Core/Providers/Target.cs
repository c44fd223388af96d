using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;

namespace Fairlead.Core.Providers;

/// <summary>A connection as a provider sees it: where, as whom, trusting what, allowed to go where.</summary>
public sealed class Target
{
    /// <summary>Settings as <see cref="IProvider.Read"/> returned them.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The opened secrets, by field name. They live as long as this object: one operation.</summary>
    public IReadOnlyDictionary<string, Secret> Secrets { get; init; } = new Dictionary<string, Secret>();

    /// <summary>Where an administrator lets this instance go beyond the public internet over TLS.</summary>
    public IReadOnlyList<ReachRule> Reach { get; init; } = [];

    /// <summary>The token was granted by a person on the host's page, not made there and pasted here.</summary>
    public bool IsGranted => Setting(Way) == Granted;

    /// <summary>
    /// Gets another token in place of a granted one that the host refused before its end: once for all who ask at the
    /// same time. Null where nothing was granted.
    /// </summary>
    public Func<Secret, CancellationToken, Task<Outcome<Secret>>>? Renew { get; init; }

    /// <summary>The same, with a way to get another token.</summary>
    public Target RenewedBy(Func<Secret, CancellationToken, Task<Outcome<Secret>>> renew) =>
        new()
        {
            Settings = Settings,
            Secrets = Secrets,
            Reach = Reach,
            Renew = renew,
        };

    public string? Setting(string name) => Settings.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public Secret? SecretOf(string name) => Secrets.TryGetValue(name, out var value) && !value.IsEmpty ? value : null;

    /// <summary>PEM of additional certificate authorities for every hop of this connection, or null.</summary>
    public string? CertificateAuthorities => Setting(CaSetting);

    /// <summary>The settings key that says how a credential came to be, where a kind has several ways.</summary>
    public const string Way = "way";

    public const string Granted = "oauth";

    /// <summary>The settings key every kind uses for its own certificate authorities.</summary>
    public const string CaSetting = "ca";
}
