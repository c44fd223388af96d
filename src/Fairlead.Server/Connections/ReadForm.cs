using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;

namespace Fairlead.Server.Connections;

/// <summary>A form that was read and found good.</summary>
/// <param name="Settings">What is stored with the connection.</param>
/// <param name="Credential">What is stored with its credential; null when the form needs or brings none.</param>
internal sealed record ConnectionDraft(IReadOnlyDictionary<string, string> Settings, PreparedCredential? Credential);

/// <summary>What a person typed into a kind's form, and what a credential already holds of it.</summary>
/// <param name="Secrets">Typed now; not used when <paramref name="Kept"/> is given.</param>
/// <param name="Kept">The names of the secrets an existing credential holds, or null.</param>
internal sealed record TypedForm(
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyDictionary<string, string> Secrets,
    IReadOnlyCollection<string>? Kept
)
{
    /// <summary>What is kept was granted on the host's page.</summary>
    public bool Granted { get; init; }
}

/// <summary>
/// Reads a kind's form: rules every field has, then the provider's own, then the parts go where they belong, to the
/// connection or to its credential.
/// </summary>
internal static class ReadForm
{
    private const int Longest = 64 * 1024;

    public static async Task<Outcome<ConnectionDraft>> Run(
        IProvider provider,
        TypedForm typed,
        CancellationToken cancel
    )
    {
        var secrets = typed.Secrets.Where(field => field.Value.Trim().Length > 0).ToDictionary();
        var failures = Common(provider, typed.Settings, secrets).ToList();
        var given = (typed.Kept ?? secrets.Keys).ToHashSet();
        var read = provider.Read(new FormInput(typed.Settings, given) { Granted = typed.Granted });
        if (read.Failure is { } refused)
            failures.AddRange(refused.Parts.Count > 0 ? refused.Parts : [refused]);
        if (failures.Count > 0)
            return Failure.Of(failures);
        var ownFields = provider.Fields.Where(field => field.IsCredential).Select(field => field.Name).ToHashSet();
        var settings = read.Value.Where(field => !ownFields.Contains(field.Key)).ToDictionary();
        if (typed.Kept is not null)
            return new ConnectionDraft(settings, null);
        var kept = secrets
            .Where(secret => Applies(provider, secret.Key, read.Value))
            .ToDictionary(secret => secret.Key, secret => new Secret(secret.Value));
        return (await Prepare(provider, read.Value, kept, cancel)).Map(credential => new ConnectionDraft(
            settings,
            credential.Secrets.Count + credential.Shown.Count == 0 ? null : credential
        ));
    }

    internal static IEnumerable<Failure> Common(
        IProvider provider,
        IReadOnlyDictionary<string, string> settings,
        IReadOnlyDictionary<string, string> secrets
    )
    {
        var fields = provider.Fields.ToDictionary(field => field.Name);
        foreach (var (name, value) in settings.Concat(secrets))
            if (!fields.TryGetValue(name, out var field) || field.IsSecret != secrets.ContainsKey(name))
                yield return ConnectionFailures.FieldUnknown(name);
            else if (value.Length > Longest)
                yield return ConnectionFailures.FieldTooLong(name);
            else if (field.Kind == FieldKind.Secret && value.Any(char.IsControl))
                yield return ConnectionFailures.SecretCharacters(name);
    }

    /// <summary>A secret typed into a field that the other choices hide is dropped.</summary>
    private static bool Applies(IProvider provider, string name, IReadOnlyDictionary<string, string> settings) =>
        provider.Fields.Single(field => field.Name == name).ShownWhen is not var (other, values)
        || values.Contains(settings.GetValueOrDefault(other) ?? "");

    internal static async Task<Outcome<PreparedCredential>> Prepare(
        IProvider provider,
        IReadOnlyDictionary<string, string> settings,
        IReadOnlyDictionary<string, Secret> secrets,
        CancellationToken cancel
    )
    {
        if (provider is IPrepareCredential own)
            return await own.Prepare(settings, secrets, cancel);
        var shown = provider
            .Fields.Where(field => field.WithCredential && settings.ContainsKey(field.Name))
            .ToDictionary(field => field.Name, field => settings[field.Name]);
        return new PreparedCredential(secrets, shown);
    }
}
