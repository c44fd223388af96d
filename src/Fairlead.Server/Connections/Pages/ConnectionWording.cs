using Fairlead.Contracts.Connections;
using Fairlead.Server.Web.Parts;

namespace Fairlead.Server.Connections.Pages;

/// <summary>How the console says how a connection stands.</summary>
internal static class ConnectionWording
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public static readonly IReadOnlyList<(string Value, string Label)> Verdicts =
    [
        ("trusted", "trusted"),
        ("rejected", "rejected"),
        ("unreachable", "unreachable"),
        ("misconfigured", "misconfigured"),
        ("unverified", "not verified"),
    ];

    public static readonly IReadOnlyList<(string Value, string Label)> Scopes =
    [
        ("private", "private: you alone"),
        ("public", "public: everyone who signs in"),
        ("custom", "custom: the people and groups below"),
    ];

    public static (Tone Tone, string Word) State(VerdictInfo verdict, DateTimeOffset now) =>
        verdict.Kind switch
        {
            _ when verdict.Proposal is not null => (Tone.Warn, "waits for your confirmation"),
            "trusted" when verdict.ExpiresAt - now < Soon => (Tone.Warn, "trusted, expiring"),
            "trusted" => (Tone.Good, "trusted"),
            "rejected" => (Tone.Bad, "rejected"),
            "unreachable" => (Tone.Bad, "unreachable"),
            "misconfigured" => (Tone.Warn, "misconfigured"),
            _ => (Tone.Idle, "not verified"),
        };
}
