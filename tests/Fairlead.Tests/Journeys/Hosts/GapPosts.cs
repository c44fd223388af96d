using System.Net;
using Fairlead.Emulators.Gitea;
using Fairlead.Emulators.GitHub;
using Fairlead.Emulators.GitLab;
using Fairlead.Tests.Support;

namespace Fairlead.Tests.Journeys.Hosts;

/// <summary>What a host sent to one hook, to be sent again to the letter.</summary>
internal sealed record GapPost(
    string Url,
    string DeliveryId,
    IReadOnlyDictionary<string, string> Headers,
    byte[] Body,
    int Status
)
{
    public bool Arrived => Status is >= 200 and < 300;

    /// <param name="renamed">Under a new delivery id where nothing proves it: who has a recording may do that.</param>
    public async Task<HttpStatusCode> Send(HttpClient client, bool renamed = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new ByteArrayContent(Body) };
        foreach (var (name, value) in Headers)
            request.Headers.TryAddWithoutValidation(name, renamed && IsId(name) ? $"{Guid.NewGuid()}" : value);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static bool IsId(string header) => header is "X-GitHub-Delivery" or "X-Gitea-Delivery";
}

/// <summary>The deliveries of the hosts' one hook each.</summary>
internal static class GapPosts
{
    public static IEnumerable<GapPost> Of(GitHubHost host)
    {
        var hook = host.Repositories.Values.SelectMany(one => one.Hooks).Single();
        lock (hook.Deliveries)
            return
            [
                .. hook.Deliveries.Select(sent => new GapPost(
                    hook.Url,
                    sent.Guid.ToString(),
                    new Dictionary<string, string>
                    {
                        ["X-GitHub-Event"] = sent.Event,
                        ["X-GitHub-Delivery"] = $"{sent.Guid}",
                        ["X-Hub-Signature-256"] = BoundSource.Sign(
                            sent.Body,
                            System.Text.Encoding.UTF8.GetBytes(hook.Secret!)
                        ),
                    },
                    sent.Body,
                    sent.Status
                )),
            ];
    }

    public static IEnumerable<GapPost> Of(GitLabHost host)
    {
        var hook = host.Projects.Values.SelectMany(one => one.Hooks).Single();
        lock (hook.Deliveries)
            return
            [
                .. hook.Deliveries.Select(sent => new GapPost(
                    hook.Url,
                    $"{sent.Key}",
                    host.HeadersNow(hook, sent),
                    sent.Body,
                    sent.Status
                )),
            ];
    }

    public static IEnumerable<GapPost> Of(GiteaHost host)
    {
        var hook = host.Repositories.Values.SelectMany(one => one.Hooks).Single();
        return
        [
            .. host.Sent.Select(sent => new GapPost(
                hook.Url,
                sent.Headers["X-Gitea-Delivery"],
                sent.Headers,
                sent.Body,
                sent.Status
            )),
        ];
    }
}
