using Fairlead.Core.Providers;

namespace Fairlead.Server.Connections;

internal static class SettingsMerge
{
    /// <summary>What a credential shows, without what no field of the form asks for: a public key, a way.</summary>
    public static Dictionary<string, string> Typed(this IProvider kind, IReadOnlyDictionary<string, string> shown) =>
        shown.Where(value => kind.Fields.Any(field => field.Name == value.Key)).ToDictionary();

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
