using Fairlead.Contracts.Access;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;

namespace Fairlead.Server.Access;

/// <summary>What the CLI does instead of a browser session: a person's own token, all scopes, 30 days.</summary>
internal sealed class SignInForToken(FairleadDb db, SignIn signIn, SetUp setUp, AuditLog audit, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public async Task<Outcome<SignedIn>> Run(SignInRequest input, string? address, CancellationToken cancel) =>
        (await signIn.Run(input.Name, input.Password, address, cancel)).Try(out var person, out var failure)
            ? await Issue(person, input.TokenName, address, cancel)
            : failure;

    public async Task<Outcome<SignedIn>> SetUp(SetUpRequest input, string? address, CancellationToken cancel) =>
        (await setUp.Run(input, address, cancel)).Try(out var person, out var failure)
            ? await Issue(person, null, address, cancel)
            : failure;

    private async Task<SignedIn> Issue(PersonRow person, string? name, string? address, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (text, row) = IssueToken.Make(person.Id, TokenName.Or(name, "sign-in"), Scopes.All, now, now + Lifetime);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(row);
        await audit.Append(
            db,
            person.Name,
            "token.created",
            $"person/{person.Name}",
            $"Token {row.Name}.",
            address,
            cancel
        );
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new SignedIn(person.Name, person.Role.Text(), text, row.ExpiresAt);
    }
}

internal static class TokenName
{
    private const int Longest = 100;

    /// <summary>The name cut to what a list shows, or another when there is none.</summary>
    public static string Or(string? name, string otherwise) =>
        name?.Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, Longest)] : otherwise;
}
