using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Core.Sources;
using Fairlead.Providers.Http;

namespace Fairlead.Providers.Rest;

/// <summary>
/// What a host announces of a function that it has switched off (410), for good or for hours, to be noticed. It is the
/// one thing of an answer's body that people are shown, for nobody else knows it: one line of plain text, cut, without
/// long unbroken runs (a secret sent back would be one), and with its link as text.
/// </summary>
internal static partial class Announcement
{
    private const int MostWords = 160;
    private const int MostLink = 200;

    /// <returns><c>"words" (link)</c>, or one of them; null when nothing is announced.</returns>
    public static string? Of(GuardedResponse response)
    {
        // Bitbucket Cloud has it below its error, GitHub beside a link to its documentation (facts/codehosts.md 5).
        if (response.Json<JsonDocument>() is not { } body)
            return null;
        using var _ = body;
        var root = body.RootElement;
        var error = Field(root, "error");
        var words = Words(Text(error, "message") ?? Text(root, "message"));
        var link = Link(
            Text(Field(error, "data"), "announcement_url")
                ?? Text(root, "announcement_url")
                ?? Text(root, "documentation_url")
        );
        return words is null ? link
            : link is null ? words
            : $"{words} ({link})";
    }

    private static JsonElement Field(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var found) ? found : default;

    private static string? Text(JsonElement owner, string name) =>
        Field(owner, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static string? Words(string? said)
    {
        var plain = Runs().Replace(OpenRequest.Plain(said).TrimEnd('.'), "...").Replace('"', '\'');
        return plain.Length == 0 ? null : $"\"{RestText.Cut(plain, MostWords)}\"";
    }

    /// <summary>Its query and whoever is named in it are nobody's business.</summary>
    private static string? Link(string? said) =>
        Uri.TryCreate(said, UriKind.Absolute, out var url)
        && url is { Scheme: "https", UserInfo: "" }
        && url.GetLeftPart(UriPartial.Path) + url.Fragment is { Length: <= MostLink } link
        && !Runs().IsMatch(link)
            ? link
            : null;

    [GeneratedRegex("[A-Za-z0-9_]{20,}")]
    private static partial Regex Runs();
}
