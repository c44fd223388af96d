using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairlead.Cli.Login;

/// <summary>Which server, and the token for it: what <c>fairlead login</c> remembers.</summary>
internal sealed record SavedSession(string Server, string Token);

/// <summary>The file it is remembered in, readable by its owner alone.</summary>
internal static class SessionFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static string Path
    {
        get
        {
            var home = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } given
                ? given
                : System.IO.Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/", ".config");
            return System.IO.Path.Combine(home, "fairlead", "session.json");
        }
    }

    public static SavedSession? Read()
    {
        if (!File.Exists(Path))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(Path), SessionJson.Default.SavedSession);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static void Write(SavedSession session)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.Delete(Path);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };
        using var file = new FileStream(Path, options);
        JsonSerializer.Serialize(file, session, SessionJson.Default.SavedSession);
    }

    public static bool Delete()
    {
        var existed = File.Exists(Path);
        File.Delete(Path);
        return existed;
    }
}

[JsonSerializable(typeof(SavedSession))]
internal sealed partial class SessionJson : JsonSerializerContext;
