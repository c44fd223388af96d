using System.Net.Http.Headers;
using System.Security.Cryptography;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;
using Fairlead.Providers.Http;

namespace Fairlead.Providers.GitHttp;

/// <summary>
/// Asks for refs by Git's smart HTTP protocol (gitprotocol-http), version 2 where the host has it. Its sentences are
/// those of git. The login goes with the first request, so that a look is one request and not three.
/// </summary>
internal sealed class SmartHttp(Outside outside, RefQuestion question, GitUrl url)
{
    private const string Shown = "application/x-git-upload-pack-advertisement";
    private const string Listed = "application/x-git-upload-pack-result";

    /// <summary>Bytes read at most, as of git. A cut list would look like deleted refs.</summary>
    private const long Cap = 32 * 1024 * 1024;

    /// <summary>Hosts take a request for git's by its agent.</summary>
    private const string Agent = "git/2.39.5 (Fairlead)";

    private readonly GuardedClient _http = outside.Http.Keep(question.Reach, question.Address.CertificateAuthorities);
    private readonly GitRemote _remote = new(question.Address, question.Credential, null);
    private readonly long _began = outside.Time.GetTimestamp();

    /// <returns>Null: the host answers, but not in this protocol.</returns>
    public async Task<Outcome<RefList>?> Ask(CancellationToken cancel)
    {
        if (RefMark.Of(question.Known) is { Version: 2 } known)
        {
            var again = await List(known.Format, cancel);
            if (again.Failure?.Code != GitFailures.NotGitCode)
                return again;
        }
        var first = await Send(HttpMethod.Get, "info/refs?service=git-upload-pack", null, cancel);
        if (!first.Try(out var shown, out var failure))
            return failure;
        if (shown.MediaType != Shown)
            return null;
        return Discovery.Read(shown.Body) switch
        {
            { Version: 2 } host => await List(host.Format, cancel),
            { } host => Read(shown.Body, host),
            null => GitFailures.NotGit(url),
        };
    }

    /// <summary>Asks a host of version 2 for its list.</summary>
    private async Task<Outcome<RefList>> List(string format, CancellationToken cancel)
    {
        var asked = await Send(HttpMethod.Post, "git-upload-pack", LsRefs(format), cancel);
        if (!asked.Try(out var listed, out var failure))
            return failure;
        return listed.MediaType == Listed ? Read(listed.Body, new Discovery(2, format, 0)) : GitFailures.NotGit(url);
    }

    private Outcome<RefList> Read(byte[] body, Discovery host)
    {
        var mark = new RefMark(host.Version, host.Format, Convert.ToHexStringLower(SHA256.HashData(body))).ToString();
        if (mark == question.Known)
            return RefList.Same(mark);
        var reader = new PktReader(body.AsSpan(host.RefsAt));
        return new RefAnswer(_remote, url).Read(ref reader, host.Version).Map(list => list with { Mark = mark });
    }

    private static byte[] LsRefs(string format) =>
        Pkt.Bytes(
            Pkt.Line("command=ls-refs"),
            format == Discovery.AnyFormat ? "" : Pkt.Line($"object-format={format}"),
            Pkt.Delimiter,
            Pkt.Line("peel"),
            Pkt.Line("symrefs"),
            Pkt.Line("ref-prefix HEAD"),
            Pkt.Line("ref-prefix refs/heads/"),
            Pkt.Line("ref-prefix refs/tags/"),
            Pkt.Flush
        );

    private async Task<Outcome<GuardedResponse>> Send(
        HttpMethod method,
        string path,
        byte[]? body,
        CancellationToken cancel
    )
    {
        var left = question.Patience - outside.Time.GetElapsedTime(_began);
        if (left <= TimeSpan.Zero)
            return ReachFailures.TimedOut(url.Host);
        var request = new GuardedRequest(method, new Uri($"{url}/{path}"))
        {
            Agent = Agent,
            Authorization = Login(),
            Accept = body is null ? ["*/*"] : [Listed],
            Headers = Version2,
            Body = body,
            ContentType = "application/x-git-upload-pack-request",
            Cap = Cap,
            Timeout = left,
        };
        var answer = await _http.Send(request, cancel);
        return answer.Failure?.Code == ReachFailures.TooBigCode ? GitFailures.TooManyRefs : answer.Then(Judge);
    }

    private Outcome<GuardedResponse> Judge(GuardedResponse answer) =>
        answer.Status switch
        {
            200 => answer,
            401 when question.Credential.Password is null => GitFailures.LoginNeeded(url.Host),
            401 => GitFailures.LoginRefused(url.Host),
            403 => GitFailures.Forbidden(url.Host),
            404 or 410 => GitFailures.NotFound(url.Host),
            var status => ReachFailures.Failing(url.Host, status),
        };

    private AuthenticationHeaderValue? Login() =>
        question.Credential switch
        {
            { Password: { } token, Username: null } => new("Bearer", OneLine(token.Reveal())),
            { Password: { } password, Username: { } user } => BasicLogin.Of(user, password),
            _ => null,
        };

    /// <summary>A header has one line; the host refuses what is left.</summary>
    private static string OneLine(string text) => string.Concat(text.Where(sign => !char.IsControl(sign)));

    private static readonly Dictionary<string, string> Version2 = new() { ["Git-Protocol"] = "version=2" };
}
