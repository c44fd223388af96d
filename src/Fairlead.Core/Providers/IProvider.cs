using Fairlead.Core.Outcomes;

namespace Fairlead.Core.Providers;

public enum ProviderFamily
{
    CodeHost,
    ImageRegistry,
}

/// <summary>
/// An outside system that can be bound. What it can do is said by the capability interfaces it also implements
/// (<c>IVerify</c>, <c>IListRefs</c>, ...): ask with <c>is</c>, never by kind. Implementations are stateless
/// singletons; all state arrives in <see cref="Target"/>.
/// </summary>
public interface IProvider
{
    /// <summary>The stable name stored in rows and typed in the CLI: lower case, no spaces.</summary>
    string Kind { get; }

    /// <summary>What people call it.</summary>
    string Title { get; }

    /// <summary>One sentence that says when to choose it.</summary>
    string Summary { get; }

    ProviderFamily Family { get; }

    /// <summary>The name of its icon in the console's icon set.</summary>
    string Icon { get; }

    IReadOnlyList<FormField> Fields { get; }

    /// <summary>
    /// Checks and normalises what a person typed: settings and, where given, secrets. Answers all failures at once
    /// (<see cref="Failure.Of"/>), each with its field. Does not touch the network.
    /// </summary>
    Outcome<IReadOnlyDictionary<string, string>> Read(FormInput input);
}

/// <summary>What a person typed into a provider's form.</summary>
/// <param name="Settings">By field name; absent and empty mean the same.</param>
/// <param name="SecretsGiven">Names of the secret fields that have a value (typed now, or kept from before).</param>
public sealed record FormInput(IReadOnlyDictionary<string, string> Settings, IReadOnlySet<string> SecretsGiven)
{
    /// <summary>The credential was granted on the host's page: nothing beside it is asked for.</summary>
    public bool Granted { get; init; }
}
