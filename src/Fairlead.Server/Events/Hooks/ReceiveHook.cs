using Fairlead.Core.Events;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers.CodeHosts;
using Fairlead.Server.Web;
using Microsoft.Extensions.Primitives;

namespace Fairlead.Server.Events.Hooks;

/// <summary>
/// <c>POST /hooks/{id}</c>. In this order: hook, stranger or not, size, signature over the raw bytes, syntax, disk,
/// answer. 202 the first time, 200 when it had come before, both after the commit.
/// </summary>
internal sealed class ReceiveHook(
    HookDirectory hooks,
    HookBody bodies,
    Strangers strangers,
    Inbox inbox,
    TimeProvider time
)
{
    /// <summary>Where senders put the id of a delivery; the first that is there counts.</summary>
    private static readonly string[] IdHeaders = ["X-Fairlead-Delivery", "X-GitHub-Delivery", "X-Gitea-Delivery"];

    public async Task Run(HttpContext context)
    {
        if ((await Receive(context)).Try(out var receipt, out var failure))
            await Accept(context.Response, receipt);
        else if (failure == EventFailures.OnlyAKnock)
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await Refuse(context, failure);
    }

    private async Task<Outcome<Receipt>> Receive(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var address = context.Connection.RemoteIpAddress;
        if (strangers.AreTooMany(address, hooks.Heard(id)))
            return EventFailures.TooManyRefused;
        var outcome = await Authenticate(context, id);
        if (!outcome.Try(out var known, out var failure))
        {
            if (failure == EventFailures.HookUnknown || failure == EventFailures.Unsigned)
                strangers.Refused(address, hooks.Heard(id));
            return failure;
        }
        if (known.Host is not null)
            return await inbox.Store(Describe(known));
        if (!HookMessage.Read(known.Body).Try(out var message, out var unreadable))
            return unreadable;
        return await inbox.Store(Describe(known, context.Request.Headers, message));
    }

    private async ValueTask<Outcome<Authentic>> Authenticate(HttpContext context, string id)
    {
        if (await hooks.Find(id) is not { } hook)
            return EventFailures.HookUnknown;
        var headers = context.Request.Headers;
        HeaderOf header = name => headers.TryGetValue(name, out var given) ? given.ToString() : null;
        if (!hook.MayBeProven(header))
            return hook.Knocks(header) ? EventFailures.OnlyAKnock : EventFailures.Unsigned;
        if (!(await bodies.Read(context)).Try(out var body, out var unread))
            return unread;
        if (!hook.IsProven(header, body))
        {
            hook = await hooks.Reload(id, hook);
            if (hook is null || !hook.IsProven(header, body))
                return EventFailures.Unsigned;
        }
        return new Authentic(hook.SourceId, hook.Host, header, body);
    }

    private readonly record struct Authentic(long SourceId, IReceiveHooks? Host, HeaderOf Header, byte[] Body);

    /// <summary>
    /// A host's message is stored whatever it says: what is authentic is never refused, the ledger reads it.
    /// </summary>
    private PendingDelivery Describe(Authentic known)
    {
        var id = known.Host!.DeliveryId(known.Header);
        var key = string.IsNullOrEmpty(id) ? DeliveryKeys.OfBody(known.Body) : DeliveryKeys.OfId(id);
        return new PendingDelivery(
            known.SourceId,
            HeardBy.Hook,
            key,
            known.Body,
            time.GetUtcNow(),
            ReopensOnRepeat: string.IsNullOrEmpty(id)
        )
        {
            Event = known.Host.EventName(known.Header),
        };
    }

    private PendingDelivery Describe(Authentic known, IHeaderDictionary headers, HookMessage message)
    {
        var key = KeyOf(headers);
        var reopens = key is null && !message.IsBare;
        key ??= message.IsBare ? $"look:{Guid.CreateVersion7():N}" : DeliveryKeys.OfBody(known.Body);
        return new PendingDelivery(known.SourceId, HeardBy.Hook, key, known.Body, time.GetUtcNow(), reopens);
    }

    private static string? KeyOf(IHeaderDictionary headers)
    {
        foreach (var name in IdHeaders)
            if (headers.TryGetValue(name, out var given) && !StringValues.IsNullOrEmpty(given))
                return DeliveryKeys.OfId(given.ToString());
        return null;
    }

    private static ValueTask Accept(HttpResponse response, Receipt receipt)
    {
        response.StatusCode = receipt.Repeats == 0 ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        response.ContentType = "application/json";
        var text = response.BodyWriter.GetSpan(64);
        "{\"delivery\":"u8.CopyTo(text);
        System.Buffers.Text.Utf8Formatter.TryFormat(receipt.DeliveryId, text[12..], out var digits);
        text[12 + digits] = (byte)'}';
        response.ContentLength = 13 + digits;
        response.BodyWriter.Advance(13 + digits);
        return new ValueTask(response.BodyWriter.FlushAsync().AsTask());
    }

    private static Task Refuse(HttpContext context, Failure failure) => failure.ToHttp().ExecuteAsync(context);
}
