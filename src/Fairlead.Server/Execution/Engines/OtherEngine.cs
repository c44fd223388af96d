using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Programs;

namespace Fairlead.Server.Execution.Engines;

/// <summary>
/// The operator's own docker daemon as engine: seen before each job, never started, stopped or limited.
/// </summary>
internal sealed class OtherEngine(DockerHost host, EngineParts parts, ProgramRunner programs)
{
    public async Task<Outcome<EngineLease>> Ready(CancellationToken cancel)
    {
        if (await DockerPing.Ask(host, cancel) is { } silent)
            return silent;
        if (host.Socket is { } socket && !await RunnerMay(socket, cancel))
            return EngineFailures.HostDenied(host.Address, RunnerUser.Name);
        return new EngineLease(EngineSettings.BuildKit, parts.Program, host.Address, Private: false, [], Limited: false)
        {
            Files = host.Files,
        };
    }

    /// <summary>The server may be root; the runner, which is the one that connects, is not.</summary>
    private async Task<bool> RunnerMay(string socket, CancellationToken cancel)
    {
        if (!RunnerUser.Exists)
            return true;
        var (program, arguments) = RunnerUser.Become("test", ["-w", socket]);
        return await programs.Run(new ProgramCall(program, arguments), cancel) is { Ok: true, Value.Ok: true };
    }
}
