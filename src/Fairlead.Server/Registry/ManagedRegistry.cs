using System.Net;
using System.Net.Sockets;
using Fairlead.Core.Outcomes;
using Fairlead.Programs;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;

namespace Fairlead.Server.Registry;

/// <summary>
/// Keeps the instance's own registry running: an ordinary docker-registry process that outlives a crash of this
/// server, is found again at the next start, and is started anew when it is gone or its configuration changed.
/// </summary>
internal sealed partial class ManagedRegistry(
    RegistryOptions registry,
    ServerOptions server,
    RegistryKeys keys,
    DetachedProgram detached,
    KeepTags tags,
    TimeProvider time,
    ILogger<ManagedRegistry> log
) : BackgroundService
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public override async Task StartAsync(CancellationToken cancel)
    {
        if (RegistryConfig.Write(registry, server, await Certificate(cancel), await keys.Events(cancel)))
            await detached.Stop(registry.ProcessFile, Grace, cancel);
        if ((await EnsureRunning(cancel)).Failure is { } failure)
            throw new StartupException($"{failure.Sentence} {failure.Remedy}");
        await base.StartAsync(cancel);
    }

    public override async Task StopAsync(CancellationToken cancel)
    {
        await base.StopAsync(cancel);
        await detached.Stop(registry.ProcessFile, Grace, cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(CheckEvery, time);
        while (await timer.WaitForNextTickAsync(cancel))
            if ((await EnsureRunning(cancel)).Failure is { } failure)
                Log.NotRunning(log, failure.Code, failure.Sentence);
    }

    private async Task<string> Certificate(CancellationToken cancel)
    {
        var key = await keys.Signing(cancel);
        var now = time.GetUtcNow();
        if (!File.Exists(registry.CertificateFile))
            return key.Certificate(now);
        var stored = await File.ReadAllTextAsync(registry.CertificateFile, cancel);
        return key.IsCertifiedBy(stored, now) ? stored : key.Certificate(now);
    }

    private async Task<Outcome<Done>> EnsureRunning(CancellationToken cancel)
    {
        if (DetachedProgram.Find(registry.ProcessFile) is not null)
            return Done.It;
        if (!IsFree(registry.Address))
            return RegistryFailures.PortTaken(registry.Address);
        var call = new DetachedCall(
            "docker-registry",
            ["serve", registry.ConfigFile],
            registry.ProcessFile,
            registry.LogFile
        );
        var started = await detached.Start(call, cancel);
        if (!started.Ok)
            return started.Failure;
        var answers = await Answers(cancel);
        if (answers.Ok)
            tags.Soon();
        return answers;
    }

    /// <summary>Waits until it accepts connections; it takes some 50 ms.</summary>
    private async Task<Outcome<Done>> Answers(CancellationToken cancel)
    {
        for (var tries = 0; tries < 500; tries++)
        {
            if (DetachedProgram.Find(registry.ProcessFile) is null)
                break;
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPEndPoint.Parse(registry.LocalAddress), cancel);
                return Done.It;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancel);
            }
        }
        return RegistryFailures.DidNotStart(registry.LogFile);
    }

    private static bool IsFree(string address)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(IPEndPoint.Parse(address));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The registry does not run ({Code}): {Sentence}")]
        public static partial void NotRunning(ILogger log, string code, string sentence);
    }
}
