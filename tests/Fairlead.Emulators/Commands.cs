using System.Runtime.InteropServices;
using Fairlead.Emulators.BitbucketCloud;
using Fairlead.Emulators.BitbucketDataCenter;
using Fairlead.Emulators.Codeup;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Gitea;
using Fairlead.Emulators.GitHub;
using Fairlead.Emulators.GitLab;
using Fairlead.Emulators.Hosting;
using Fairlead.Emulators.Registry;

namespace Fairlead.Emulators;

/// <summary>Starts an emulator by hand and keeps it up until Ctrl-C.</summary>
internal static class Commands
{
    private const string Help = """
        emulate git      [--port N] [--root DIR] [--repository NAME] [--login FILE] [--hook FILE]
        emulate ssh      [--port N] [--root DIR] [--repository NAME] --key FILE.pub
        emulate github   [--port N] [--root DIR] [--repository OWNER/NAME] [--many N] [--latency MS] --token FILE
        emulate gitlab   [--port N] [--root DIR] [--repository GROUP/NAME] [--below /PATH] [--many N] [--latency MS]
                         --token FILE
        emulate gitea    [--port N] [--root DIR] [--repository OWNER/NAME] [--many N] [--latency MS] --token FILE
        emulate codeup   [--port N] [--root DIR] [--repository GROUP/NAME] [--organization ID] --token FILE
        emulate bitbucket-cloud [--port N] [--root DIR] [--repository WORKSPACE/NAME] --token FILE
        emulate bitbucket-datacenter [--port N] [--root DIR] [--repository KEY/NAME] [--below /PATH] --token FILE
        emulate registry [--port N] [--storage DIR] [--login FILE]

        A token file has LOGIN:TOKEN on its only line; the token may do all that is needed.
        For bitbucket-cloud the login is an e-mail address.
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
            case "github":
                await GitHub(options);
                return 0;
            case "gitlab":
                await GitLab(options);
                return 0;
            case "gitea":
                await Gitea(options);
                return 0;
            case "codeup":
                await Codeup(options);
                return 0;
            case "bitbucket-cloud":
                await BitbucketCloud(options);
                return 0;
            case "bitbucket-datacenter":
                await BitbucketDataCenter(options);
                return 0;
            case "registry":
                await Registry(options);
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

    private static async Task GitHub(Dictionary<string, string> options)
    {
        await using var host = await GitHubHost.Start(Root(options), Port(options));
        var (login, token) = Token(options);
        host.AddToken(new GitHubToken(token, login));
        host.Fault = Latency(options);
        for (var i = 0; i < Many(options); i++)
            host.List($"acme/repository-{i:00000}");
        if (options.TryGetValue("repository", out var repository))
            await host.AddRepository(repository);
        await Serve($"github on {host.Url} over {host.Bare.Root}");
    }

    private static async Task GitLab(Dictionary<string, string> options)
    {
        var below = options.GetValueOrDefault("below", "");
        await using var host = await GitLabHost.Start(Root(options), Port(options), below: below);
        var (user, token) = Token(options);
        host.AddToken(new GitLabToken(token, user));
        host.Fault = Latency(options);
        for (var i = 0; i < Many(options); i++)
            host.List($"acme/backend/project-{i:00000}");
        if (options.TryGetValue("repository", out var repository))
            await host.AddProject(repository);
        await Serve($"gitlab on {host.Url} over {host.Bare.Root}");
    }

    private static async Task Gitea(Dictionary<string, string> options)
    {
        await using var host = await GiteaHost.Start(Root(options), Port(options));
        var (login, token) = Token(options);
        host.AddToken(new GiteaToken(token, login));
        host.Fault = Latency(options);
        for (var i = 0; i < Many(options); i++)
            host.List($"acme/repository-{i:00000}");
        if (options.TryGetValue("repository", out var repository))
            (await host.AddRepository(repository)).Owned(login);
        await Serve($"gitea on {host.Url} over {host.Bare.Root}");
    }

    private static async Task BitbucketCloud(Dictionary<string, string> options)
    {
        await using var host = await BitbucketHost.Start(Root(options), Port(options));
        var (email, token) = Token(options);
        var person = new BitbucketToken(token, email) { Email = email };
        host.AddToken(person with { Scopes = [.. person.Scopes, "write:repository:bitbucket"] });
        if (options.TryGetValue("repository", out var repository))
            (await host.AddRepository(repository)).Administrators.Add(email);
        await Serve($"bitbucket-cloud on {host.Url} over {host.Bare.Root}");
    }

    /// <summary>A region edition, unless an organization is named.</summary>
    private static async Task Codeup(Dictionary<string, string> options)
    {
        var edition = new CodeupEdition(options.GetValueOrDefault("organization"));
        await using var host = await CodeupHost.Start(Root(options), edition, Port(options));
        var (login, token) = Token(options);
        host.AddToken(new CodeupToken(token, login));
        if (options.TryGetValue("repository", out var repository))
            await host.AddRepository(repository);
        await Serve($"codeup on {host.Url} over {host.Bare.Root}");
    }

    private static async Task BitbucketDataCenter(Dictionary<string, string> options)
    {
        var below = options.GetValueOrDefault("below", "");
        await using var host = await DataCenterHost.Start(Root(options), Port(options), below: below);
        var (user, token) = Token(options);
        host.AddToken(new DataCenterToken(token, user));
        if (options.TryGetValue("repository", out var repository))
            await host.AddRepository(repository);
        await Serve($"bitbucket-datacenter on {host.Url} over {host.Bare.Root}");
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

    private static async Task Serve(string sentence)
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

    private static string Root(Dictionary<string, string> options) =>
        options.TryGetValue("root", out var root)
            ? Directory.CreateDirectory(root).FullName
            : Directory.CreateTempSubdirectory("emulator-repositories-").FullName;

    private static (string Name, string Password)? Login(Dictionary<string, string> options) =>
        options.TryGetValue("login", out var file) ? Pair(file) : null;

    private static (string Login, string Token) Token(Dictionary<string, string> options) =>
        Pair(options["token"]) ?? throw new ArgumentException("The token file has no LOGIN:TOKEN.");

    private static (string Name, string Password)? Pair(string file) =>
        File.ReadAllText(file).Trim().Split(':', 2) is [var name, var password] ? (name, password) : null;

    private static int Many(Dictionary<string, string> options) => int.Parse(options.GetValueOrDefault("many", "0"));

    private static Fault? Latency(Dictionary<string, string> options) =>
        options.TryGetValue("latency", out var ms) ? new Fault.Slow(TimeSpan.FromMilliseconds(int.Parse(ms))) : null;

    private static int Port(Dictionary<string, string> options) => int.Parse(options.GetValueOrDefault("port", "0"));

    private static Dictionary<string, string> Options(IEnumerable<string> args) =>
        args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0].TrimStart('-'), pair => pair[1]);
}
