using System.Net;
using Fairlead.Emulators.Programs;
using Fairlead.Server.Events;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Crash;

/// <summary>
/// A killed server keeps what the operating system has in memory, so killing shows nothing about power loss: the
/// system calls do. Before every answer the journal must have been brought to disk.
/// </summary>
public sealed class DurabilityTests
{
    private const int Hooks = 10;

    [Fact]
    public async Task Every_answer_follows_a_sync_of_the_journal() =>
        Assert.Equal(Hooks, await AnswersAfterSync(StartupHook.NoLedger));

    [Fact]
    public async Task A_store_that_does_not_wait_for_the_disk_is_caught() =>
        Assert.InRange(await AnswersAfterSync(StartupHook.NoLedger, StartupHook.HalfDurable), 0, Hooks / 2);

    [Fact]
    public async Task A_full_disk_refuses_with_words_loses_nothing_and_recovers()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("Mounting a small disk takes root.");
        using var disk = new TempDir();
        await Tool.Run("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", disk]);
        try
        {
            await using var server = await TestServer.Start(options: options => options with { Data = disk });
            var source = await BoundSource.Make(server);
            var (accepted, refusal) = await Fill(server, source);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refusal.StatusCode);
            Assert.NotNull(refusal.Headers.RetryAfter);
            Assert.Contains("hook.not-stored", await refusal.Content.ReadAsStringAsync());
            Assert.Equal(accepted, await server.With(db => db.Set<DeliveryRow>().CountAsync()));

            await Tool.Run("mount", ["-o", "remount,size=64m", disk]);
            await Eventually.True(
                "hooks are accepted again",
                async () => (await source.Send(server.Anonymous, Large, "after")).StatusCode == HttpStatusCode.Accepted
            );
        }
        finally
        {
            await Tool.Run("umount", ["-l", disk]);
        }
    }

    private static readonly string Large = $$"""{"note":"{{new string('x', 200_000)}}"}""";

    private static async Task<(int Accepted, HttpResponseMessage Refusal)> Fill(TestServer server, BoundSource source)
    {
        for (var accepted = 0; accepted < 100; accepted++)
            if (await source.Send(server.Anonymous, Large, $"{accepted}") is { IsSuccessStatusCode: false } refusal)
                return (accepted, refusal);
        throw new InvalidOperationException("The disk never got full.");
    }

    /// <summary>How many of the answers came after a sync that came after the answer before.</summary>
    private static async Task<int> AnswersAfterSync(params string[] mutants)
    {
        using var directory = new TempDir();
        var trace = directory["trace"];
        string[] strace =
        [
            "strace",
            "-D",
            "-f",
            // Stops the server at these calls only, not at every one.
            "--seccomp-bpf",
            "-y",
            "-s",
            "40",
            "-e",
            "trace=fsync,fdatasync,sendmsg,sendto",
            "-o",
            trace,
        ];
        await using (var server = await ServerProcess.Start(StartupHook.With(mutants), strace))
            await Send(server);
        return Count(await File.ReadAllLinesAsync(trace));
    }

    private static async Task Send(ServerProcess server)
    {
        await using var data = new Seeding(server);
        var source = await data.Bind();
        for (var i = 0; i < Hooks; i++)
            Assert.True(
                (await source.Push(server.Client, $"b{i}", Commits.None, Commits.Number(i))).IsSuccessStatusCode
            );
    }

    private static int Count(IEnumerable<string> calls)
    {
        var (synced, journal, count) = (false, new HashSet<string>(), 0);
        foreach (var call in calls)
        {
            var thread = call.Split(' ')[0];
            if (call.Contains("sync(") && call.Contains("fairlead.db-wal>") && call.Contains("unfinished"))
                journal.Add(thread);
            else if (call.Contains("sync(") && call.Contains("fairlead.db-wal>") && call.EndsWith("= 0"))
                synced = true;
            else if (call.Contains("sync resumed") && journal.Remove(thread))
                synced = true;
            else if (call.Contains("HTTP/1.1 202"))
            {
                count += synced ? 1 : 0;
                synced = false;
            }
        }
        return count;
    }
}
