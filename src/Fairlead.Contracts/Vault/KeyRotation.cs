namespace Fairlead.Contracts.Vault;

/// <summary>The answer to <c>POST /api/v1/vault/rotate</c>.</summary>
/// <param name="KeyId">The key that seals from now on; the older ones are gone from the key file.</param>
/// <param name="Rewrapped">How many data keys were wrapped again.</param>
public sealed record KeyRotation(string KeyId, int Rewrapped);
