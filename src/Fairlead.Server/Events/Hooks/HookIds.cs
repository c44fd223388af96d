using System.Security.Cryptography;

namespace Fairlead.Server.Events.Hooks;

/// <summary>The part of a hook's address nobody can guess: 128 random bits as 32 hex digits.</summary>
internal static class HookIds
{
    private const int Length = 32;

    public static string Make() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    /// <summary>Whether it could be one: what could not, costs no query.</summary>
    public static bool IsOne(string text) =>
        text.Length == Length && text.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0;
}
