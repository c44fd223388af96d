using System.Security.Cryptography;
using System.Text;
using Fairlead.Core.Secrets;
using Fairlead.Server.Data;
using Fairlead.Server.Vault;

namespace Fairlead.Server.Events.Hooks;

/// <summary>The secrets of a source's hook: made here, sealed under <c>source/ID</c>, shown once.</summary>
internal sealed class HookSecrets(SecretVault vault, TimeProvider time)
{
    /// <summary>How long the secret before the current one still opens the hook.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(7);

    private const string Field = "hook";

    /// <summary>Gives the source a new secret in the caller's transaction; the source must have its id.</summary>
    public async Task<Secret> Replace(FairleadDb db, SourceRow source, CancellationToken cancel)
    {
        Span<byte> random = stackalloc byte[32];
        RandomNumberGenerator.Fill(random);
        var secret = new Secret(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(random)));
        source.HookSecretVersion++;
        source.HookSecretSince = time.GetUtcNow();
        var values = new Dictionary<string, Secret> { [Field] = secret };
        await vault.Seal(db, OwnerOf(source), source.HookSecretVersion, values, cancel);
        return secret;
    }

    /// <summary>The current one, and the one before it while it still opens the hook.</summary>
    public async Task<IReadOnlyList<Secret>> Open(FairleadDb db, SourceRow source, CancellationToken cancel)
    {
        var secrets = new List<Secret>(2);
        var oldest = time.GetUtcNow() - source.HookSecretSince < Overlap ? 1 : 0;
        for (var version = source.HookSecretVersion; version >= source.HookSecretVersion - oldest; version--)
            if ((await vault.Open(db, OwnerOf(source), version, cancel)).TryGetValue(Field, out var secret))
                secrets.Add(secret);
        return secrets;
    }

    private static string OwnerOf(SourceRow source) => $"source/{source.Id}";
}
