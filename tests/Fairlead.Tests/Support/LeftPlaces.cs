using Fairlead.Server.Execution;
using Fairlead.Server.Execution.Engines;
using Fairlead.Server.Hosting;

namespace Fairlead.Tests.Support;

/// <summary>
/// Where a server works outside its data directory when it is root: it leaves these when it is killed, and to the next
/// start when it ends, but a test's server is never started again.
/// </summary>
internal static class LeftPlaces
{
    public static IReadOnlyList<string> Of(ServerOptions options)
    {
        var machine = MachinePaths.Of(options);
        var engines = EngineOptions.For(options.Data);
        return [machine.State, machine.Run, machine.Secrets, engines.StateDirectory, engines.RunDirectory];
    }

    /// <summary>Nothing of the server may run any more.</summary>
    public static void Remove(ServerOptions options)
    {
        foreach (var place in Of(options).Where(Directory.Exists))
            Directory.Delete(place, recursive: true);
    }
}
