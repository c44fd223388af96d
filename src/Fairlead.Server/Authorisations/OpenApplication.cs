using Fairlead.Contracts.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Fairlead.Server.Vault;

namespace Fairlead.Server.Authorisations;

/// <summary>An application ready for one question to its host.</summary>
/// <param name="Name">The site as people name it.</param>
internal sealed record OpenedApplication(
    string Name,
    IProvider Provider,
    IGrants Host,
    Target Site,
    GrantApplication Application
);

/// <summary>Opens an application: who speaks to its host, where, and with which secret.</summary>
internal sealed class OpenApplication(FairleadDb db, SecretVault vault, IReadOnlyList<IProvider> providers)
{
    public const string SecretField = "clientSecret";

    public async Task<Outcome<OpenedApplication>> Run(ApplicationRow row, CancellationToken cancel)
    {
        if (providers.FirstOrDefault(known => known.Kind == row.Kind) is not { } provider)
            return ConnectionFailures.KindUnknown(row.Kind);
        if (provider is not IAuthorise host)
            return AuthorisationFailures.CannotAuthorise(provider.Title);
        var secrets = await vault.Open(db, row.Owner, 1, cancel);
        var site = new Target { Settings = row.Settings, Reach = await ReachRuleRow.Read(db, cancel) };
        var application = new GrantApplication(
            row.ClientId,
            secrets.GetValueOrDefault(SecretField) ?? new Secret(""),
            new Uri(row.Callback)
        );
        return new OpenedApplication(row.Site, provider, host.Grants, site, application);
    }

    /// <summary>What an administrator registers at hosts of this kind; null where there is nothing to.</summary>
    public static GrantInfo? Registration(ServerOptions options, IProvider provider)
    {
        if (provider is not IAuthorise host)
            return null;
        var guide = host.Grants.Guide(new Target { Settings = new Dictionary<string, string>() });
        return new GrantInfo(Callback(options, provider.Kind).AbsoluteUri, host.Grants.Scopes)
        {
            Register = guide.Ok ? guide.Value.Register.AbsoluteUri : null,
        };
    }

    /// <summary>One address for all hosts of a kind: it is needed before the application is there.</summary>
    public static Uri Callback(ServerOptions options, string kind) => new($"{options.BaseUrl}/authorise/{kind}");
}
