using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys;

/// <summary>The server comes back on its data however it ended.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task It_comes_back_after_kill_9_and_after_a_stop()
    {
        await using var server = await ServerProcess.Start();
        var first = server.ProcessId;
        await server.Kill();
        await server.Start();
        Assert.NotEqual(first, server.ProcessId);
        await server.Stop();
        await server.Start();
        Assert.Contains("live", await server.Client.GetStringAsync("health/live"));
    }
}
