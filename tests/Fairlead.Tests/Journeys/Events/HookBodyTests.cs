using System.Net;
using System.Net.Sockets;
using System.Text;
using Fairlead.Server.Events;
using Fairlead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fairlead.Tests.Journeys.Events;

/// <summary>Bodies nobody should send.</summary>
public sealed class HookBodyTests
{
    [Fact]
    public async Task Bodies_without_end_cost_no_memory_and_are_refused_in_words()
    {
        await using var server = await ServerProcess.Start();
        await using var data = new Seeding(server);
        var source = await data.Bind();
        Assert.True((await source.Push(server.Client, "b", Commits.None, Commits.Number(1))).IsSuccessStatusCode);
        var before = PeakMemory(server.ProcessId);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => SendForever(server, source)));
        // The refusal can be lost when the connection is cut under what still comes; most are read.
        var read = answers.Where(answer => answer != HungUp).ToList();
        Assert.InRange(read.Count, answers.Length / 2, answers.Length);
        Assert.All(read, answer => Assert.StartsWith("HTTP/1.1 413", answer));
        Assert.All(read, answer => Assert.True(answer.Contains("hook.too-large"), answer));
        Assert.InRange(PeakMemory(server.ProcessId) - before, 0, 100);
        Assert.Equal(1, await data.With(db => db.Set<DeliveryRow>().CountAsync()));
    }

    [Fact]
    public async Task The_limit_can_be_raised_and_large_bodies_are_kept_whole()
    {
        await using var server = await TestServer.Start(options: options =>
            options with
            {
                HookBodyLimit = 25 * 1024 * 1024,
            }
        );
        var source = await BoundSource.Make(server);
        var body = $$"""{"note":"{{new string('x', 20 * 1024 * 1024)}}"}""";
        Assert.Equal(HttpStatusCode.Accepted, (await source.Send(server.Anonymous, body)).StatusCode);
        var stored = await server.With(db => db.Set<DeliveryBodyRow>().AsNoTracking().SingleAsync());
        Assert.Equal(body.Length, stored.Bytes.Length);
    }

    [Fact]
    public async Task No_body_makes_the_server_stumble()
    {
        await using var server = await TestServer.Start();
        var source = await BoundSource.Make(server);
        var random = new Random(20261121);
        var bodies = Enumerable.Range(0, 1500).Select(_ => Mutate(random)).ToList();
        await Parallel.ForEachAsync(
            bodies,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (body, cancel) =>
            {
                var answer = await server.Anonymous.SendAsync(source.Request(body), cancel);
                Assert.True(
                    (int)answer.StatusCode is 200 or 202 or 400,
                    $"{(int)answer.StatusCode} for {Encoding.Latin1.GetString(body)}"
                );
            }
        );
        await Eventually.True(
            "all are read",
            () =>
                server.With(async db =>
                    !await db.Set<DeliveryRow>().AnyAsync(row => row.State == DeliveryState.Received)
                ),
            TimeSpan.FromSeconds(30)
        );
    }

    private const string HungUp = "hung up";

    private static readonly string[] Seeds =
    [
        BoundSource.Body("main", Commits.None, Commits.Number(1)),
        """{"ref":"refs/tags/v1","before":null,"after":"0000000000000000000000000000000000000000"}""",
        """{"ref":"\ud800","after":"\u0000","before":1e999}""",
        """{"a":[[[[[[[[{"ref":{}}]]]]]]]],"ref":"refs/heads/\u0000x"}""",
        "\uFEFF{}",
        "[]",
        "\"x\"",
        "",
    ];

    private static byte[] Mutate(Random random)
    {
        var body = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]).ToList();
        for (var i = random.Next(4); i > 0 && body.Count > 0; i--)
        {
            var at = random.Next(body.Count);
            switch (random.Next(4))
            {
                case 0:
                    body[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    body.RemoveAt(at);
                    break;
                case 2:
                    body.Insert(at, "\"\\{}[]:,\0"u8[random.Next(9)]);
                    break;
                default:
                    body.InsertRange(at, body.Skip(at).Take(random.Next(30)).ToList());
                    break;
            }
        }
        return [.. body];
    }

    /// <summary>Sends a chunked body until the server has had enough, at most 100 MiB.</summary>
    private static async Task<string> SendForever(ServerProcess server, BoundSource source)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Url.Host, server.Url.Port);
        var stream = client.GetStream();
        var head =
            $"POST /hooks/{source.HookId} HTTP/1.1\r\nHost: {server.Url.Authority}\r\nTransfer-Encoding: chunked\r\n"
            + $"X-Hub-Signature-256: sha256={new string('a', 64)}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        var chunk = Encoding.ASCII.GetBytes($"10000\r\n{new string('x', 65536)}\r\n");
        var answer = new StreamReader(stream).ReadToEndAsync();
        try
        {
            for (var i = 0; i < 1600 && !answer.IsCompleted; i++)
                await stream.WriteAsync(chunk);
        }
        catch (IOException)
        {
            // It hung up on us, which is the point.
        }
        try
        {
            return await answer.WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (IOException)
        {
            return HungUp;
        }
    }

    /// <summary>In MiB.</summary>
    private static long PeakMemory(int process) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM")).Split(' ')[^2])
        / 1024;
}
