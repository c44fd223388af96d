using Fairlead.Server.Web.Parts;

namespace Fairlead.Server.Hosts.Pages;

/// <summary>How the console says what is with a hook.</summary>
internal static class HookWording
{
    public static (Tone Tone, string Word) State(string state) =>
        state switch
        {
            "registered" => (Tone.Good, "registered"),
            "by-hand" => (Tone.Bad, "not registered"),
            "waiting" => (Tone.Warn, "waiting for the host"),
            "removed" => (Tone.Idle, "removed"),
            _ => (Tone.Idle, "not looked at yet"),
        };
}
