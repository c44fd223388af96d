using Fairlead.Contracts.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
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
    GrantRequests requests,
    OpenApplication open,
    CreateConnection create,
    ReplaceCredential replace,
    TimeProvider time
)
{
    /// <returns>The connection's ID.</returns>
    public async Task<Outcome<string>> Run(GrantAnswer answer, Caller caller, CancellationToken cancel)
    {
        var taken = await requests.Take(GrantRequestRow.ForGrant, answer.Kind, answer.State, caller, cancel);
        if (!taken.Try(out var request, out var failure))
            return failure;
        var verifier = (await requests.Spend(request, cancel))[StartGrant.VerifierField];
        var application = await db.Set<ApplicationRow>()
            .AsNoTracking()
            .SingleAsync(one => one.Id == request.ApplicationId, cancel);
        if (answer.Error is { } error)
            return error == "access_denied"
                ? GrantFailures.Denied(application.Site)
                : AuthorisationFailures.HostRefused;
        if (string.IsNullOrEmpty(answer.Code) || answer.Code.Length > 4096)
            return AuthorisationFailures.HostRefused;
        if (!(await open.Run(application, cancel)).Try(out var opened, out failure))
            return failure;
        // The code is spent once it is sent: from here on the person's browser may go, and what came is kept.
        var code = new Secret(answer.Code);
        var exchanged = await opened.Host.Exchange(opened.Site, opened.Application, code, verifier, default);
        if (!exchanged.Try(out var grant, out failure))
            return failure;
        return await Complete(request, application, grant, caller);
    }

    /// <summary>Makes the connection of what was granted, or puts it under those that are there.</summary>
    /// <returns>The connection's ID.</returns>
    public async Task<Outcome<string>> Complete(
        GrantRequestRow request,
        ApplicationRow application,
        Grant grant,
        Caller caller
    )
    {
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
