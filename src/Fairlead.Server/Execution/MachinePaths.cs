using System.Security.Cryptography;
using System.Text;
using Fairlead.Server.Hosting;

namespace Fairlead.Server.Execution;

/// <summary>
/// Where jobs live on this machine. Run as root, the server keeps what its unprivileged helpers touch outside the data
/// directory, which is closed to them; the paths carry a name derived from it, so instances do not meet.
/// </summary>
/// <param name="State">On disk: mirrors, work trees, layer stores.</param>
/// <param name="Run">Short, on tmpfs where there is one: sockets.</param>
/// <param name="Secrets">On tmpfs: credential files of running jobs.</param>
/// <param name="Control">The server's own: process ids and descriptions of jobs.</param>
internal sealed record MachinePaths(string State, string Run, string Secrets, string Control)
{
    public string Mirrors => Path.Combine(State, "mirrors");

    /// <summary>The Unix socket that runners talk to.</summary>
    public string JobSocket => Path.Combine(Run, "jobs.sock");

    /// <summary>Directories of all jobs, one each, named <c>BUILD-ATTEMPT</c>.</summary>
    public string Jobs => Path.Combine(State, "jobs");

    public static MachinePaths Of(ServerOptions options)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(options.Data)))[..8];
        var control = Path.Combine(options.Data, "run", "jobs");
        return RunnerUser.Exists
            ? new($"/var/lib/fairlead/{name}", $"/run/fairlead/{name}", $"/dev/shm/fairlead-{name}", control)
            : new(
                Path.Combine(options.Data, "work"),
                Path.Combine(options.Data, "run"),
                Directory.Exists("/dev/shm")
                    ? $"/dev/shm/fairlead-{name}"
                    : Path.Combine(options.Data, "run", "secrets"),
                control
            );
    }

    public JobPaths Job(long build, int attempt) => new(this, new JobId(build, attempt));

    public JobPaths Job(JobId id) => new(this, id);
}

/// <summary>One start of a runner for one build.</summary>
internal readonly record struct JobId(long Build, int Attempt)
{
    public override string ToString() => $"{Build}-{Attempt}";

    public static JobId? Parse(string text) =>
        text.Split('-') is [var build, var attempt]
        && long.TryParse(build, out var number)
        && int.TryParse(attempt, out var times)
            ? new JobId(number, times)
            : null;
}

/// <summary>Where one job lives.</summary>
internal sealed record JobPaths(MachinePaths Machine, JobId Id)
{
    /// <summary>The runner's own, mode 0700.</summary>
    public string Work => Path.Combine(Machine.Jobs, Id.ToString());

    /// <summary>The runner's own, mode 0700, on tmpfs.</summary>
    public string SecretsParent => Path.Combine(Machine.Secrets, Id.ToString());

    /// <summary>Inside, so that the runner itself can remove it when it ends.</summary>
    public string Secrets => Path.Combine(SecretsParent, "keys");

    /// <summary>Keys to an engine that is not ours; goes with the other secrets.</summary>
    public string EngineFiles => Path.Combine(Secrets, "engine");

    /// <summary>The server's; the runner cannot read it.</summary>
    public string Control => Path.Combine(Machine.Control, Id.ToString());

    public string ProcessFile => Path.Combine(Control, "pid");

    /// <summary>What the runner's process says besides the build's log: its own crash, mostly.</summary>
    public string Output => Path.Combine(Control, "runner.log");

    public string Spec => Path.Combine(Control, "spec.json");
}
