using Fairlead.Emulators.Git;
using Fairlead.Emulators.Programs;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Emulators;

public sealed class SshGitHostTests : IDisposable
{
    private readonly TempDir _dir = new();

    public void Dispose() => _dir.Dispose();

    [Fact]
    public async Task One_key_does_git_and_nothing_else_and_a_new_host_key_is_noticed()
    {
        var (key, pub) = await SshGitHost.MakeKey();
        await using var host = await SshGitHost.Start(_dir.Sub("repositories"), [pub]);
        await host.Repositories.Create("app");
        await host.Repositories.Commit("app", new Dictionary<string, string> { ["a"] = "b" });
        File.SetUnixFileMode(_dir.Write("key", key), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _dir.Write("known", host.KnownHostsLine + "\n");

        Assert.Contains("refs/heads/main", await LsRemote(host));
        var shell = await Refusal(() => Tool.Run("ssh", [.. Options, "-p", $"{host.Port}", "127.0.0.1", "id"]));
        Assert.Contains("only git", shell);
        Assert.Contains("does not appear", await Refusal(() => LsRemote(host, "absent")));

        await host.SwapHostKey();
        Assert.Contains("Host key verification failed", await Refusal(() => LsRemote(host)));
    }

    private string[] Options =>
        [
            "-F",
            "/dev/null",
            "-i",
            Path.Combine(_dir, "key"),
            "-o",
            "IdentitiesOnly=yes",
            "-o",
            "StrictHostKeyChecking=yes",
            "-o",
            $"UserKnownHostsFile={Path.Combine(_dir, "known")}",
        ];

    private Task<string> LsRemote(SshGitHost host, string name = "app") =>
        Tool.Run(
            "git",
            ["-c", $"core.sshCommand=ssh {string.Join(' ', Options)}", "ls-remote", host.UrlOf(name).ToString()],
            environment: Git.Environment
        );

    private static async Task<string> Refusal(Func<Task> act) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(act)).Message;
}
