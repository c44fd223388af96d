using Fairlead.Contracts.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Connections;

/// <summary>
/// Makes a connection: all failures of the form at once; then row, sealed secret and audit entry in one transaction;
/// then the first verification, whose verdict is part of the answer.
/// </summary>
internal sealed class CreateConnection(
    FairleadDb db,
    IReadOnlyList<IProvider> providers,
    ReadScope scopes,
    StoreCredential credentials,
    VerifyConnection verify,
    ShowConnection show,
    AuditLog audit,
    TimeProvider time
)
{
    /// <param name="granted">A credential that came from the host's own page; the input has none then.</param>
    public async Task<Outcome<ConnectionView>> Run(
        NewConnection input,
        Caller caller,
        CancellationToken cancel,
        GrantedCredential? granted = null
    )
    {
        if (providers.FirstOrDefault(kind => kind.Kind == input.Kind) is not { } provider)
            return ConnectionFailures.KindUnknown(input.Kind);
        var slug = input.Id ?? Slugs.From(input.Name);
        var existing = await credentials.Find(input.Credential, input.Kind, caller, cancel);
        var form = await ReadForm.Run(
            provider,
            granted is null ? Typed(provider, input, existing) : Typed(provider, input, granted),
            cancel
        );
        var scope = await scopes.Run(input.Scope, input.People, input.Groups, caller, cancel);
        var failures = Naming(input, slug)
            .Concat([existing.Failure, form.Failure, scope.Failure])
            .OfType<Failure>()
            .SelectMany(failure => failure.Parts.Count > 0 ? failure.Parts : [failure])
            .ToList();
        if (failures.Count > 0)
            return Failure.Of(failures);
        try
        {
            var id = await Store(input, slug, form.Value, existing.Value.Row, scope.Value, granted, caller, cancel);
            await verify.Now(id, cancel);
        }
        catch (DbUpdateException refused) when (refused.IsUniqueViolation())
        {
            return ConnectionFailures.SlugTaken(slug);
        }
        return await show.Run(slug, caller, cancel);
    }

    private static TypedForm Typed(IProvider provider, NewConnection input, Outcome<FoundCredential> existing) =>
        existing is { Ok: true, Value.Row: { } row }
            ? new TypedForm(
                input.Settings.With(provider.Typed(row.Shown)),
                new Dictionary<string, string>(),
                row.Fields
            )
            {
                Granted = row.IsGranted,
            }
            : new TypedForm(input.Settings, input.Secrets, null);

    private static TypedForm Typed(IProvider provider, NewConnection input, GrantedCredential granted) =>
        new(
            input.Settings.With(provider.Typed(granted.Credential.Shown)),
            new Dictionary<string, string>(),
            [.. granted.Credential.Secrets.Keys]
        )
        {
            Granted = granted.Credential.Shown.GetValueOrDefault(Target.Way) == Target.Granted,
        };

    private static IEnumerable<Failure?> Naming(NewConnection input, string slug)
    {
        if (input.Name.Trim().Length is 0 or > 100 || input.Name.Any(char.IsControl))
            yield return ConnectionFailures.NameMissing;
        if (!Slugs.IsWellFormed(slug))
            yield return ConnectionFailures.SlugMalformed;
    }

    private async Task<long> Store(
        NewConnection input,
        string slug,
        ConnectionDraft draft,
        CredentialRow? existing,
        ScopeDraft scope,
        GrantedCredential? granted,
        Caller caller,
        CancellationToken cancel
    )
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var credential =
            existing
            ?? await credentials.Add(
                slug,
                input.Name,
                input.Kind,
                draft.Credential ?? granted?.Credential,
                caller,
                true,
                cancel,
                granted?.AppId
            );
        if (granted?.Keep is { } keep && credential is not null)
            await keep(credential, cancel);
        var row = new ConnectionRow
        {
            Slug = slug,
            Name = input.Name.Trim(),
            Kind = input.Kind,
            Settings = draft.Settings.ToDictionary(),
            CredentialId = credential?.Id,
            Scope = scope.Scope,
            OwnerId = caller.PersonId,
            CreatedAt = time.GetUtcNow(),
            NextVerifyAt = time.GetUtcNow() + TimeSpan.FromMinutes(1),
        };
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        db.AddRange(scope.Grants(row.Id));
        var detail = $"{input.Kind}, {scope.Scope.ToString().ToLowerInvariant()}";
        await audit.Append(db, caller.Name, "connection.created", $"connection/{slug}", detail, caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return row.Id;
    }
}
