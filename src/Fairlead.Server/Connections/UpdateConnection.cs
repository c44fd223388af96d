using Fairlead.Contracts.Connections;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Server.Access;
using Fairlead.Server.Audit;
using Fairlead.Server.Credentials;
using Fairlead.Server.Data;
using Fairlead.Server.Hosts;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Connections;

/// <summary>
/// Changes a connection: what is given replaces what was, and what matters to trust is verified anew.
/// </summary>
internal sealed class UpdateConnection(
    FairleadDb db,
    HostBell hosts,
    IReadOnlyList<IProvider> providers,
    UsableConnections connections,
    ReadScope scopes,
    StoreCredential credentials,
    ChangeUse use,
    VerifyConnection verify,
    ShowConnection show,
    AuditLog audit
)
{
    public async Task<Outcome<ConnectionView>> Run(
        string slug,
        ConnectionChange change,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (!(await connections.FindToChange(slug, caller, cancel)).Try(out var row, out var failure))
            return failure;
        var isOutsider = row.Scope == ScopeOfUse.Private && row.OwnerId != caller.PersonId;
        if (isOutsider && change != new ConnectionChange { Owner = change.Owner })
            return ConnectionFailures.OnlyHandOver;
        if (change.Name is { } name && (name.Trim().Length is 0 or > 100 || name.Any(char.IsControl)))
            return ConnectionFailures.NameMissing;
        if (!(await Form(row, change, caller, cancel)).Try(out var form, out failure))
            return failure;
        if (!(await Scope(row, change, caller, cancel)).Try(out var scope, out failure))
            return failure;
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            if (await use.Run(row, change, scope.Draft, cancel) is { } refused)
                return refused;
            await Apply(row, change, form, caller, cancel);
            await transaction.CommitAsync(cancel);
            hosts.Ring();
        }
        catch (DbUpdateConcurrencyException)
        {
            return ConnectionFailures.Changed;
        }
        if (form.Changes)
            await verify.Now(row.Id, cancel);
        return await show.Run(slug, caller, cancel);
    }

    /// <param name="Changes">Settings or credential change.</param>
    private sealed record FormChange(bool Changes, ConnectionDraft? Draft, CredentialRow? Existing);

    private sealed record ScopeChange(ScopeDraft? Draft);

    private async Task<Outcome<FormChange>> Form(
        ConnectionRow row,
        ConnectionChange change,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (change.Settings is null && change.Secrets is null && change.Credential is null)
            return new FormChange(false, null, null);
        if (providers.FirstOrDefault(kind => kind.Kind == row.Kind) is not { } provider)
            return ConnectionFailures.KindUnknown(row.Kind);
        if (!(await credentials.Find(change.Credential, row.Kind, caller, cancel)).Try(out var found, out var failure))
            return failure;
        var current = await db.Set<CredentialRow>().SingleOrDefaultAsync(key => key.Id == row.CredentialId, cancel);
        var kept = found.Row ?? (change.Secrets is null ? current : null);
        if (found.Row is null && kept is not null && kept.OwnerId != caller.PersonId)
            return ConnectionFailures.CredentialNotYours;
        var settings = row.Settings.With(change.Settings);
        var typed = kept is null
            ? new TypedForm(settings.With(Missing(provider, current, settings)), change.Secrets ?? NoSecrets, null)
            : new TypedForm(settings.With(provider.Typed(kept.Shown)), NoSecrets, kept.Fields)
            {
                Granted = kept.IsGranted,
            };
        return (await ReadForm.Run(provider, typed, cancel)).Map(draft => new FormChange(true, draft, kept));
    }

    private static readonly Dictionary<string, string> NoSecrets = [];

    /// <summary>A user name that was not typed again stays, though the password is new.</summary>
    private static Dictionary<string, string> Missing(
        IProvider provider,
        CredentialRow? current,
        Dictionary<string, string> settings
    ) =>
        (current?.Shown ?? [])
            .Where(field => provider.Fields.Any(known => known.Name == field.Key && known.WithCredential))
            .Where(field => !settings.ContainsKey(field.Key))
            .ToDictionary();

    private async Task<Outcome<ScopeChange>> Scope(
        ConnectionRow row,
        ConnectionChange change,
        Caller caller,
        CancellationToken cancel
    )
    {
        if (change.Scope is null && change.People is null && change.Groups is null)
            return new ScopeChange(null);
        var kind = change.Scope ?? row.Scope.ToString();
        var draft = await scopes.Run(kind, change.People ?? [], change.Groups ?? [], caller, cancel);
        return draft.Map(read => new ScopeChange(read));
    }

    private async Task Apply(
        ConnectionRow row,
        ConnectionChange change,
        FormChange form,
        Caller caller,
        CancellationToken cancel
    )
    {
        row.Name = change.Name?.Trim() ?? row.Name;
        var before = row.CredentialId;
        if (form.Draft is { } draft)
        {
            row.Settings = draft.Settings.ToDictionary();
            var added = await credentials.Add(row.Slug, row.Name, row.Kind, draft.Credential, caller, true, cancel);
            row.CredentialId = (form.Existing ?? added)?.Id;
            row.Verdict = Verdict.Unverified;
            row.VerdictKind = VerdictKind.Unverified;
            row.Failures = 0;
        }
        row.Revision++;
        await db.SaveChangesAsync(cancel);
        if (before != row.CredentialId)
            await credentials.DropIfUnused(before, caller, cancel);
        var detail = string.Join(", ", Changed(change));
        var subject = $"connection/{row.Slug}";
        await audit.Append(db, caller.Name, "connection.updated", subject, detail, caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
    }

    private static IEnumerable<string> Changed(ConnectionChange change)
    {
        var parts = new (string Name, object? Value)[]
        {
            ("name", change.Name),
            ("credential", change.Credential ?? (object?)change.Secrets),
            ("scope", change.Scope ?? (object?)change.People ?? change.Groups),
            ("owner", change.Owner is null ? null : $"now {change.Owner}"),
        };
        return parts
            .Where(part => part.Value is not null)
            .Select(part => part.Name == "owner" ? $"owner {part.Value}" : part.Name)
            .Concat((change.Settings?.Keys ?? []).Select(name => $"settings.{name}"));
    }
}
