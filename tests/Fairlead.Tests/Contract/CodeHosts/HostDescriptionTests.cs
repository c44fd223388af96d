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
    [InlineData(201, """{"sha":"a"}""", "answered 201: $.url is missing")]
    [InlineData(200, "[]", "answered 200, which it does not")]
    [InlineData(201, "[]", "answered 201: $ is no object")]
    public void Control_a_wrong_answer_is_found(int status, string body, string found)
    {
        var answer = Answer("POST", "/repos/a/b/merges", status, body);
        Assert.Contains(Api.Wrong(answer, "/api/v3"), fault => fault.EndsWith(found));
        Assert.Empty(Api.Wrong(answer with { IsFault = true }, "/api/v3"));
    }

    [Theory]
    [InlineData("\"id\": 1", "\"id\": \"one\"", "[0].id is no integer")]
    [InlineData("\"state\": \"success\"", "\"state\": null", "[0].state is null")]
    [InlineData("\"creator\": null", "\"creator\": {\"login\": 7}", "[0].creator.login is no string")]
    [InlineData("\"context\": \"a\"", "\"context\": \"a\", \"colour\": 1", "[0].colour is no field of it")]
    [InlineData("\"context\": \"a\",", "", "[0].context is missing")]
    public void Control_one_wrong_field_is_found_where_it_stands(string right, string wrong, string found)
    {
        const string Whole = """
            [{"url": "u", "avatar_url": null, "id": 1, "node_id": "n", "state": "success", "description": null,
              "target_url": null, "context": "a", "created_at": "t", "updated_at": "t", "creator": null}]
            """;
        const string path = "/repos/a/b/commits/c/statuses";
        Assert.Empty(Api.Wrong(Answer("GET", path, 200, Whole), "/api/v3"));
        var planted = Answer("GET", path, 200, Whole.Replace(right, wrong));
        Assert.Contains(Api.Wrong(planted, "/api/v3"), fault => fault.Contains("$" + found));
    }

    [Theory]
    [InlineData("gitea", "/repos/a/b/hooks", """[{"id": 1, "actve": true}]""", "[0].actve is no field of it")]
    [InlineData("gitea", "/repos/a/b", """{"id": "one"}""", ".id is no integer")]
    [InlineData("gitlab", "/projects", """[{"visibility": "public"}]""", "[0].visibility is no field of it")]
    [InlineData("gitlab", "/projects/1", """{"default_branch": 1}""", ".default_branch is no string")]
    public void Control_what_a_clients_types_do_not_have_is_found(string host, string path, string body, string found)
    {
        var types = host == "gitea" ? HostDescription.Gitea() : HostDescription.GitLab();
        Assert.Contains(types.Wrong(Answer("GET", path, 200, body), "/api/v3"), fault => fault.EndsWith(found));
    }

    [Fact]
    public void Control_what_giteas_types_do_not_take_is_found()
    {
        var asked = Answer("POST", "/repos/a/b/hooks", 201, "{}") with
        {
            Query = "?limt=1",
            Fields = ["type", "confg"],
        };
        Assert.Equal(
            ["takes no parameter limt", "takes no field confg"],
            HostDescription.Gitea().Unknown(asked, "/api/v3").Select(fault => fault[fault.IndexOf("takes")..])
        );
    }

    private static HostDescription Api { get; } = HostDescription.GitHub();

    private static Recorded Answer(string method, string path, int status, string body) =>
        new(method, "/api/v3" + path, "", null, status) { Answer = System.Text.Encoding.UTF8.GetBytes(body) };

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
