using Fairlead.Server.Web.Parts;

namespace Fairlead.Server.Events.Pages;

/// <summary>How the console says what became of what was heard.</summary>
internal static class EventWording
{
    public static readonly IReadOnlyList<(string Value, string Label)> States =
    [
        ("received", "received"),
        ("waiting", "waiting"),
        ("processed", "acted on"),
        ("ignored", "nothing to do"),
        ("failed", "failed"),
    ];

    public static readonly IReadOnlyList<(string Value, string Label)> Ways =
    [
        ("hook", "hook"),
        ("poll", "poll"),
        ("person", "person"),
    ];

    public static (Tone Tone, string Word) State(string state) =>
        state switch
        {
            "processed" => (Tone.Good, "acted on"),
            "ignored" => (Tone.Idle, "nothing to do"),
            "failed" => (Tone.Bad, "failed"),
            "waiting" => (Tone.Warn, "waiting"),
            _ => (Tone.Busy, "received"),
        };

    public static string Icon(string heardBy) =>
        heardBy switch
        {
            "hook" => "webhook",
            "poll" => "radar-2",
            _ => "user",
        };

    public static string Source(string connection, string repository) =>
        repository.Length > 0 ? $"{connection}: {repository}" : connection;
}
