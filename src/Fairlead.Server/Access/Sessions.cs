using Fairlead.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Server.Access;

/// <summary>Browser sessions: 30 minutes idle, 12 hours at most, kept on the server so they can be ended.</summary>
internal sealed class Sessions(FairleadDb db, TimeProvider time)
{
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);
    private static readonly TimeSpan LastSeenPrecision = TimeSpan.FromMinutes(1);
    private const int UserAgentLength = 200;

    /// <summary>Adds a fresh session; the caller saves. The value goes into the cookie and nowhere else.</summary>
    public string Start(long personId, string? userAgent, string? address)
    {
        var value = RandomText.Make();
        var now = time.GetUtcNow();
        db.Add(
            new SessionRow
            {
                PersonId = personId,
                Hash = RandomText.Hash(value),
                CreatedAt = now,
                LastSeenAt = now,
                ExpiresAt = now + Longest,
                UserAgent = userAgent is { Length: > UserAgentLength } ? userAgent[..UserAgentLength] : userAgent,
                Address = address,
            }
        );
        return value;
    }

    /// <returns>Null for a session that is unknown or over, or a disabled person's.</returns>
    public async Task<Caller?> Find(string value, string? address, CancellationToken cancel)
    {
        var hash = RandomText.Hash(value);
        var session = await db.Set<SessionRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancel);
        var now = time.GetUtcNow();
        if (session is null || session.ExpiresAt <= now || session.LastSeenAt + Idle <= now)
            return null;
        var caller = await Callers.Of(db, session.PersonId, Scopes.All.ToHashSet(), address, cancel);
        if (caller is not null && now - session.LastSeenAt >= LastSeenPrecision)
            await db.Set<SessionRow>()
                .Where(row => row.Id == session.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSeenAt, now), cancel);
        return caller is null ? null : caller with { SessionId = session.Id };
    }

    public Task End(long sessionId, CancellationToken cancel) =>
        db.Set<SessionRow>().Where(row => row.Id == sessionId).ExecuteDeleteAsync(cancel);

    /// <summary>Ends all sessions of a person: on a new password, a new role, or being disabled.</summary>
    public Task EndAll(long personId, CancellationToken cancel, long? except = null) =>
        db.Set<SessionRow>().Where(row => row.PersonId == personId && row.Id != except).ExecuteDeleteAsync(cancel);
}
