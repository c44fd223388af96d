using System.Diagnostics;
using System.Net;
using Fairlead.Emulators.Hosting;
using Fairlead.Emulators.Programs;
using Fairlead.Server.Hosting;

namespace Fairlead.Tests.Support;

/// <summary>
/// The real server program with a directory of its own on free ports. It can be killed without warning and started
/// again on the same data.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly TempDir _home = new();
    private readonly string[] _options;
    private readonly int _port = FreePort.Next();
    private readonly int _registryPort = FreePort.Next();
    private Daemon? _server;
    private readonly Dictionary<string, string> _environment = [];
    private string[] _under = [];

    private ServerProcess(string[] options)
    {
        _options = options;
        File.SetUnixFileMode(_home, (UnixFileMode)0b111_001_001);
        Client = new HttpClient { BaseAddress = Url };
    }

    /// <summary>Ends in a slash.</summary>
    public Uri Url => new($"http://127.0.0.1:{_port}/");

    /// <summary>What stands before the repository in references of the managed registry.</summary>
    public string Registry => $"127.0.0.1:{_registryPort}";

    public string Data => Path.Combine(_home, "data");

    public string KeyFile => Path.Combine(_home, "master.key");

    /// <summary>Everything the running server has printed.</summary>
    public string Log => _server?.Log ?? "";

    internal ServerOptions Options => new() { Data = Data, KeyFile = KeyFile };

    public int ProcessId => _server!.ProgramId;

    /// <summary>Without any sign-in.</summary>
    public HttpClient Client { get; }

    /// <param name="options">More options, as on its command line.</param>
    public static Task<ServerProcess> Start(params string[] options) => Start(null, null, options);

    /// <param name="environment">More environment, null for none.</param>
    /// <param name="under">A program and its arguments that run the server, null for none.</param>
    public static async Task<ServerProcess> Start(
        IReadOnlyDictionary<string, string>? environment,
        string[]? under,
        params string[] options
    )
    {
        var server = new ServerProcess(options) { _under = under ?? [] };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            server._environment[name] = value;
        try
        {
            await server.Start();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again on the same data and waits until it is ready.</summary>
    public async Task Start()
    {
        string[] places = ["--data", Data, "--key-file", KeyFile];
        string[] doors = ["--listen", $"127.0.0.1:{_port}", "--registry-listen", Registry];
        string[] line = [.. _under, BuiltPrograms.Server, .. places, .. doors, .. _options];
        _server = Daemon.Start(line[0], line[1..], WithHome());
        await Eventually.Value("the server is ready", Ready, TimeSpan.FromSeconds(60), () => Log);
    }

    /// <summary><c>kill -9</c>: nothing it wanted to do at its end happens.</summary>
    public async Task Kill()
    {
        using (var program = Process.GetProcessById(ProcessId))
            program.Kill();
        await _server!.DisposeAsync();
    }

    /// <summary>Asks it to end and waits until it has.</summary>
    public ValueTask Stop() => _server!.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        LeftOvers.Kill(_home.Path);
        LeftPlaces.Remove(Options);
        _home.Dispose();
    }

    private Dictionary<string, string> WithHome() => new(_environment) { ["HOME"] = _home.Sub("home") };

    private async Task<string?> Ready()
    {
        if (_server!.HasExited)
            throw new InvalidOperationException($"The server ended. It said:\n{Log}");
        try
        {
            using var answer = await Client.GetAsync("health/ready");
            return answer.StatusCode == HttpStatusCode.OK ? "ready" : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
