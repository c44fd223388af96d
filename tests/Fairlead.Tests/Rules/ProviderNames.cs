using System.Text.RegularExpressions;

namespace Fairlead.Tests.Rules;

/// <summary>A provider's name stands in its room and nowhere else, so that adding one touches nothing.</summary>
public sealed partial class ProviderNames
{
    private const string Room = "src/Fairlead.Providers/";

    /// <summary>Where programs are called, some of which share a name with a kind.</summary>
    private static readonly string[] CallsPrograms = ["src/Fairlead.Programs/", "src/Fairlead.Runner/"];

    [Fact]
    public async Task Stand_in_their_rooms_only()
    {
        var sources = await SourceFile.Sources();
        var names = sources.Where(file => file.Path.StartsWith(Room)).SelectMany(Names).Distinct().ToList();
        Assert.NotEmpty(names);
        var others = sources.Where(file =>
            file.Path.StartsWith("src/") && !file.Path.StartsWith(Room) && !CallsPrograms.Any(file.Path.StartsWith)
        );
        Violations.None(
            others.SelectMany(file => Mentions(file, names)),
            "Ask the provider's fields and capabilities:"
        );
    }

    [Fact]
    public async Task Do_not_stand_in_another_providers_room()
    {
        var rooms = (await SourceFile.Sources())
            .Where(file => file.Path.StartsWith(Room))
            .GroupBy(file => file.Path[Room.Length..].Split('/')[0])
            .ToList();
        var strangers =
            from room in rooms
            from name in room.SelectMany(Names)
            from other in rooms
            where other.Key != room.Key
            from file in other
            from mention in Mentions(file, [name])
            select mention;
        Violations.None(strangers, "A provider knows nothing of others:");
    }

    [Fact]
    public void Control_a_stray_name_is_seen()
    {
        var names = Names(new(Room + "Hub/Hub.cs", "public string Kind => \"hub\";\npublic string Title => \"Hub\";"))
            .ToList();
        Assert.Equal(["hub", "Hub"], names);
        Assert.Single(Mentions(new("src/Fairlead.Server/A.cs", "if (kind == \"hub\") return;"), names));
        Assert.Single(Mentions(new("src/Fairlead.Server/A.razor", "<p title=\"Hub\">"), names));
        Assert.Empty(Mentions(new("src/Fairlead.Server/A.cs", "var hub = Hubs.First();"), names));
    }

    private static IEnumerable<string> Names(SourceFile file) =>
        NameProperty().Matches(file.Text).Select(match => match.Groups["name"].Value);

    /// <summary>
    /// Names are looked for as whole string literals and attribute values: many are common words too.
    /// </summary>
    private static IEnumerable<string> Mentions(SourceFile file, IReadOnlyList<string> names) =>
        from line in file.Lines.Index()
        where !line.Item.TrimStart().StartsWith("//")
        from name in names
        where line.Item.Contains($"\"{name}\"", StringComparison.Ordinal)
        select $"{file.At(line.Index + 1)}: {line.Item.Trim()}";

    [GeneratedRegex("""string (Kind|Title)\s*=>\s*"(?<name>[^"]+)";""")]
    private static partial Regex NameProperty();
}
