using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Access;
using Fairlead.Contracts.Audit;
using Fairlead.Server.Audit;
using Fairlead.Server.Data;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Audit;

/// <summary>The chain has no gaps, names the first entry that was tampered with, and no act goes unrecorded.</summary>
public sealed class AuditChainTests(PostgresServer postgres)
{
    public static TheoryData<bool> Databases => [false, true];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Side_by_side_writers_leave_no_gap(bool onPostgres)
    {
        await using var server = await Start(onPostgres);
        var known = (await Verify(server)).Good;
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), async (i, _) => await Append(server, $"thing/{i}", true));
        // A transaction that is rolled back takes its entry with it.
        await Append(server, "thing/undone", false);
        await Append(server, "thing/last", true);
        var verdict = await Verify(server);
        Assert.Equal((known + 61, null), (verdict.Good, verdict.FirstBad));
    }

    [Fact]
    public async Task The_first_entry_that_was_changed_moved_or_removed_is_named()
    {
        await using var server = await Start(false);
        for (var i = 0; i < 40; i++)
            await Append(server, $"thing/{i}", true);
        var total = (await Verify(server)).Good;
        string[] edits =
        [
            "update audit set \"Who\" = 'somebody' where \"Id\" = 7",
            "update audit set \"At\" = \"At\" + 1 where \"Id\" = 7",
            "update audit set \"Address\" = null where \"Id\" = 7",
            "update audit set \"Hash\" = zeroblob(32) where \"Id\" = 7",
            "delete from audit where \"Id\" = 7",
        ];
        foreach (var edit in edits)
        {
            var verdict = await server.With(async db =>
            {
                await using var undone = await db.Database.BeginTransactionAsync();
                await db.Database.ExecuteSqlRawAsync(edit);
                return await new VerifyAudit(db).Run(default);
            });
            Assert.Equal((6L, 7L), (verdict.Good, verdict.FirstBad));
        }
        Assert.Equal((total, null), ((await Verify(server)).Good, (await Verify(server)).FirstBad));
    }

    [Fact]
    public async Task An_act_that_cannot_be_recorded_does_not_happen()
    {
        await using var server = await Start(false);
        await server.With(db =>
            db.Database.ExecuteSqlRawAsync(
                "create trigger full before insert on audit begin select raise(abort, 'no room'); end"
            )
        );
        var answer = await server.Administrator.PostAsJsonAsync("/api/v1/groups", new NewGroup("web"));
        Assert.Equal(500, (int)answer.StatusCode);
        Assert.DoesNotContain("no room", await answer.Content.ReadAsStringAsync());
        Assert.Empty((await server.Member.GetFromJsonAsync<Page<Group>>("/api/v1/groups"))!.Items);
    }

    [Fact]
    public async Task Administrators_read_who_did_what()
    {
        await using var server = await Start(false);
        await server.Administrator.PostAsJsonAsync("/api/v1/groups", new NewGroup("web"));
        var page = await server.Administrator.GetFromJsonAsync<Page<AuditEntry>>("/api/v1/audit?q=group/web");
        var entry = Assert.Single(page!.Items);
        Assert.Equal(("ada", "group.created", "127.0.0.1"), (entry.Who, entry.What, entry.Address));
        Assert.Null((await server.Administrator.GetFromJsonAsync<AuditVerdict>("/api/v1/audit/verify"))!.FirstBad);
    }

    private async Task<TestServer> Start(bool onPostgres)
    {
        var database = onPostgres ? await postgres.NewDatabase() : null;
        return await TestServer.Start(options: plain => plain with { Database = database });
    }

    private static Task<AuditVerdict> Verify(TestServer server) => server.With(db => new VerifyAudit(db).Run(default));

    private static Task<int> Append(TestServer server, string subject, bool commit) =>
        server.With(
            async (FairleadDb db) =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                var log = server.Services.GetRequiredService<AuditLog>();
                await log.Append(db, "test", "thing.done", subject, "", "192.0.2.1");
                var saved = await db.SaveChangesAsync();
                if (commit)
                    await transaction.CommitAsync();
                return saved;
            }
        );
}
