using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>From the text of an API token to whom it speaks for. Also behind <c>docker login</c>.</summary>
internal sealed class ApiTokens(FairleadDb db, TimeProvider time)
{
    private static readonly TimeSpan LastUsedPrecision = TimeSpan.FromMinutes(1);

    /// <returns>Null for a token that is malformed, unknown, expired, or a disabled person's.</returns>
    public async Task<Caller?> Find(string text, string? address, CancellationToken cancel)
    {
        if (!TokenFormat.IsWellFormed(text))
            return null;
        var hash = RandomText.Hash(text);
        var token = await db.Set<ApiTokenRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancel);
        var now = time.GetUtcNow();
        if (token is null || token.ExpiresAt <= now)
            return null;
        var caller = await Callers.Of(db, token.PersonId, token.Scopes.ToHashSet(), address, cancel);
        if (caller is not null && !(now - token.LastUsedAt < LastUsedPrecision))
            await db.Set<ApiTokenRow>()
                .Where(row => row.Id == token.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), cancel);
        return caller is null ? null : caller with { TokenId = token.Id };
    }
}
