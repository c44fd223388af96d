using Fairlead.Contracts;
using Fairlead.Contracts.Connections;
using Fairlead.Contracts.Events;
using Fairlead.Contracts.Images;
using Fairlead.Tests.Contract.CodeHosts;
using Fairlead.Tests.Support;
using Fairlead.Tests.Support.Proof;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>One of several hosts of a server, and what people do at it.</summary>
internal sealed class GapHost : IAsyncDisposable
{
    private readonly WorkCopy _work;
    private readonly WorkCopy _fork;
    private readonly GapRequests _requests;

    private GapHost(
        string connection,
        WorkCopy work,
        WorkCopy fork,
        GapRequests requests,
        long source,
        Func<IEnumerable<GapPost>> posts
    )
    {
        (Connection, _work, _fork, _requests) = (connection, work, fork, requests);
        (Source, Posts) = (source, posts);
    }

    public string Connection { get; }

    public long Source { get; }

    /// <summary>A request that was opened and closed while nobody heard.</summary>
    public string Brief => _requests.Brief;

    /// <summary>All that the host has sent so far.</summary>
    public Func<IEnumerable<GapPost>> Posts { get; }

    /// <summary>Binds an image to a repository of the host: all branches, and tags that begin with v.</summary>
    public static async Task<GapHost> Bind(
        HostStage stage,
        JsonApi api,
        string connection,
        Func<IEnumerable<GapPost>> posts
    )
    {
        var (name, _) = await stage.AddRepository("acme/shop");
        var (url, user, password) = stage.Git(name);
        var work = await WorkCopy.Of(url, user, password);
        var (forked, _) = await stage.AddRepository("eve/shop");
        var fork = await WorkCopy.Of(stage.Git(forked).Url, user, password);
        var requests = new GapRequests(stage.Requests!, name, forked, work, fork);
        await api.Connect(connection, stage);
        var image = await api.Post<ImageInfo>(
            "images",
            new ImageInput
            {
                Namespace = "demo",
                Name = connection,
                CreateNamespace = true,
                Connection = connection,
                Repository = name,
                Rules =
                [
                    new RuleInput
                    {
                        Pattern = ".*",
                        IsRegex = true,
                        Versions = ["{branch}-{sha8}"],
                    },
                    new RuleInput
                    {
                        Type = "tag",
                        Pattern = "v.*",
                        IsRegex = true,
                        Versions = ["{tag}"],
                    },
                    new RuleInput
                    {
                        Type = "request",
                        Pattern = "main",
                        Versions = ["pr-{request}-{sha8}"],
                        Forks = true,
                    },
                ],
            }
        );
        return new GapHost(connection, work, fork, requests, image.Source!.SourceId, posts);
    }

    /// <summary>A first push is heard of by the hook.</summary>
    public async Task Heard(JsonApi api)
    {
        await Eventually.True(
            $"the hook at {Connection} is registered",
            async () =>
                (await api.Get<Page<HookInfo>>($"hooks?connection={Connection}")).Items.Any(hook =>
                    hook.State == "registered"
                ),
            TimeSpan.FromSeconds(30)
        );
        await _work.Write("Dockerfile", "FROM scratch\n").Push("heard of");
        await Eventually.True(
            $"the first push at {Connection} is in the ledger",
            async () => (await api.Get<Page<EventInfo>>($"events?connection={Connection}")).Items.Count == 1,
            TimeSpan.FromSeconds(30)
        );
        await _requests.Before();
        await Eventually.True(
            $"the first requests at {Connection} are in the ledger",
            async () => (await api.Get<Page<EventInfo>>($"events?connection={Connection}")).Items.Count(Asks) == 2,
            TimeSpan.FromSeconds(30)
        );
    }

    private static bool Asks(EventInfo change) => change.Kind == "request";

    /// <summary>So many pushes of every sort, and requests beside them.</summary>
    public async Task Live(int pushes, int seed)
    {
        await _requests.Live();
        var topics = new Queue<string>();
        for (var i = 0; i < pushes; i++)
        {
            await Commit($"{Connection} {i}");
            switch ((i + seed) % 9)
            {
                case 0 or 1 or 2:
                    await Push("main");
                    break;
                case 3 or 4:
                    await Push($"release/{i % 3}");
                    break;
                case 5:
                    await _work.Tag($"v{i}");
                    break;
                case 6:
                    await Merge($"side-{i}");
                    break;
                case 7:
                    topics.Enqueue($"topic/{i}");
                    await Push(topics.Last());
                    break;
                default:
                    if (topics.TryDequeue(out var gone))
                        await _work.Git("push", "--quiet", "origin", $":refs/heads/{gone}");
                    else
                        await Rewrite("main");
                    break;
            }
        }
    }

    /// <summary>Where every branch, tag and open request stands at the host.</summary>
    public async Task<IReadOnlyList<(string Ref, string Commit)>> Heads() =>
        [
            .. (await _work.Git("ls-remote", "--heads", "--tags", "origin"))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('\t'))
                .Select(parts => (parts[1], parts[0])),
            .. _requests.Open(),
        ];

    public ValueTask DisposeAsync()
    {
        _work.Dispose();
        _fork.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Commit(string text)
    {
        await _work.Write("a", text).Git("add", "--all");
        await _work.Git("commit", "--quiet", "--message", text);
    }

    private Task Push(string branch) => _work.Git("push", "--quiet", "--force", "origin", $"HEAD:refs/heads/{branch}");

    private async Task Merge(string side)
    {
        await _work.Git("checkout", "--quiet", "-b", side);
        await Commit(side);
        await _work.Git("checkout", "--quiet", "main");
        await _work.Git("merge", "--quiet", "--no-ff", "--no-edit", side);
        await Push("main");
    }

    private async Task Rewrite(string branch)
    {
        await _work.Git("commit", "--quiet", "--amend", "--message", "another history");
        await Push(branch);
    }
}
