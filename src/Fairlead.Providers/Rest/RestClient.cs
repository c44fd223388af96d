using System.Net.Http.Headers;
using System.Text.Json;
using Fairlead.Core.Outcomes;
using Fairlead.Providers.Http;

namespace Fairlead.Providers.Rest;

/// <summary>
/// Speaks to one host's API for one operation: redirects within the host are followed and no others, passing faults of
/// reading are tried again, refusals become sentences.
/// </summary>
internal sealed class RestClient(GuardedClient http, RestStyle style, TimeProvider time) : IDisposable
{
    private const int MostRedirects = 3;
    private const int MostTries = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    public RestStyle Style => style;

    /// <summary>What a person may confirm after a certificate was refused.</summary>
    public Core.Connections.Proposal? Proposal => http.Proposal;

    public async Task<Outcome<T>> Read<T>(RestCall call, CancellationToken cancel)
        where T : class => (await Send(call, cancel)).Then(answer => Parse<T>(answer));

    public async Task<Outcome<Done>> Do(RestCall call, CancellationToken cancel) =>
        (await Send(call, cancel)).Map(_ => Done.It);

    /// <summary>The answer, or why there is none. Only reading is ever tried again.</summary>
    public async Task<Outcome<RestAnswer>> Send(RestCall call, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await Authorised(call, cancel);
            if (
                answer.Ok
                || call.Method != HttpMethod.Get
                || attempt == MostTries
                || !RestRefusals.Passes(answer.Failure)
            )
                return answer;
            // The machine's time: a breath between two tries is none of the product's.
            await Task.Delay(FirstPause * Math.Pow(3, attempt - 1), TimeProvider.System, cancel);
        }
    }

    /// <summary>The body as what it should be.</summary>
    public Outcome<T> Parse<T>(RestAnswer answer)
        where T : class =>
        answer.Response.Json<T>(style.Json) is { } value ? value : RestFailures.NotJson(answer.Url.IdnHost);

    public void Dispose() => http.Dispose();

    /// <summary>A token that was taken back is minted anew once.</summary>
    private async Task<Outcome<RestAnswer>> Authorised(RestCall call, CancellationToken cancel)
    {
        if (style.Authorise is not { } mint)
            return await Follow(call, style.Authorization, cancel);
        if (!(await mint(null, cancel)).Try(out var header, out var failure))
            return failure;
        var answer = await Follow(call, header, cancel);
        if (answer.Failure?.Code != RestFailures.LoginRefusedCode)
            return answer;
        if (!(await mint(header, cancel)).Try(out var another, out failure))
            return failure;
        answer = await Follow(call, another, cancel);
        return answer.Failure?.Code == RestFailures.LoginRefusedCode && style.RefusedAgain is { } means
            ? means(style.Base.IdnHost)
            : answer;
    }

    private async Task<Outcome<RestAnswer>> Follow(
        RestCall call,
        AuthenticationHeaderValue? authorization,
        CancellationToken cancel
    )
    {
        var url = new Uri(style.Base, call.Path);
        for (var hop = 0; ; hop++)
        {
            if (!IsOurs(url) || hop > MostRedirects)
                return Core.Connections.ReachFailures.Redirected(style.Base.IdnHost);
            if (!(await http.Send(Request(call, url, authorization), cancel)).Try(out var response, out var failure))
                return failure;
            if (Next(call, url, response) is { } next)
                url = next;
            else
                return RestRefusals.Of(call, response, style, time) is { } refusal
                    ? refusal
                    : new RestAnswer(url, response);
        }
    }

    private GuardedRequest Request(RestCall call, Uri url, AuthenticationHeaderValue? authorization) =>
        new(call.Method, url)
        {
            Authorization = authorization,
            Accept = [style.Accept],
            Headers = call.Known is { } tag
                ? new Dictionary<string, string>(style.Headers) { ["If-None-Match"] = tag }
                : style.Headers,
            Body = call.Body is { } body ? JsonSerializer.SerializeToUtf8Bytes(body, style.Json) : null,
            TakesRedirects = true,
        };

    /// <summary>Where a redirect leads: a read may go wherever it is sent, anything else only unchanged.</summary>
    private static Uri? Next(RestCall call, Uri url, GuardedResponse response) =>
        response.Status switch
        {
            307 or 308 => Location(url, response),
            301 or 302 or 303 when call.Method == HttpMethod.Get => Location(url, response),
            _ => null,
        };

    private static Uri? Location(Uri url, GuardedResponse response) =>
        Uri.TryCreate(url, response.Header("Location").FirstOrDefault(), out var next) ? next : null;

    /// <summary>The same scheme, host and port as the API itself.</summary>
    public bool IsOurs(Uri url) =>
        Uri.Compare(
            url,
            style.Base,
            UriComponents.SchemeAndServer,
            UriFormat.Unescaped,
            StringComparison.OrdinalIgnoreCase
        ) == 0
        && url.UserInfo.Length == 0;
}
