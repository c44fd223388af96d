using Fairlead.Core.Secrets;
using Fairlead.Server.Data;
using Fairlead.Server.Vault;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Vault;

/// <summary>What a thief of the database gets, and what happens to rows that were moved about.</summary>
public sealed class SealedRowsTests
{
    private const string Canary = "cnry-5e1f-do-not-find-me";

    [Fact]
    public async Task A_sealed_secret_opens_and_is_nowhere_in_the_database_file()
    {
        await using var server = await TestServer.Start();
        await Seal(server, "credential/1", 1, new() { ["password"] = new Secret(Canary), ["empty"] = new Secret("") });
        var opened = await Open(server, "credential/1", 1);
        Assert.Equal(Canary, opened["password"].Reveal());
        Assert.True(opened["empty"].IsEmpty);
        Assert.Empty(await Open(server, "credential/1", 2));
        Assert.DoesNotContain(Canary, await Bytes(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_a_value_stored_in_the_clear_is_found_in_the_file()
    {
        await using var server = await TestServer.Start();
        await server.AddPerson(Canary, Fairlead.Server.Access.Role.Member);
        Assert.Contains(Canary, await Bytes(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_row_opens_in_the_place_of_another()
    {
        await using var server = await TestServer.Start();
        var places = (
            from owner in (string[])["credential/1", "credential/2", "source/1"]
            from version in (int[])[1, 2]
            from field in (string[])["username", "password", "token"]
            select (owner, version, field)
        ).ToList();
        foreach (var group in places.GroupBy(place => (place.owner, place.version)))
            await Seal(
                server,
                group.Key.owner,
                group.Key.version,
                group.ToDictionary(p => p.field, _ => new Secret(Canary))
            );

        var keys = server.Services.GetRequiredService<KeyRing>();
        var rows = await server.With(db => Rows(db).ToListAsync());
        Assert.Equal(places.Count, rows.Count);
        foreach (var row in rows)
        {
            foreach (var (owner, version, field) in places)
            {
                var place = new Place(owner, field, version);
                string Text() => Envelope.Open(keys.Newest, row, place, bytes => new Secret(bytes).Reveal());
                if (place == new Place(row.Owner, row.Field, row.Version))
                    Assert.Equal(Canary, Text());
                else
                    Assert.Throws<SealBrokenException>(() => Text());
            }
        }
    }

    [Fact]
    public async Task Any_changed_bit_breaks_the_seal()
    {
        await using var server = await TestServer.Start();
        await Seal(server, "credential/1", 1, new() { ["token"] = new Secret(Canary) });
        var keys = server.Services.GetRequiredService<KeyRing>();
        var row = await server.With(db => Rows(db).SingleAsync());
        var place = new Place(row.Owner, row.Field, row.Version);
        foreach (var part in (byte[][])[row.Nonce, row.Ciphertext, row.WrapNonce, row.WrappedKey])
        {
            for (var bit = 0; bit < part.Length * 8; bit += 7)
            {
                part[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.Throws<SealBrokenException>(() => Envelope.Open(keys.Newest, row, place, bytes => bytes.Length));
                part[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
        Assert.Equal(Canary.Length, Envelope.Open(keys.Newest, row, place, bytes => bytes.Length));
    }

    [Fact]
    public async Task Sealing_outside_a_transaction_is_a_bug()
    {
        await using var server = await TestServer.Start();
        var vault = server.Services.GetRequiredService<SecretVault>();
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            server.With(async db =>
            {
                await vault.Seal(db, "credential/1", 1, new Dictionary<string, Secret>(), default);
                return 0;
            })
        );
    }

    internal static Task<int> Seal(TestServer server, string owner, int version, Dictionary<string, Secret> values) =>
        server.With(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await server.Services.GetRequiredService<SecretVault>().Seal(db, owner, version, values, default);
            var count = await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return count;
        });

    internal static Task<IReadOnlyDictionary<string, Secret>> Open(TestServer server, string owner, int version) =>
        server.With(db => server.Services.GetRequiredService<SecretVault>().Open(db, owner, version, default));

    /// <summary>Without what the server sealed for itself.</summary>
    private static IQueryable<SealedRow> Rows(FairleadDb db) =>
        db.Set<SealedRow>().Where(row => !row.Owner.StartsWith("console/"));

    private static async Task<string> Bytes(TestServer server)
    {
        var text = "";
        foreach (var file in Directory.EnumerateFiles(server.Options.Data, "fairlead.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            text += await reader.ReadToEndAsync();
        }
        return text;
    }
}
