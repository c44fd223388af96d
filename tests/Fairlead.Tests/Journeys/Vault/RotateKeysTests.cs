using System.Net.Http.Json;
using Fairlead.Contracts;
using Fairlead.Contracts.Vault;
using Fairlead.Core.Secrets;
using Fairlead.Server.Vault;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Vault;

/// <summary>The key-encryption key changes while everything stays readable, whatever happens on the way.</summary>
public sealed class RotateKeysTests
{
    [Fact]
    public async Task Secrets_open_throughout_a_rotation_and_the_old_key_goes()
    {
        await using var server = await TestServer.Start();
        await SealMany(server, 500);
        var old = server.Services.GetRequiredService<KeyRing>().Newest.Id;
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            for (var i = 1; !stop.IsCancellationRequested; i = i % 500 + 1)
                Assert.Equal($"secret {i}", await Read(server, i));
        });
        var writer = Task.Run(async () =>
        {
            for (var i = 501; !stop.IsCancellationRequested; i++)
                await SealedRowsTests.Seal(
                    server,
                    $"credential/{i}",
                    1,
                    new() { ["token"] = new Secret($"secret {i}") }
                );
        });
        for (var round = 0; round < 3; round++)
        {
            var answer = await server.Administrator.PostAsync("/api/v1/vault/rotate", null);
            var rotation = await answer.Content.ReadFromJsonAsync<KeyRotation>();
            Assert.True(rotation!.Rewrapped >= 500);
            Assert.Equal([rotation.KeyId], KeyIds(server));
        }
        await stop.CancelAsync();
        await Task.WhenAll(reader, writer);
        Assert.DoesNotContain(old, await File.ReadAllTextAsync(server.Options.KeyFile));
        Assert.Equal(0, await server.With(db => db.Set<SealedRow>().CountAsync(row => row.KeyId == old)));
    }

    [Fact]
    public async Task A_rotation_cut_short_anywhere_is_finished_by_the_next_start()
    {
        await using var server = await TestServer.Start();
        await SealMany(server, 250);
        // As a kill leaves it: the new key is in the file, and part of the rows are wrapped under it.
        var keys = server.Services.GetRequiredService<KeyRing>();
        var fresh = KeyEncryptionKey.Make(new ManualClock().GetUtcNow());
        var old = keys.Newest;
        keys.Replace([old, fresh]);
        await server.With(async db =>
        {
            foreach (var row in await db.Set<SealedRow>().Where(row => row.Id % 3 == 0).ToListAsync())
            {
                (row.WrapNonce, row.WrappedKey) = Envelope.Rewrap(old, fresh, row);
                row.KeyId = fresh.Id;
            }
            return await db.SaveChangesAsync();
        });
        Assert.Equal("secret 7", await Read(server, 7));

        await server.Restart();
        await Eventually.True("the old key is dropped", () => KeyIds(server).Length == 1);
        Assert.Equal([fresh.Id], KeyIds(server));
        for (var i = 1; i <= 250; i++)
            Assert.Equal($"secret {i}", await Read(server, i));
    }

    [Fact]
    public async Task A_key_file_that_cannot_be_written_leaves_everything_as_it_was()
    {
        await using var server = await TestServer.Start();
        await SealMany(server, 3);
        var before = KeyIds(server);
        Directory.CreateDirectory(server.Options.KeyFile + ".new");
        var answer = await server.Administrator.PostAsync("/api/v1/vault/rotate", null);
        Assert.Equal("vault.key-file", (await answer.Content.ReadFromJsonAsync<Problem>())!.Code);
        Assert.Equal(before, KeyIds(server));
        Assert.Equal("secret 2", await Read(server, 2));
    }

    [Fact]
    public async Task Forms_of_the_console_survive_rotation_and_restart()
    {
        await using var server = await TestServer.Start();
        var before = Protector(server).Protect([1, 2, 3]);
        await server.Administrator.PostAsync("/api/v1/vault/rotate", null);
        await server.Restart();
        Assert.Equal([1, 2, 3], Protector(server).Unprotect(before));
        Assert.Empty(Directory.EnumerateFiles(server.Options.Data, "*.xml", SearchOption.AllDirectories));
    }

    private static Microsoft.AspNetCore.DataProtection.IDataProtector Protector(TestServer server) =>
        server
            .Services.GetRequiredService<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>()
            .CreateProtector("test");

    private static string[] KeyIds(TestServer server) =>
        File.ReadLines(server.Options.KeyFile)
            .Where(line => line.StartsWith("kek_", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[0])
            .ToArray();

    private static async Task SealMany(TestServer server, int count)
    {
        for (var i = 1; i <= count; i++)
            await SealedRowsTests.Seal(server, $"credential/{i}", 1, new() { ["token"] = new Secret($"secret {i}") });
    }

    private static async Task<string> Read(TestServer server, int i) =>
        (await SealedRowsTests.Open(server, $"credential/{i}", 1))["token"].Reveal();
}
