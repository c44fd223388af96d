namespace Fairlead.Core.Providers;

public enum FieldKind
{
    Text,
    Url,
    Secret,
    SecretLines,
    Lines,
    Choice,
    Switch,
}

/// <summary>One field of a provider's form. It drives the console, the CLI's prompts and the docs.</summary>
/// <param name="Name">The key in settings (or, for secrets, in the credential): camelCase.</param>
/// <param name="Label">What a person reads.</param>
public sealed record FormField(string Name, string Label, FieldKind Kind)
{
    public bool Required { get; init; }

    /// <summary>One sentence below the field.</summary>
    public string? Help { get; init; }

    public string? Placeholder { get; init; }

    /// <summary>For <see cref="FieldKind.Choice"/>: value and label.</summary>
    public IReadOnlyList<(string Value, string Label)> Choices { get; init; } = [];

    /// <summary>Shown only while another field has one of these values.</summary>
    public (string Field, string[] Values)? ShownWhen { get; init; }

    /// <summary>Belongs to the credential though it may be shown: a user name.</summary>
    public bool WithCredential { get; init; }

    /// <summary>Stored with the credential, so that everything that shares the credential shares it.</summary>
    public bool IsCredential => IsSecret || WithCredential;

    /// <summary>Belongs to the credential, is sealed, and never comes back out.</summary>
    public bool IsSecret => Kind is FieldKind.Secret or FieldKind.SecretLines;
}
