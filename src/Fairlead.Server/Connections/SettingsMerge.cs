namespace Fairlead.Server.Connections;

internal static class SettingsMerge
{
    /// <summary>These settings with others laid over them; an empty value removes one.</summary>
    public static Dictionary<string, string> With(
        this IReadOnlyDictionary<string, string> settings,
        IReadOnlyDictionary<string, string>? over
    )
    {
        var merged = new Dictionary<string, string>(settings);
        foreach (var (name, value) in over ?? new Dictionary<string, string>())
            if (value.Length == 0)
                merged.Remove(name);
            else
                merged[name] = value;
        return merged;
    }
}
