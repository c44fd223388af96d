using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Server.Connections;

namespace Fairlead.Server.Credentials;

/// <summary>
/// Reads the fields of a kind's form that stand with the credential, without a connection around them.
/// </summary>
internal static class ReadCredential
{
    public static async Task<Outcome<PreparedCredential>> Run(
        IProvider provider,
        IReadOnlyDictionary<string, string> settings,
        IReadOnlyDictionary<string, string> secrets,
        CancellationToken cancel
    )
    {
        var given = secrets.Where(field => field.Value.Trim().Length > 0).ToDictionary();
        var failures = ReadForm.Common(provider, settings, given).ToList();
        if (failures.Count > 0)
            return Failure.Of(failures);
        var values = given.ToDictionary(field => field.Key, field => new Secret(field.Value));
        var prepared = await ReadForm.Prepare(provider, settings, values, cancel);
        return prepared.Then<PreparedCredential>(read => read.Secrets.Count == 0 ? CredentialFailures.Empty : read);
    }
}
