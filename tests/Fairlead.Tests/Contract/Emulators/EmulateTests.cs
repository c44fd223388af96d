using System.Diagnostics;
using Fairlead.Emulators.Git;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Emulators;

/// <summary><c>./dev emulate HOST --port N</c> is all that it takes to have a host to try things with.</summary>
public sealed class EmulateTests : IDisposable
{
    private readonly TempDir _dir = new();

    public void Dispose() => _dir.Dispose();

    [Theory]
    [InlineData("github")]
    [InlineData("gitlab")]
    [InlineData("gitea")]
    [InlineData("codeup")]
    [InlineData("bitbucket-cloud")]
    [InlineData("bitbucket-datacenter")]
    public async Task A_host_says_what_opens_it_and_its_repository_can_be_cloned(string kind)
    {
        using var host = Start(kind);
        try
        {
            var patience = TimeSpan.FromSeconds(30);
            async Task<string> Line() => (await host.StandardOutput.ReadLineAsync().WaitAsync(patience))!;
            Assert.StartsWith($"{kind} on http://127.0.0.1:", await Line());
            var token = (await Line()).Split(": ")[1];
            var clone = new UriBuilder((await Line())["git clone ".Length..]) { Password = token };
            await Git.Run(_dir, "clone", "--quiet", clone.ToString(), "work");
            Assert.True(Directory.Exists(_dir["work/.git"]));
        }
        finally
        {
            host.Kill();
        }
    }

    private Process Start(string kind)
    {
        var program = Path.Combine(
            RepositoryRoot.Path,
            "artifacts/bin/Fairlead.Emulators",
            new DirectoryInfo(AppContext.BaseDirectory).Name,
            "fairlead-emulators"
        );
        return Process.Start(
            new ProcessStartInfo(program, [kind, "--port", "0", "--root", _dir["host"]])
            {
                RedirectStandardOutput = true,
            }
        )!;
    }
}
