using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Core.Outcomes;

namespace Fairlead.Server.Hosting;

/// <summary>What can be wrong with a request before any verb sees it. Never repeats the body.</summary>
internal static partial class InputFailures
{
    public static readonly Failure TooBig = new("input.too-big", "The body is larger than this takes.", 413);

    public static readonly Failure Unreadable = new("input.unreadable", "The request could not be read.", 400);

    public static Failure Of(BadHttpRequestException bad) =>
        bad switch
        {
            { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooBig,
            { StatusCode: StatusCodes.Status415UnsupportedMediaType } => HostingFailures.WrongMediaType,
            { InnerException: JsonException json } => Of(json),
            { StatusCode: StatusCodes.Status408RequestTimeout } => new(
                "input.too-slow",
                "The body came too slowly.",
                408
            ),
            _ when Parameter().Match(bad.Message) is { Success: true } match => Value(match.Groups["name"].Value),
            _ => Unreadable,
        };

    /// <summary>From what the framework says about JSON to a sentence, a field and nothing of the content.</summary>
    private static Failure Of(JsonException json)
    {
        var field = Field(json.Path);
        if (Missing().Match(json.Message) is { Success: true } missing)
            return Failure.Of(
                Quoted().Matches(missing.Value).Select(name => MissingField(field, name.Groups[1].Value)).ToList()
            );
        if (NullParameter().Match(json.Message) is { Success: true } isNull)
            return MissingField(null, field ?? isNull.Groups["name"].Value);
        if (Unmapped().Match(json.Message) is { Success: true } unmapped)
            return new("input.unknown-field", $"There is no field {Short(unmapped.Groups["name"].Value)} here.", 400)
            {
                Field = Short(unmapped.Groups["name"].Value),
                Remedy = "Check its spelling.",
            };
        if (IsWrongType(json) && field is not null)
            return Value(field);
        return new("input.not-json", $"The body is not valid JSON{Where(json)}.", 400)
        {
            Field = field,
            Remedy = "Send one JSON object, UTF-8, no field twice, at most 64 levels deep.",
        };
    }

    /// <summary>
    /// Text that is no Unicode (half a surrogate pair) is reported like a wrong type, and is not one.
    /// </summary>
    private static bool IsWrongType(JsonException json) =>
        json.Message.Contains("could not be converted", StringComparison.Ordinal)
        && json.InnerException?.Message.Contains("UTF-", StringComparison.Ordinal) != true;

    private static string Where(JsonException json) =>
        json.LineNumber is { } line ? $" (line {line + 1}, byte {json.BytePositionInLine + 1})" : "";

    private static Failure MissingField(string? within, string name) =>
        new("input.missing-field", $"The field {name} is missing.", 400)
        {
            Field = within is null ? name : $"{within}.{name}",
        };

    private static Failure Value(string name) =>
        new("input.wrong-type", $"The value of {name} is missing or not of the kind expected.", 400) { Field = name };

    private static string? Field(string? path) =>
        path is null or "$" ? null : Short(path.TrimStart('$').TrimStart('.'));

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    [GeneratedRegex(@"parameter ""[^""]* (?<name>\w+)""")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"missing required properties including: .*", RegexOptions.Singleline)]
    private static partial Regex Missing();

    [GeneratedRegex(@"'(\w+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?:constructor parameter|property or field) '(?<name>\w+)' on type .* doesn't allow")]
    private static partial Regex NullParameter();

    [GeneratedRegex(@"The JSON property '(?<name>[^']*)' could not be mapped")]
    private static partial Regex Unmapped();
}
