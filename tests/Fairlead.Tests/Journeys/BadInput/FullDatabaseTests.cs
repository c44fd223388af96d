using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Images;
using Fairlead.Emulators.Programs;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.BadInput;

/// <summary>The disk that the server keeps its own database on is full, really.</summary>
public sealed class FullDatabaseTests
{
    [Fact]
    public async Task It_is_said_everywhere_nothing_half_done_stays_and_it_works_again_once_there_is_room()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can mount a small disk.");
        using var disk = new TempDir();
        await Tool.Run("mount", ["-t", "tmpfs", "-o", "size=16m", "small", disk]);
        try
        {
            await using var server = await TestServer.Start(options: options => options with { Data = disk });
            using var faces = await Faces.Of(server);
            Fill(disk);

            var problem = await Refused(server);
            Assert.Equal("server.storage-full", problem.Code);
            Assert.Equal("The disk of the database is full; nothing was changed.", problem.Title);
            await faces.FailsInCli(problem.Title, problem.Remedy, "namespace", "add", "late");
            await faces.FailureScreen(problem, "/groups", "new", number => [("name", $"late-group-{number}")]);

            File.Delete(disk["filler"]);
            var spaces = await server.Administrator.GetFromJsonAsync<Page<NamespaceInfo>>("/api/v1/namespaces");
            Assert.DoesNotContain(spaces!.Items, space => space.Name.StartsWith("late", StringComparison.Ordinal));
            using var again = await server.Administrator.PostAsJsonAsync("/api/v1/namespaces", Space("late"));
            Assert.True(again.IsSuccessStatusCode, await again.Content.ReadAsStringAsync());
        }
        finally
        {
            await Tool.Run("umount", ["-l", disk]);
        }
    }

    /// <summary>To the last byte.</summary>
    private static void Fill(TempDir disk)
    {
        using var filler = new FileStream(disk["filler"], FileMode.Create, FileAccess.Write, FileShare.None, 0);
        foreach (var size in (int[])[1 << 20, 1 << 12, 1])
            try
            {
                while (true)
                    filler.Write(new byte[size]);
            }
            catch (IOException)
            {
                // No more of this size.
            }
    }

    /// <summary>What is in the journal already has room, so it takes a few until one is refused.</summary>
    private static async Task<Problem> Refused(TestServer server)
    {
        for (var i = 0; i < 2000; i++)
        {
            using var answer = await server.Administrator.PostAsJsonAsync("/api/v1/namespaces", Space($"s{i}"));
            if (!answer.IsSuccessStatusCode)
                return await Faces.Refusal(answer, 507);
        }
        throw new InvalidOperationException("The disk never got full.");
    }

    private static NamespaceInput Space(string name) => new(name);
}
