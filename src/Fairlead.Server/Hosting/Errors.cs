using System.Diagnostics;
using Fairlead.Core.Outcomes;
using Fairlead.Server.Vault;
using Fairlead.Server.Web;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Fairlead.Server.Hosting;

/// <summary>Nothing leaves the server but an answer with words: no bare status, no exception's text.</summary>
internal sealed class Errors(ILogger<Errors> log)
{
    public async Task Handle(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (IsBare(context.Response) && Words(context.Response.StatusCode) is { } failure)
                await Answer(context, failure);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await Answer(context, Failure(context, e));
        }
    }

    private Failure Failure(HttpContext context, Exception e)
    {
        if (e is BadHttpRequestException bad)
            return InputFailures.Of(bad);
        var trace = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        if (IsStorage(e))
        {
            log.LogError("Storage failed ({Trace}): {Cause}", trace, e.GetBaseException().Message);
            return IsFull(e.GetBaseException()) ? HostingFailures.StorageFull : HostingFailures.Storage;
        }
        if (IsConflict(e))
            return HostingFailures.ChangedMeanwhile;
        log.LogError(e, "A request failed because of a bug ({Trace})", trace);
        return e is SealBrokenException ? VaultFailures.Broken(e.Message) : HostingFailures.Bug(trace);
    }

    private static Task Answer(HttpContext context, Failure failure) => FailurePages.Answer(context, failure);

    private static bool IsBare(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null };

    private static Failure? Words(int status) =>
        status switch
        {
            404 => HostingFailures.NotHere,
            405 => HostingFailures.WrongMethod,
            413 => InputFailures.TooBig,
            415 => HostingFailures.WrongMediaType,
            400 => InputFailures.Unreadable,
            _ => null,
        };

    /// <summary>Two at once: a version that moved on, or a unique key that was taken in between.</summary>
    private static bool IsConflict(Exception e) =>
        e is DbUpdateConcurrencyException
        || e is DbUpdateException { InnerException: SqliteException { SqliteExtendedErrorCode: 1555 or 2067 } }
        || e
            is DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } };

    /// <summary>Busy, interrupted, read-only, I/O error, corrupt, full, cannot open.</summary>
    private static bool IsFull(Exception e) =>
        e is SqliteException { SqliteErrorCode: 13 } or PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    private static bool IsStorage(Exception e) =>
        e switch
        {
            SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6 or 8 or 10 or 11 or 13 or 14,
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } => true,
            NpgsqlException postgres => postgres.IsTransient,
            DbUpdateException { InnerException: { } inner } => IsStorage(inner),
            InvalidOperationException { InnerException: NpgsqlException inner } => IsStorage(inner),
            _ => false,
        };
}
