using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Authorisations;

/// <summary>
/// A credential's values, ready to be used: what a person granted is renewed first when it is about to end. The refresh
/// token never leaves the vault this way.
/// </summary>
internal sealed class FreshSecrets(FairleadDb db, CredentialSecrets secrets, RenewGrant renew, TimeProvider time)
{
    /// <summary>A token that lives at least this much longer will do when it cannot be renewed just now.</summary>
    private static readonly TimeSpan StillGood = TimeSpan.FromSeconds(5);

    /// <summary>Another server may replace the values between reading their version and reading them.</summary>
    private const int MostReadings = 5;

    public async Task<Outcome<IReadOnlyDictionary<string, Secret>>> Open(long credentialId, CancellationToken cancel)
    {
        for (var reading = 1; ; reading++)
        {
            var row = await db.Set<CredentialRow>().AsNoTracking().SingleAsync(one => one.Id == credentialId, cancel);
            var grant = await db.Set<GrantRow>()
                .AsNoTracking()
                .SingleOrDefaultAsync(one => one.CredentialId == row.Id && one.Version == row.Version, cancel);
            if (grant?.EndedAt is not null)
                return GrantFailures.Ended(await SiteOf(grant, cancel));
            if (grant?.RenewAt <= time.GetUtcNow() && reading < MostReadings)
            {
                if ((await renew.Run(row.Id, row.Version)).Failure is not { } failure)
                    continue;
                if (!Lasts(grant, failure))
                    return failure;
            }
            var values = await secrets.Open(row, cancel);
            if (values.Count > 0 || row.Fields.Count == 0 || reading >= MostReadings)
                return values.Where(value => value.Key != Grant.RefreshField).ToDictionary();
        }
    }

    private bool Lasts(GrantRow grant, Failure failure) =>
        failure.Retry == Retry.Later && grant.ExpiresAt > time.GetUtcNow() + StillGood;

    private Task<string> SiteOf(GrantRow grant, CancellationToken cancel) =>
        db.Set<ApplicationRow>()
            .Where(one => one.Id == grant.ApplicationId)
            .Select(one => one.Site)
            .SingleAsync(cancel);
}
