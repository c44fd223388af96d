using System.Runtime.InteropServices;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Registry;

namespace Fairlead.Emulators;

/// <summary>Starts an emulator by hand and keeps it up until Ctrl-C.</summary>
internal static class Commands
{
    private const string Help = """
        emulate git      [--port N] [--root DIR] [--repository NAME] [--login FILE] [--hook FILE]
        emulate ssh      [--port N] [--root DIR] [--repository NAME] --key FILE.pub
        emulate github   [--port N] [--root DIR] [--repository OWNER/NAME] [--many N] [--latency MS] [--token FILE]
        emulate gitlab   [--port N] [--root DIR] [--repository GROUP/NAME] [--below /PATH] [--many N] [--latency MS]
                         [--token FILE]
        emulate gitea    [--port N] [--root DIR] [--repository OWNER/NAME] [--many N] [--latency MS] [--token FILE]
        emulate codeup   [--port N] [--root DIR] [--repository GROUP/NAME] [--organization ID] [--token FILE]
        emulate bitbucket-cloud [--port N] [--root DIR] [--repository WORKSPACE/NAME] [--token FILE]
        emulate bitbucket-datacenter [--port N] [--root DIR] [--repository KEY/NAME] [--below /PATH] [--token FILE]
        emulate registry [--port N] [--storage DIR] [--login FILE]

        A token file has LOGIN:TOKEN on its only line; the token may do all that is needed. For bitbucket-cloud the
        login is an e-mail address. Without one, ada gets a token that is shown, and a repository.
        So many repositories are only listed; so many milliseconds pass before each answer.
        A login file has NAME:PASSWORD on its only line. A hook file has the address to report pushes to and the key
        to sign with on two lines; it is read at every push and may come later.
        Port 0 (the default) takes a free one. Everything listens on 127.0.0.1 only.
        """;

    public static async Task<int> Run(string[] args)
    {
        var options = Options(args.Skip(1));
        switch (args.FirstOrDefault())
        {
            case "git":
                await Git(options);
                return 0;
            case "ssh":
                await Ssh(options);
                return 0;
            case "registry":
                await Registry(options);
                return 0;
            case { } kind when HostCommands.All.TryGetValue(kind, out var start):
                await start(options);
                return 0;
            default:
                Console.WriteLine(Help);
                return args.Length == 0 ? 0 : 2;
        }
    }

    private static async Task Git(Dictionary<string, string> options)
    {
        await using var host = await PlainGitHost.Start(Root(options), Port(options));
        if (Login(options) is var (name, password))
            host.AddUser(name, password);
        if (options.TryGetValue("repository", out var repository))
            await host.AddRepository(repository);
        if (options.TryGetValue("hook", out var file))
            host.FindHook = () =>
                File.Exists(file) && File.ReadAllLines(file) is [var url, var key, ..]
                    ? new PushHook(new Uri(url), key)
                    : null;
        await Serve($"git on {host.Url} over {host.Repositories.Root}");
    }

    private static async Task Ssh(Dictionary<string, string> options)
    {
        var key = await File.ReadAllTextAsync(options["key"]);
        await using var host = await SshGitHost.Start(Root(options), [key.Trim()], Port(options));
        if (options.TryGetValue("repository", out var repository))
            await host.Repositories.Create(repository);
        await Serve($"ssh on {host.UrlOf("NAME")} over {host.Repositories.Root}\nhost key {host.HostKey}");
    }

    private static async Task Registry(Dictionary<string, string> options)
    {
        var login = Login(options) is var (name, password)
            ? RegistryOptions.Basic(name, password)
            : RegistryOptions.Open;
        await using var host = await RegistryHost.Start(
            login with
            {
                Port = Port(options),
                Storage = options.GetValueOrDefault("storage"),
            }
        );
        await Serve($"registry on {host.Url}");
    }

    public static async Task Serve(string sentence)
    {
        var end = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        Console.WriteLine(sentence);
        await end.Task;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            end.TrySetResult();
        }
    }

    public static string Root(Dictionary<string, string> options) =>
        options.TryGetValue("root", out var root)
            ? Directory.CreateDirectory(root).FullName
            : Directory.CreateTempSubdirectory("emulator-repositories-").FullName;

    private static (string Name, string Password)? Login(Dictionary<string, string> options) =>
        options.TryGetValue("login", out var file) ? Pair(file) : null;

    public static (string Name, string Password)? Pair(string file) =>
        File.ReadAllText(file).Trim().Split(':', 2) is [var name, var password] ? (name, password) : null;

    public static int Port(Dictionary<string, string> options) => int.Parse(options.GetValueOrDefault("port", "0"));

    private static Dictionary<string, string> Options(IEnumerable<string> args) =>
        args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0].TrimStart('-'), pair => pair[1]);
}
