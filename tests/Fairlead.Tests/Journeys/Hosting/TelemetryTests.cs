using System.Text;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Hosting;

/// <summary>Traces and metrics go where the standard variables say, and tell no addresses.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task What_was_asked_of_the_server_reaches_the_collector_by_its_route_only()
    {
        await using var collector = await HookSink.Start();
        var variables = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = new Uri(collector.Url, "/").AbsoluteUri,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
        };
        await using var server = await ServerProcess.Start(variables, null);
        await server.Client.GetAsync("link/one-time-canary?typed=canary");
        var texts = (await collector.Wait(1, post => Text(post).Contains("/link/{"))).Select(Text);
        Assert.Contains(texts, text => text.Contains("fairlead-server"));
        Assert.DoesNotContain(collector.Posts, post => Text(post).Contains("canary"));
    }

    private static string Text(HookSink.Post post) => Encoding.Latin1.GetString(post.Body);
}
