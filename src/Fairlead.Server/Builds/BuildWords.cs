using Fairlead.Core.Builds;

namespace Fairlead.Server.Builds;

/// <summary>How states, phases and reasons are spelled outside.</summary>
internal static class BuildWords
{
    public static string Word(this BuildState state) =>
        state == BuildState.TimedOut ? "timed-out" : state.ToString().ToLowerInvariant();

    public static string Word(this BuildPhase phase) => phase.ToString().ToLowerInvariant();

    public static string Word(this BuildReason reason) => reason.ToString().ToLowerInvariant();

    public static BuildState? State(string word) => Find<BuildState>(word, Word);

    public static BuildPhase? Phase(string word) => Find<BuildPhase>(word, Word);

    private static T? Find<T>(string word, Func<T, string> spelled)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (spelled(value) == word)
                return value;
        return null;
    }
}
