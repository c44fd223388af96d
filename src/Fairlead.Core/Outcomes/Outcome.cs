using System.Diagnostics.CodeAnalysis;

namespace Fairlead.Core.Outcomes;

/// <summary>A value, or the failure that a person or an outside system caused. Bugs stay exceptions.</summary>
public readonly struct Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, Failure? failure) => (_value, Failure) = (value, failure);

    public Failure? Failure { get; }

    [MemberNotNullWhen(false, nameof(Failure))]
    public bool Ok => Failure is null;

    /// <summary>The value; asking for it after a failure is a bug.</summary>
    public T Value => Ok ? _value! : throw new InvalidOperationException($"No value: {Failure.Code}");

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Failure failure) => new(default, failure);

    public bool Try([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Failure? failure)
    {
        (value, failure) = (_value, Failure);
        return Ok;
    }

    public Outcome<TNext> Then<TNext>(Func<T, Outcome<TNext>> next) => Ok ? next(_value!) : Failure;

    public Outcome<TNext> Map<TNext>(Func<T, TNext> map) => Ok ? map(_value!) : Failure;
}

/// <summary>The value of an outcome that has nothing to say but "done".</summary>
public readonly record struct Done
{
    public static readonly Done It = default;
}
