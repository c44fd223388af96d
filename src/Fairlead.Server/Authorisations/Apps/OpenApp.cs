using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Vault;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Authorisations.Apps;

/// <summary>An App ready for one question to its host.</summary>
internal sealed record OpenedApp(AppRow Row, IAppMaker Host, Target Target);

/// <summary>A kind whose hosts make Apps.</summary>
internal sealed record FoundMaker(IProvider Provider, IAppMaker Host);

/// <summary>Opens an App: who speaks to its host, where, and with which key.</summary>
internal sealed class OpenApp(FairleadDb db, SecretVault vault, IReadOnlyList<IProvider> providers)
{
    /// <param name="key">Instead of the one it has.</param>
    public async Task<Outcome<OpenedApp>> Run(long? id, CancellationToken cancel, Secret? key = null)
    {
        var row = await db.Set<AppRow>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancel);
        if (row is null)
            return AuthorisationFailures.AppUnknown;
        if (!Maker(row.Kind).Try(out var maker, out var failure))
            return failure;
        var secrets = (await vault.Open(db, row.Owner, row.Version, cancel)).ToDictionary();
        secrets[maker.Host.KeyField] = key ?? secrets[maker.Host.KeyField];
        var target = new Target
        {
            Settings = row.Settings.With(row.Shown),
            Secrets = secrets,
            Reach = await ReachRuleRow.Read(db, cancel),
        };
        return new OpenedApp(row, maker.Host, target);
    }

    /// <summary>A host before there is an App.</summary>
    public async Task<Target> Site(Dictionary<string, string> settings, CancellationToken cancel) =>
        new() { Settings = settings, Reach = await ReachRuleRow.Read(db, cancel) };

    public Outcome<FoundMaker> Maker(string kind) =>
        providers.FirstOrDefault(known => known.Kind == kind) is not { } provider ? ConnectionFailures.KindUnknown(kind)
        : provider is IMakeApps host ? new FoundMaker(provider, host.Apps)
        : AuthorisationFailures.NoApps(provider.Title);
}
