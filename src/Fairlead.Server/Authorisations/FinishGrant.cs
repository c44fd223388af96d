using Fairlead.Contracts.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Fairlead.Server.Vault;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Authorisations;

/// <summary>What a host sent a person back with.</summary>
internal sealed record GrantAnswer(string Kind, string? State, string? Code, string? Error);

/// <summary>
/// Takes a person back from a host: the answer counts once, soon, for the session that asked. The code becomes tokens,
/// the tokens a sealed credential, and the credential a connection.
/// </summary>
internal sealed class FinishGrant(
    FairleadDb db,
    SecretVault vault,
    OpenApplication open,
    CreateConnection create,
    ReplaceCredential replace,
    TimeProvider time
)
{
    /// <returns>The connection's ID.</returns>
    public async Task<Outcome<string>> Run(GrantAnswer answer, Caller caller, CancellationToken cancel)
    {
        if (!(await Take(answer, caller, cancel)).Try(out var asked, out var failure))
            return failure;
        var (request, application, verifier) = asked;
        if (answer.Error is { } error)
            return error == "access_denied" ? AuthorisationFailures.Denied : AuthorisationFailures.HostRefused;
        if (string.IsNullOrEmpty(answer.Code) || answer.Code.Length > 4096)
            return AuthorisationFailures.HostRefused;
        if (!(await open.Run(application, cancel)).Try(out var opened, out failure))
            return failure;
        // The code is spent once it is sent: from here on the person's browser may go, and what came is kept.
        var code = new Secret(answer.Code);
        var exchanged = await opened.Host.Exchange(opened.Site, opened.Application, code, verifier, default);
        if (!exchanged.Try(out var grant, out failure))
            return failure;
        var granted = new GrantedCredential(grant.ToCredential(), (row, stop) => Keep(row, application, grant, stop));
        if (request.CredentialId is { } credential)
            return (await replace.Granted(credential, granted, caller, default)).Map(_ => request.Slug);
        var input = new NewConnection(request.Name, application.Kind)
        {
            Id = request.Slug,
            Settings = application.Settings,
        };
        return (await create.Run(input, caller, default, granted)).Map(made => made.Id);
    }

    private sealed record Asked(GrantRequestRow Request, ApplicationRow Application, Secret Verifier);

    private async Task<Outcome<Asked>> Take(GrantAnswer answer, Caller caller, CancellationToken cancel)
    {
        var (hash, now) = (RandomText.Hash(answer.State ?? ""), time.GetUtcNow());
        var row = await db.Set<GrantRequestRow>().AsNoTracking().SingleOrDefaultAsync(one => one.Hash == hash, cancel);
        var application = await db.Set<ApplicationRow>()
            .AsNoTracking()
            .SingleOrDefaultAsync(one => row != null && one.Id == row.ApplicationId, cancel);
        if (row is null || application is null || application.Kind != answer.Kind)
            return AuthorisationFailures.StateUnknown;
        if (row.PersonId != caller.PersonId || (row.SessionId is { } session && session != caller.SessionId))
            return AuthorisationFailures.OtherSession;
        if (row.UsedAt is not null)
            return AuthorisationFailures.Replayed;
        if (row.ExpiresAt <= now)
            return AuthorisationFailures.TooLate;
        var taken = await db.Set<GrantRequestRow>()
            .Where(one => one.Id == row.Id && one.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.UsedAt, now), cancel);
        if (taken == 0)
            return AuthorisationFailures.Replayed;
        var secrets = await vault.Open(db, row.Owner, 1, cancel);
        await vault.Forget(db, row.Owner, cancel);
        return new Asked(row, application, secrets[StartGrant.VerifierField]);
    }

    /// <summary>In the transaction that seals the tokens.</summary>
    private async Task Keep(CredentialRow row, ApplicationRow application, Grant grant, CancellationToken cancel)
    {
        await db.Set<GrantRow>().Where(old => old.CredentialId == row.Id).ExecuteDeleteAsync(cancel);
        db.Add(
            new GrantRow
            {
                CredentialId = row.Id,
                ApplicationId = application.Id,
                Version = row.Version,
                ExpiresAt = grant.ExpiresAt,
                RenewAt = RenewGrant.At(grant, time.GetUtcNow()),
            }
        );
    }
}
