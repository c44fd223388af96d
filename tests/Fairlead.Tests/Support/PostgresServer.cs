using Fairlead.Emulators.Programs;
using Npgsql;

namespace Fairlead.Tests.Support;

/// <summary>
/// A PostgreSQL cluster of this test run, on a Unix socket in a private directory, started when the first test asks
/// and gone with the run. Get a database with <see cref="NewDatabase"/>; each is the test's own.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Account = "postgres";
    private readonly Lazy<Task<Daemon>> _daemon;
    private readonly TempDir _home = new();
    private int _databases;

    public PostgresServer() => _daemon = new(Start);

    private string Data => Path.Combine(_home, "data");

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> NewDatabase()
    {
        await _daemon.Value;
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString(Account) + ";Pooling=false");
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name}", connection);
        await create.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_daemon.IsValueCreated)
            await (await _daemon.Value).DisposeAsync();
        _home.Dispose();
    }

    private string ConnectionString(string database) =>
        $"Host={_home.Path};Username={Account};Database={database};Maximum Pool Size=20";

    private async Task<Daemon> Start()
    {
        if (Environment.IsPrivilegedProcess)
            await Tool.Run("chown", [Account, _home]);
        await AsAccount("initdb", ["-D", Data, "-U", Account, "--auth=trust", "--no-sync", "--encoding=UTF8"]);
        string[] serve = ["-D", Data, "-k", _home, "-c", "listen_addresses=", "-c", "max_connections=200"];
        var (program, arguments) = Prepare("postgres", serve);
        var daemon = Daemon.Start(program, arguments);
        await daemon.WaitForLine(line => line.Contains("ready to accept connections"), TimeSpan.FromSeconds(60));
        return daemon;
    }

    private static Task AsAccount(string program, IEnumerable<string> arguments)
    {
        var (name, all) = Prepare(program, arguments);
        return Tool.Run(name, all);
    }

    /// <summary>PostgreSQL refuses to run as root, so root hands it to the account its package made.</summary>
    private static (string Program, IEnumerable<string> Arguments) Prepare(
        string program,
        IEnumerable<string> arguments
    )
    {
        var path = Directory
            .EnumerateDirectories("/usr/lib/postgresql")
            .Select(version => Path.Combine(version, "bin", program))
            .FirstOrDefault(File.Exists);
        Assert.True(path is not null, "PostgreSQL is not installed: apt-get install postgresql");
        string[] drop = ["--reuid", Account, "--regid", Account, "--clear-groups", path];
        return Environment.IsPrivilegedProcess ? ("setpriv", [.. drop, .. arguments]) : (path, arguments);
    }
}
