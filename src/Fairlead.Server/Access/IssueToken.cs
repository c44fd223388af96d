namespace Fairlead.Server.Access;

/// <summary>Makes the text of an API token and its row. The text is seen once, by who asked.</summary>
internal static class IssueToken
{
    public static (string Text, ApiTokenRow Row) Make(
        long personId,
        string name,
        IEnumerable<string> scopes,
        DateTimeOffset now,
        DateTimeOffset? expires
    )
    {
        var text = TokenFormat.Make();
        var row = new ApiTokenRow
        {
            PersonId = personId,
            Name = name,
            Hash = RandomText.Hash(text),
            Hint = text[^4..],
            Scopes = scopes.Order(StringComparer.Ordinal).ToList(),
            CreatedAt = now,
            ExpiresAt = expires,
        };
        return (text, row);
    }
}
