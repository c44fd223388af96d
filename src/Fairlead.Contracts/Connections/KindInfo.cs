namespace Fairlead.Contracts.Connections;

/// <summary>
/// A kind of connection and the form that makes one. It drives the console, the CLI's prompts and the docs.
/// </summary>
/// <param name="Kind">What is stored and typed.</param>
/// <param name="Family"><c>code-host</c> or <c>image-registry</c>.</param>
public sealed record KindInfo(
    string Kind,
    string Title,
    string Summary,
    string Family,
    string Icon,
    IReadOnlyList<FieldInfo> Fields
)
{
    /// <summary>How this instance is registered at such a host; null where people cannot grant access there.</summary>
    public GrantInfo? Grant { get; init; }

    /// <summary>What to do at the other side first, in order.</summary>
    public IReadOnlyList<KindStep> Steps { get; init; } = [];

    /// <summary>The least to ask for there.</summary>
    public IReadOnlyList<KindNeed> Needs { get; init; } = [];
}

/// <summary>What an administrator registers at a host, so that people can grant access on its own page.</summary>
/// <param name="Callback">Exactly this, as the callback (redirect) address.</param>
/// <param name="Scopes">What people will be asked for, as the host spells it.</param>
public sealed record GrantInfo(string Callback, string Scopes)
{
    /// <summary>The page to register at, of the kind's public site; null where it has none.</summary>
    public string? Register { get; init; }
}

/// <param name="Page">The page where it is done, at the address the form has when left empty; null where there is
/// none.</param>
public sealed record KindStep(string Text, string? Page);

/// <param name="Privilege">By the name that the other side's page shows.</param>
/// <param name="Without">What fails without it.</param>
public sealed record KindNeed(string Privilege, string Without);

/// <summary>One field of a kind's form.</summary>
/// <param name="Name">The key in <c>settings</c>, or in <c>secrets</c> when <see cref="Secret"/>.</param>
/// <param name="Type">
/// <c>text</c>, <c>url</c>, <c>secret</c>, <c>secret-lines</c>, <c>lines</c>, <c>choice</c>, <c>switch</c>.
/// </param>
public sealed record FieldInfo(string Name, string Label, string Type)
{
    public bool Required { get; init; }

    /// <summary>Sealed; it never comes back out.</summary>
    public bool Secret { get; init; }

    /// <summary>Kept with the credential, so that connections that share the credential share it.</summary>
    public bool WithCredential { get; init; }

    public string? Help { get; init; }
    public string? Placeholder { get; init; }
    public IReadOnlyList<FieldChoice> Choices { get; init; } = [];

    /// <summary>Asked for only while the field named here has one of <see cref="ShownValues"/>.</summary>
    public string? ShownField { get; init; }

    public IReadOnlyList<string> ShownValues { get; init; } = [];
}

public sealed record FieldChoice(string Value, string Label);
