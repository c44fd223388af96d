using Fairlead.Emulators.Hosting;
using Fairlead.Tests.Contract.CodeHosts.BitbucketCloud;
using Fairlead.Tests.Support.OpenApi;

namespace Fairlead.Tests.Contract.CodeHosts;

/// <summary>
/// What providers ask hosts for stands in the hosts' own descriptions. The stages hold every request of their tests
/// against them; here it is seen that this finds something.
/// </summary>
public sealed class HostDescriptionTests
{
    private const string Shop = "/2.0/repositories/acme/shop";

    [Theory]
    [InlineData("GET", "/user/workspaces", "?pagelen=100", "", "")]
    [InlineData("PUT", Shop + "/hooks/{1}", "", "url events secret active description", "")]
    [InlineData("POST", Shop + "/commit/abc/statuses/build", "", "key state name description url", "")]
    [InlineData("GET", "/user/spaces", "", "", "is no path")]
    [InlineData("PATCH", Shop + "/hooks/{1}", "", "", "is no path")]
    [InlineData("GET", "/repositories/acme", "?rôle=member", "", "no parameter rôle")]
    [InlineData("POST", Shop + "/hooks", "", "url config config.url", "no field config")]
    [InlineData("POST", Shop + "/commit/abc/statuses/build", "", "key context", "no field context")]
    public void What_a_host_does_not_describe_is_found(
        string method,
        string path,
        string query,
        string body,
        string found
    )
    {
        var description = HostDescription.OrSkip(BitbucketStage.Description);
        path = path.StartsWith("/2.0") ? path : "/2.0" + path;
        var request = new Recorded(method, path, query, null, 200)
        {
            Fields = body.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
        var unknown = description.Unknown(request, "/2.0");
        Assert.True(
            found.Length == 0 ? unknown.Count == 0 : unknown.Any(one => one.Contains(found)),
            string.Join('\n', unknown)
        );
    }
}
