using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Core.Connections;
using Fairlead.Server.Access;
using Fairlead.Server.Connections;
using Fairlead.Server.Data;
using Fairlead.Server.Events;
using Fairlead.Server.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fairlead.Tests.Support;

/// <summary>A source bound in a test server, and a sender that knows its hook and secret.</summary>
internal sealed record BoundSource(long Id, string HookId, byte[] Key)
{
    /// <summary>
    /// Binds a repository of a new connection owned by <c>ada</c>; nothing is ever asked of its host.
    /// </summary>
    public static Task<BoundSource> Make(TestServer server, string slug = "code", bool polling = false) =>
        Make(server.Services, slug, polling);

    public static async Task<BoundSource> Make(IServiceProvider services, string slug, bool polling)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FairleadDb>();
        var time = scope.ServiceProvider.GetRequiredService<TimeProvider>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var owner = await db.Set<PersonRow>().OrderBy(person => person.Id).FirstAsync();
        var connection = new ConnectionRow
        {
            Slug = slug,
            Name = slug,
            Kind = "test",
            OwnerId = owner.Id,
            Scope = ScopeOfUse.Public,
            CreatedAt = time.GetUtcNow(),
            NextVerifyAt = time.GetUtcNow().AddYears(1),
        };
        db.Add(connection);
        await db.SaveChangesAsync();
        var bind = scope.ServiceProvider.GetRequiredService<BindSource>();
        var source = await bind.Run(db, connection.Id, "acme/shop", null, default);
        source.Polling = polling;
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return new BoundSource(source.Id, source.HookId, await Secret(scope.ServiceProvider, source));
    }

    /// <summary>The request a code host would send.</summary>
    public HttpRequestMessage Request(byte[] body, string? delivery = null, byte[]? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/hooks/{HookId}")
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Hub-Signature-256", Sign(body, key ?? Key));
        if (delivery is not null)
            request.Headers.Add("X-Fairlead-Delivery", delivery);
        return request;
    }

    public Task<HttpResponseMessage> Send(HttpClient client, string body, string? delivery = null) =>
        client.SendAsync(Request(Encoding.UTF8.GetBytes(body), delivery));

    /// <summary>Tells that a branch moved.</summary>
    public Task<HttpResponseMessage> Push(
        HttpClient client,
        string branch,
        string before,
        string after,
        string? delivery = null
    ) => Send(client, Body(branch, before, after), delivery);

    public static string Body(string branch, string before, string after) =>
        $$"""{"ref":"refs/heads/{{branch}}","before":"{{before}}","after":"{{after}}"}""";

    public static string Sign(byte[] body, byte[] key) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, body));

    private static async Task<byte[]> Secret(IServiceProvider services, SourceRow source)
    {
        var db = services.GetRequiredService<FairleadDb>();
        var opened = await services
            .GetRequiredService<SecretVault>()
            .Open(db, $"source/{source.Id}", source.HookSecretVersion, default);
        return opened.Values.Single().Bytes.ToArray();
    }
}

/// <summary>Commit ids that are easy to tell apart.</summary>
internal static class Commits
{
    public static readonly string None = new('0', 40);

    /// <summary>The n-th commit of a test.</summary>
    public static string Number(int n) =>
        Convert.ToHexStringLower(SHA1.HashData(Encoding.ASCII.GetBytes($"commit {n}")));
}
