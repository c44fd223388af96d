using Fairlead.Core.Providers;

namespace Fairlead.Server.Credentials;

/// <summary>A credential that nobody typed: a person granted it at the host, or installed an App there.</summary>
/// <param name="Keep">Notes how it is renewed, in the transaction that seals it.</param>
/// <param name="AppId">The App whose key it is.</param>
internal sealed record GrantedCredential(
    PreparedCredential Credential,
    Func<CredentialRow, CancellationToken, Task>? Keep = null,
    long? AppId = null
);
