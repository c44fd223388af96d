using Fairlead.Core.Secrets;
using Fairlead.Server.Data;
using Fairlead.Server.Hosting;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Vault;

/// <summary>What the server says about its key file before it serves anything.</summary>
public sealed class KeyFileTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task It_is_made_outside_the_data_for_its_owner_only()
    {
        await using var server = await TestServer.Start();
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(server.Options.KeyFile));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(server.Options.Data, "fairlead.db")));
    }

    [Fact]
    public async Task Inside_the_data_directory_it_is_refused_even_by_way_of_a_link()
    {
        using var elsewhere = new TempDir();
        foreach (var linked in (bool[])[false, true])
        {
            var refusal = await Assert.ThrowsAsync<StartupException>(() =>
                TestServer.Start(options: plain => plain with { KeyFile = Inside(plain, linked, elsewhere) })
            );
            Assert.Contains("inside the data directory", refusal.Message);
        }
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task Readable_by_others_it_is_refused(UnixFileMode more)
    {
        await using var server = await TestServer.Start();
        File.SetUnixFileMode(server.Options.KeyFile, OwnerOnly | more);
        var refusal = await Assert.ThrowsAsync<StartupException>(server.Restart);
        Assert.Contains("chmod 600", refusal.Message);
    }

    [Fact]
    public async Task Lost_it_is_not_made_anew_over_sealed_secrets()
    {
        await using var server = await TestServer.Start();
        await SealedRowsTests.Seal(server, "credential/1", 1, new() { ["token"] = new Secret("x") });
        File.Move(server.Options.KeyFile, server.Options.KeyFile + ".kept");
        Assert.Contains("is missing", (await Assert.ThrowsAsync<StartupException>(server.Restart)).Message);
        Assert.False(File.Exists(server.Options.KeyFile));

        File.Move(server.Options.KeyFile + ".kept", server.Options.KeyFile);
        await server.Restart();
        Assert.Equal("x", (await SealedRowsTests.Open(server, "credential/1", 1))["token"].Reveal());
    }

    [Fact]
    public async Task Another_instance_s_key_file_is_told_apart()
    {
        await using var other = await TestServer.Start();
        await using var server = await TestServer.Start();
        await SealedRowsTests.Seal(server, "credential/1", 1, new() { ["token"] = new Secret("x") });
        File.Copy(other.Options.KeyFile, server.Options.KeyFile, overwrite: true);
        Assert.Contains("does not hold the key", (await Assert.ThrowsAsync<StartupException>(server.Restart)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("kek_202611_00000000 c2hvcnQ=\n")]
    [InlineData("not a key\n")]
    public async Task Cut_short_it_is_refused(string text)
    {
        await using var server = await TestServer.Start();
        await File.WriteAllTextAsync(server.Options.KeyFile, text);
        Assert.Contains("not a key file", (await Assert.ThrowsAsync<StartupException>(server.Restart)).Message);
    }

    private static string Inside(ServerOptions plain, bool linked, TempDir elsewhere)
    {
        if (!linked)
            return Path.Combine(plain.Data, "keys", "master.key");
        Directory.CreateDirectory(plain.Data);
        var link = Path.Combine(elsewhere, "link");
        Directory.CreateSymbolicLink(link, plain.Data);
        return Path.Combine(link, "master.key");
    }
}
