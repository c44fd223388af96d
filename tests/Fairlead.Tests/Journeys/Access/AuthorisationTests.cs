using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Fairlead.Contracts;
using Fairlead.Server.Access;
using Fairlead.Tests.Support;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Journeys.Access;

/// <summary>
/// Every endpoint of the running server, asked by nobody, by every role, and with every set of token scopes: the
/// answer is the one the table of verbs gives, no other.
/// </summary>
public sealed partial class AuthorisationTests
{
    [Fact]
    public async Task Every_endpoint_lets_in_whom_the_table_lets_in()
    {
        await using var server = await TestServer.Start();
        var endpoints = Endpoints(server).Where(endpoint => Of<Needs>(endpoint) is not null).ToList();
        var callers = await Callers(server);
        var wrong = new ConcurrentBag<string>();
        var asked = 0;
        await Parallel.ForEachAsync(
            from endpoint in endpoints
            from method in Methods(endpoint)
            from caller in callers
            where caller.Session is null || caller.Session == IsForCookies(endpoint)
            select (endpoint, method, caller),
            async (call, cancel) =>
            {
                Interlocked.Increment(ref asked);
                var expected = call.caller.Expected(Of<Needs>(call.endpoint)!.Verb);
                var actual = await Ask(call.caller.Client, call.method, Path(call.endpoint), cancel);
                if (actual != expected)
                    wrong.Add($"{call.method} {Path(call.endpoint)} as {call.caller.Name}: {actual}, not {expected}");
            }
        );
        Assert.Empty(wrong.Order());
        Assert.True(asked > endpoints.Count * 30, $"Only {asked} questions were asked.");
    }

    [Fact]
    public async Task Every_endpoint_says_what_it_needs()
    {
        await using var server = await TestServer.Start();
        // The framework's redirect for scripted navigation; the console has none, so it stays refused.
        Assert.Equal(["/_framework/opaque-redirect"], Unguarded(Endpoints(server)));
    }

    [Fact]
    public async Task Nothing_of_the_api_is_open_but_the_way_in()
    {
        await using var server = await TestServer.Start();
        var open = Endpoints(server)
            .Where(endpoint => Of<OpenToAll>(endpoint) is not null && Path(endpoint).StartsWith("/api"))
            .Select(Path)
            .Order();
        Assert.Equal(["/api/v1/setup", "/api/v1/sign-in"], open);
    }

    [Fact]
    public async Task Control_an_endpoint_that_says_nothing_is_found_and_refuses_even_administrators()
    {
        var forgotten = new RouteEndpoint(
            _ => throw new InvalidOperationException("It was reached."),
            RoutePatternFactory.Parse("/api/v1/forgotten"),
            0,
            new EndpointMetadataCollection(),
            "forgotten"
        );
        Assert.Equal(["/api/v1/forgotten"], Unguarded([forgotten]));

        var context = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(),
        };
        context.SetEndpoint(forgotten);
        var everything = Scopes.All.ToHashSet();
        context.Features.Set(new Caller(1, "ada", Role.Administrator, new HashSet<long>(), everything, null));
        await NeedsEndpoints.Enforce(context, forgotten.RequestDelegate!);
        Assert.Equal(403, context.Response.StatusCode);
    }

    private static List<string> Unguarded(IEnumerable<RouteEndpoint> endpoints) =>
        endpoints
            .Where(endpoint => Of<Needs>(endpoint) is null == Of<OpenToAll>(endpoint) is null)
            .Select(Path)
            .ToList();

    private static IEnumerable<RouteEndpoint> Endpoints(TestServer server) =>
        server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static T? Of<T>(Endpoint endpoint)
        where T : class => endpoint.Metadata.GetMetadata<T>();

    private static IReadOnlyList<string> Methods(Endpoint endpoint) =>
        Of<ComponentTypeMetadata>(endpoint) is not null ? ["GET"] : Of<HttpMethodMetadata>(endpoint)!.HttpMethods;

    private static bool IsForCookies(RouteEndpoint endpoint) => !Authentication.TakesBearer(Path(endpoint));

    private static string Path(RouteEndpoint endpoint) =>
        "/" + Parameter().Replace(endpoint.RoutePattern.RawText!, "987654321").TrimStart('/');

    private static async Task<string> Ask(HttpClient client, string method, string path, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method != "GET")
            request.Content = Authentication.TakesBearer(path)
                ? new StringContent("{}", Encoding.UTF8, "application/json")
                : new FormUrlEncodedContent([]);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        var leadsToSignIn = answer.Headers.Location?.OriginalString.StartsWith("/sign-in?", StringComparison.Ordinal);
        if ((int)answer.StatusCode == 401 || leadsToSignIn == true)
            return "sign in";
        var refused =
            (int)answer.StatusCode == 403
            && (
                answer.Content.Headers.ContentType?.MediaType == "text/html"
                || (await answer.Content.ReadFromJsonAsync<Problem>(cancel))!.Code == "access.not-allowed"
            );
        return refused ? "refused" : "let in";
    }

    private static async Task<List<Someone>> Callers(TestServer server)
    {
        var callers = new List<Someone> { new("nobody", server.Anonymous, null, [], null) };
        foreach (var role in Enum.GetValues<Role>())
        {
            for (var set = 0; set < 1 << Scopes.All.Count; set++)
            {
                var scopes = Scopes.All.Where((_, bit) => (set & (1 << bit)) != 0).ToList();
                var client = await server.AddPerson($"{role.Text()}-{set}", role, scopes);
                callers.Add(new($"{role} with {string.Join(' ', scopes)}", client, role, scopes, false));
            }
            var browser = await server.Browser($"{role.Text()}-0");
            callers.Add(new($"{role} in a browser", browser, role, Scopes.All, true));
        }
        return callers;
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    /// <param name="Session">True for a cookie, false for a token, null for neither.</param>
    private sealed record Someone(
        string Name,
        HttpClient Client,
        Role? Role,
        IReadOnlyList<string> Scopes,
        bool? Session
    )
    {
        public string Expected(Verb verb) =>
            Role is null ? "sign in"
            : Role >= verb.Role && Scopes.Contains(verb.Scope) ? "let in"
            : "refused";
    }
}
