using Fairlead.Core.Providers;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Core.Secrets;
using Fairlead.Emulators.Hosting;
using Fairlead.Providers;
using Fairlead.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Tests.Contract.Providers;

/// <summary>A host that always has one page more is left, and what it listed is no list.</summary>
public sealed class EndlessPagesTests
{
    [Theory]
    [InlineData("github", "user/repos", "[{\"id\":N,\"full_name\":\"acme/shop-N\"}]")]
    [InlineData("gitlab", "projects", "[{\"id\":N,\"path_with_namespace\":\"acme/shop-N\"}]")]
    public async Task A_list_without_end_is_left(string kind, string list, string page)
    {
        var asked = 0;
        var (app, url) = await Web.Start(Answer);
        await using var _ = app;
        var host = (IListRepositories)
            Fairlead.Providers.Providers.All(Outside.Of(TimeProvider.System)).Single(one => one.Kind == kind);
        var target = new Target
        {
            Settings = new Dictionary<string, string> { ["url"] = url.AbsoluteUri.TrimEnd('/') },
            Secrets = new Dictionary<string, Secret> { ["token"] = new Secret("any") },
            Reach = Reach.Loopback,
        };
        var listed = await host.ListRepositories(target, TestContext.Current.CancellationToken);
        Assert.Equal("host.odd-pages", listed.Failure?.Code);
        Assert.InRange(asked, 900, 1100);

        Task Answer(HttpContext http)
        {
            var number = Interlocked.Increment(ref asked);
            Assert.EndsWith(list, http.Request.Path);
            http.Response.ContentType = "application/json";
            var next = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}?after={number}";
            http.Response.Headers.Link = $"<{next}>; rel=\"next\"";
            return http.Response.WriteAsync(page.Replace("N", $"{number}"));
        }
    }
}
