using System.Text.Json;
using Fairlead.Contracts;
using Fairlead.Server.Hosting;
using Fairlead.Server.Vault;
using Fairlead.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Fairlead.Tests.Journeys.Hosting;

/// <summary>Whatever goes wrong inside, the answer has words and a code, and nothing of the inside.</summary>
public sealed class ErrorTests
{
    private const string Inside = "cnry-inside";

    public static TheoryData<Exception, int, string> Causes =>
        new()
        {
            { new InvalidOperationException(Inside), 500, "server.bug" },
            { new SqliteException(Inside, 13), 507, "server.storage-full" },
            { new SqliteException(Inside, 14), 503, "server.storage" },
            { new DbUpdateException(Inside, new SqliteException(Inside, 10)), 503, "server.storage" },
            { new DbUpdateException(Inside, new SqliteException(Inside, 19, 2067)), 409, "server.changed-meanwhile" },
            { new DbUpdateException(Inside, Unique()), 409, "server.changed-meanwhile" },
            { new DbUpdateConcurrencyException(Inside), 409, "server.changed-meanwhile" },
            { new SealBrokenException("credential/1", "token"), 500, "vault.broken" },
            { new BadHttpRequestException(Inside, 413), 413, "input.too-big" },
        };

    [Theory]
    [MemberData(nameof(Causes), DisableDiscoveryEnumeration = true)]
    public async Task A_cause_becomes_words(Exception cause, int status, string code)
    {
        using var log = new LogEar();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        var context = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(),
        };
        using var body = new MemoryStream();
        context.Response.Body = body;
        await new Errors(loggers.CreateLogger<Errors>()).Handle(context, _ => Task.FromException(cause));

        var problem = JsonSerializer.Deserialize<Problem>(body.ToArray(), JsonSerializerOptions.Web)!;
        Assert.Equal((status, code), (context.Response.StatusCode, problem.Code));
        Assert.DoesNotContain(Inside, $"{problem.Title} {problem.Remedy}");
        Assert.Equal(status >= 500, log.Lines.Count > 0);
    }

    private static PostgresException Unique() => new(Inside, "ERROR", "ERROR", PostgresErrorCodes.UniqueViolation);
}
