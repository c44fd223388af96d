using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>The caller's own API tokens.</summary>
internal sealed class EditTokens(FairleadDb db, AuditLog audit, TimeProvider time)
{
    private const int LongestDays = 366;

    public async Task<Page<ApiToken>> List(Caller caller, string? q, int page, int size, CancellationToken cancel)
    {
        var part = q.Part() ?? "";
        var found = await db.Set<ApiTokenRow>()
            .AsNoTracking()
            .Where(row => row.PersonId == caller.PersonId && row.Name.ToLower().Contains(part))
            .OrderByDescending(row => row.Id)
            .ToPage(page, size, cancel);
        return found.Map(Wire);
    }

    public async Task<Outcome<TokenMade>> Create(NewToken input, Caller caller, CancellationToken cancel)
    {
        if (Check(input, caller) is { Count: > 0 } failures)
            return Failure.Of(failures);
        var now = time.GetUtcNow();
        var (text, row) = IssueToken.Make(
            caller.PersonId,
            input.Name.Trim(),
            input.Scopes.Distinct(),
            now,
            now + TimeSpan.FromDays(input.Days)
        );
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(row);
        var detail = $"{row.Name}: {string.Join(' ', row.Scopes)}.";
        await audit.Append(db, caller.Name, "token.created", $"person/{caller.Name}", detail, caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new TokenMade(Wire(row), text);
    }

    public async Task<Outcome<Done>> Revoke(long id, Caller caller, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var row = await db.Set<ApiTokenRow>()
            .SingleOrDefaultAsync(token => token.Id == id && token.PersonId == caller.PersonId, cancel);
        if (row is null)
            return TokenFailures.NoSuch;
        db.Remove(row);
        await audit.Append(db, caller.Name, "token.revoked", $"person/{caller.Name}", row.Name, caller.Address, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }

    private static List<Failure> Check(NewToken input, Caller caller)
    {
        var failures = new List<Failure>();
        if (input.Name.Trim() is not { Length: > 0 and <= 100 })
            failures.Add(TokenFailures.NameMissing);
        if (input.Days is < 1 or > LongestDays)
            failures.Add(TokenFailures.DaysOutOfRange);
        if (input.Scopes.Count == 0)
            failures.Add(TokenFailures.ScopesMissing);
        else if (input.Scopes.Any(scope => !Scopes.All.Contains(scope)))
            failures.Add(TokenFailures.ScopeUnknown);
        else if (input.Scopes.Any(scope => !caller.Scopes.Contains(scope)))
            failures.Add(TokenFailures.ScopeWider);
        return failures;
    }

    private static ApiToken Wire(ApiTokenRow row) =>
        new(row.Id, row.Name, row.Hint, row.Scopes, row.CreatedAt, row.ExpiresAt, row.LastUsedAt);
}
