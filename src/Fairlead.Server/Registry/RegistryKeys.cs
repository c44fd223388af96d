using System.Security.Cryptography;
using Fairlead.Core.Secrets;
using Fairlead.Server.Vault;

namespace Fairlead.Server.Registry;

/// <summary>The two keys between this instance and its registry, made at the first start.</summary>
internal sealed class RegistryKeys(KeptSecret kept) : IDisposable
{
    private SigningKey? _signing;
    private Secret? _events;

    /// <summary>Signs the tokens the registry accepts.</summary>
    public async Task<SigningKey> Signing(CancellationToken cancel)
    {
        if (_signing is { } known)
            return known;
        var stored = await kept.GetOrCreate("registry/signing", NewSigningKey, cancel);
        return _signing = SigningKey.FromPkcs8(Convert.FromBase64String(stored.Reveal()));
    }

    /// <summary>What the registry sends along with its notifications, so that nobody else can.</summary>
    public async Task<Secret> Events(CancellationToken cancel) =>
        _events ??= await kept.GetOrCreate("registry/events", NewEventsKey, cancel);

    public void Dispose() => _signing?.Dispose();

    private static Secret NewSigningKey()
    {
        using var key = SigningKey.Create();
        return new Secret(Convert.ToBase64String(key.ToPkcs8()));
    }

    private static Secret NewEventsKey() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
}
