namespace Fairlead.Server.Execution.Engines;

/// <summary>
/// Where the parts of one slot's engine lie. What decides how it runs is the server's alone to write: an engine that
/// was broken into must not choose its next doors.
/// </summary>
internal sealed class SlotPaths(EngineOptions options, int slot)
{
    /// <summary>Written by the server only.</summary>
    public string State { get; } = Path.Combine(options.StateDirectory, $"slot-{slot}");

    /// <summary>Written by the engine: its sockets.</summary>
    public string Run { get; } = Path.Combine(options.RunDirectory, $"slot-{slot}");

    /// <summary>
    /// Layers and caches; written by the engine. Builds of requests have one of their own: whatever a stranger leaves
    /// in it, no other build finds.
    /// </summary>
    public string Store(bool ofRequests) => Path.Combine(State, ofRequests ? "store-requests" : "store");

    /// <summary>HOME of the engine.</summary>
    public string Home => Path.Combine(State, "home");

    /// <summary>
    /// A directory per registry host with its certificate authorities; the engine takes a copy when it starts.
    /// </summary>
    public string Certificates => Path.Combine(State, "certs.d");

    public string Log => Path.Combine(State, "engine.log");

    /// <summary>Names the process whose death ends the whole engine.</summary>
    public string Pid => Path.Combine(State, "pid");

    public string Record => Path.Combine(State, "slot.json");

    public string Socket => Path.Combine(Run, "engine.sock");

    public string File(string name) => Path.Combine(State, name);
}
