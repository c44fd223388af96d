using Fairlead.Core.Providers;

namespace Fairlead.Server.Credentials;

/// <summary>A credential that nobody typed: a person granted it on the host's page.</summary>
/// <param name="Keep">Notes how it is renewed, in the transaction that seals it.</param>
internal sealed record GrantedCredential(
    PreparedCredential Credential,
    Func<CredentialRow, CancellationToken, Task> Keep
);
