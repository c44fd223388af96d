using Fairlead.Contracts.Jobs;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Secrets;
using Fairlead.Emulators.Git;
using Fairlead.Emulators.Programs;
using Fairlead.Programs;
using Fairlead.Programs.Git;
using Fairlead.Runner.Logs;
using Fairlead.Runner.Sources;
using Fairlead.Runner.Talk;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Contract.Jobs;

/// <summary>A real git host with one repository, and a runner's first step against it.</summary>
internal sealed class SourceBench : IAsyncDisposable
{
    public const string Password = "correct-horse-battery";
    private readonly TempDir _dir = new();

    private SourceBench(PlainGitHost host) => Host = host;

    public PlainGitHost Host { get; private set; }

    public List<string> Log { get; } = [];

    public JobMask Mask { get; } = new();

    public int Leases { get; private set; }

    public string Mirrors => _dir["mirrors"];

    public string Secrets => _dir.Sub("secrets");

    public string Mirror => Path.Combine(Mirrors, "repo-1", "mirror.git");

    public static async Task<SourceBench> Start()
    {
        var bench = new SourceBench(null!);
        bench.Host = await PlainGitHost.Start(bench._dir.Sub("host"));
        bench.Host.AddUser("ada", Password);
        await bench.Host.AddRepository("app");
        return bench;
    }

    public Task<string> Commit(params (string Name, string Text)[] files) =>
        Host.Repositories.Commit("app", files.ToDictionary(file => file.Name, file => file.Text));

    /// <summary>
    /// Commits a tree made by a script in an empty work tree, for what a plain list of files cannot say.
    /// </summary>
    public async Task<string> CommitScript(string script)
    {
        var work = Directory.CreateTempSubdirectory("fairlead-test-").FullName;
        try
        {
            await Tool.Run(
                "sh",
                ["-ec", $"git init -q -b main .\n{script}\ngit add -A -f\ngit commit -qm change"],
                work,
                Git.Environment
            );
            await Git.Run(work, "push", "--quiet", "--force", Host.Repositories.PathOf("app"), "HEAD:refs/heads/main");
            return (await Git.Run(work, "rev-parse", "HEAD")).Trim();
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    public JobSpec Spec(string commit, string directory = "/", string dockerfile = "Dockerfile", int slot = 0) =>
        new()
        {
            BuildId = 1,
            Attempt = 1,
            Source = new JobSource("repo-1", Host.UrlOf("app").ToString(), "refs/heads/main", commit, null, null, null),
            Image = new JobImage(
                directory,
                dockerfile,
                new Dictionary<string, string>(),
                [],
                false,
                "registry.test",
                "team/app",
                ["1"],
                false,
                null
            ),
            Engine = new JobEngine("fake", new Dictionary<string, string>()),
            Workspace = new JobWorkspace(Mirrors, _dir.Sub("job"), Secrets, slot),
            Deadline = TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(5),
        };

    public Task<Outcome<CheckedOut>> Fetch(
        string commit,
        string directory = "/",
        string dockerfile = "Dockerfile",
        int slot = 0
    ) => Fetch(Spec(commit, directory, dockerfile, slot));

    public async Task<Outcome<CheckedOut>> Fetch(JobSpec spec)
    {
        var step = new SourceStep(
            spec,
            new GitProgram(new ProgramRunner(TimeProvider.System), Secrets),
            new WayToHost(spec.Source, Lease, new WayToServer("http://none.test", new Secret("job")), Mask),
            Log.Add,
            TimeProvider.System
        );
        return (await step.Find(CancellationToken.None)).Try(out var found, out var failure)
            ? await step.CheckOut(found, CancellationToken.None)
            : failure;
    }

    /// <summary>Bodies of packs that were asked for, which is what a fetch costs.</summary>
    public int Fetches =>
        Host.Requests.All.Count(request => request.Path.EndsWith("/git-upload-pack") && request.Status == 200);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _dir.Dispose();
    }

    private Task<Outcome<GitLease>> Lease(CancellationToken cancel)
    {
        Leases++;
        return Task.FromResult<Outcome<GitLease>>(new GitLease("ada", Password, null, null));
    }
}
