using System.Buffers;
using System.IO.Pipelines;
using Fairlead.Core.Outcomes;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Server.Events.Hooks;

/// <summary>
/// Reads a body of which nobody knows yet whether its sender may send one: never more than the limit, never longer
/// than ten seconds, and only a few large ones at a time (facts/security.md T16).
/// </summary>
internal sealed class HookBody(long limit, TimeProvider time)
{
    private const int Small = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _large = new(16);

    public async Task<Outcome<byte[]>> Read(HttpContext context)
    {
        if (context.Request.ContentLength > limit)
            return Refuse(context, EventFailures.TooLarge(limit));
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limit + 1;

        try
        {
            return TakeWhatIsThere(context.Request.BodyReader) ?? await ReadSlowly(context, context.Request.BodyReader);
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refuse(context, EventFailures.TooLarge(limit));
        }
    }

    /// <summary>A body that came along with its headers needs no clock; null when there is more to come.</summary>
    private byte[]? TakeWhatIsThere(PipeReader reader)
    {
        if (!reader.TryRead(out var first))
            return null;
        if (first.IsCompleted && first.Buffer.Length <= limit)
            return Take(reader, first.Buffer);
        reader.AdvanceTo(first.Buffer.Start, first.Buffer.End);
        return null;
    }

    private async Task<Outcome<byte[]>> ReadSlowly(HttpContext context, PipeReader reader)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, context.RequestAborted);
        var large = false;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(either.Token);
                if (read.IsCompleted && read.Buffer.Length <= limit)
                    return Take(reader, read.Buffer);
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (read.Buffer.Length > limit)
                    return Refuse(context, EventFailures.TooLarge(limit));
                if (!large && read.Buffer.Length > Small)
                {
                    await _large.WaitAsync(either.Token);
                    large = true;
                }
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return Refuse(context, EventFailures.TooSlow);
        }
        finally
        {
            if (large)
                _large.Release();
        }
    }

    private static byte[] Take(PipeReader reader, ReadOnlySequence<byte> buffer)
    {
        var body = buffer.ToArray();
        reader.AdvanceTo(buffer.End);
        return body;
    }

    /// <summary>What is left of the body is not worth reading.</summary>
    private static Failure Refuse(HttpContext context, Failure failure)
    {
        context.Response.Headers.Connection = "close";
        return failure;
    }
}
