using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;
using Fairlead.Server.Authorisations;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Connections;

/// <summary>A connection ready for one operation: who can speak to it, and where, as whom.</summary>
internal sealed record Bound(ConnectionRow Connection, IProvider Provider, Target Target);

/// <summary>
/// Opens a connection for one operation: its provider, its settings, its unsealed secrets, the reach rules. Whether
/// somebody may use it is asked before (<see cref="UsableConnections"/>).
/// </summary>
internal sealed class ConnectionOpener(
    FairleadDb db,
    FreshSecrets credentials,
    RenewGrant grants,
    IReadOnlyList<IProvider> providers
)
{
    public async Task<Outcome<Bound>> Open(long connectionId, CancellationToken cancel)
    {
        var row = await db.Set<ConnectionRow>()
            .AsNoTracking()
            .SingleOrDefaultAsync(connection => connection.Id == connectionId, cancel);
        return row is null ? ConnectionFailures.Gone : await Open(row, cancel);
    }

    public async Task<Outcome<Bound>> Open(ConnectionRow row, CancellationToken cancel)
    {
        var credential = await db.Set<CredentialRow>()
            .AsNoTracking()
            .SingleOrDefaultAsync(found => found.Id == row.CredentialId, cancel);
        if (credential is null)
            return await With(row, NoShown, NoSecrets, cancel);
        if (!(await credentials.Open(credential.Id, cancel)).Try(out var secrets, out var failure))
            return failure;
        var bound = await With(row, credential.Shown, secrets, cancel);
        return credential.IsGranted
            ? bound.Map(open => open with { Target = open.Target.RenewedBy(grants.Replacing(credential.Id)) })
            : bound;
    }

    /// <summary>As if the connection had this credential.</summary>
    public async Task<Outcome<Bound>> With(
        ConnectionRow row,
        IReadOnlyDictionary<string, string> shown,
        IReadOnlyDictionary<string, Secret> secrets,
        CancellationToken cancel
    )
    {
        if (providers.FirstOrDefault(provider => provider.Kind == row.Kind) is not { } provider)
            return ConnectionFailures.KindUnknown(row.Kind);
        var target = new Target
        {
            Settings = Merge(row.Settings, shown),
            Secrets = secrets,
            Reach = await ReachRules(cancel),
        };
        return new Bound(row, provider, target);
    }

    public Task<IReadOnlyList<ReachRule>> ReachRules(CancellationToken cancel) => ReachRuleRow.Read(db, cancel);

    private static readonly Dictionary<string, string> NoShown = [];
    private static readonly Dictionary<string, Secret> NoSecrets = [];

    /// <summary>What the credential shows (a user name) outranks a setting of the same name.</summary>
    private static Dictionary<string, string> Merge(
        IReadOnlyDictionary<string, string> settings,
        IReadOnlyDictionary<string, string> shown
    )
    {
        var merged = new Dictionary<string, string>(settings);
        foreach (var (name, value) in shown)
            merged[name] = value;
        return merged;
    }
}
