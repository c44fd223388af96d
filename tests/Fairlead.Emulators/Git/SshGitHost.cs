using Fairlead.Emulators.Hosting;
using Fairlead.Emulators.Programs;

namespace Fairlead.Emulators.Git;

/// <summary>
/// The real sshd on a port of its own, which lets one key do git and nothing else, and can come back with another
/// host key as a replaced (or impersonated) machine does.
/// </summary>
public sealed class SshGitHost : IAsyncDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("emulator-sshd-").FullName;
    private Daemon? _sshd;

    private SshGitHost(string root, int port) =>
        (Repositories, Port) = (new BareRepositories(root), port == 0 ? FreePort.Next() : port);

    public BareRepositories Repositories { get; }

    public int Port { get; }

    /// <summary>The account to sign in as: the one that runs this process.</summary>
    public string User => Environment.UserName;

    /// <summary>Its public host key, <c>ssh-ed25519 AAAA...</c>.</summary>
    public string HostKey => File.ReadAllText(HostKeyFile + ".pub").Trim();

    /// <summary>What a client puts into known_hosts.</summary>
    public string KnownHostsLine => $"[127.0.0.1]:{Port} {HostKey}";

    private string HostKeyFile => Path.Combine(_state, "host_key");

    /// <param name="authorisedKeys">Public keys that may sign in.</param>
    public static async Task<SshGitHost> Start(string root, IReadOnlyList<string> authorisedKeys, int port = 0)
    {
        var host = new SshGitHost(root, port);
        await host.Prepare(authorisedKeys);
        await host.Listen();
        return host;
    }

    public Uri UrlOf(string name) =>
        new($"ssh://{User}@127.0.0.1:{Port}/{(name.EndsWith(".git") ? name : name + ".git")}");

    public Task Authorise(IReadOnlyList<string> publicKeys) =>
        File.WriteAllLinesAsync(Path.Combine(_state, "authorized_keys"), publicKeys);

    /// <summary>Comes back on the same port with a new host key.</summary>
    public async Task SwapHostKey()
    {
        await _sshd!.DisposeAsync();
        File.Delete(HostKeyFile);
        File.Delete(HostKeyFile + ".pub");
        await MakeHostKey();
        await Listen();
    }

    /// <summary>Makes a key pair for a client with the real ssh-keygen.</summary>
    public static async Task<(string Private, string Public)> MakeKey()
    {
        var directory = Directory.CreateTempSubdirectory("emulator-key-").FullName;
        try
        {
            var file = Path.Combine(directory, "key");
            await Tool.Run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", file]);
            return (await File.ReadAllTextAsync(file), (await File.ReadAllTextAsync(file + ".pub")).Trim());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_sshd is not null)
            await _sshd.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }

    private async Task Prepare(IReadOnlyList<string> authorisedKeys)
    {
        if (Environment.IsPrivilegedProcess)
            Directory.CreateDirectory("/run/sshd");
        await MakeHostKey();
        await Authorise(authorisedKeys);
        var forced = Path.Combine(_state, "only-git");
        await File.WriteAllTextAsync(forced, OnlyGit(Repositories.Root));
        File.SetUnixFileMode(forced, (UnixFileMode)0b111_101_101);
        await File.WriteAllTextAsync(Path.Combine(_state, "sshd_config"), Config(forced));
    }

    private Task MakeHostKey() =>
        Tool.Run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", HostKeyFile]);

    private async Task Listen()
    {
        _sshd = Daemon.Start("/usr/sbin/sshd", ["-D", "-e", "-f", Path.Combine(_state, "sshd_config")]);
        await _sshd.WaitForLine(line => line.Contains("Server listening"));
    }

    private string Config(string forced) =>
        $"""
            ListenAddress 127.0.0.1
            Port {Port}
            HostKey {HostKeyFile}
            AuthorizedKeysFile {Path.Combine(_state, "authorized_keys")}
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin yes
            DisableForwarding yes
            PermitTTY no
            ForceCommand {forced}

            """;

    private static string OnlyGit(string root) =>
        $$"""
            #!/bin/sh
            # git-upload-pack '/name.git' becomes git-upload-pack 'ROOT/name.git'; anything else is refused.
            case "$SSH_ORIGINAL_COMMAND" in
              *..*) exit 128 ;;
              "git-upload-pack '/"*|"git-receive-pack '/"*) ;;
              *) echo "only git" >&2; exit 128 ;;
            esac
            export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'
            exec git-shell -c "${SSH_ORIGINAL_COMMAND%% *} '{{root}}${SSH_ORIGINAL_COMMAND#*\'}"

            """;
}
