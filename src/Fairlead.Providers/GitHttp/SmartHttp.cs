using System.Security.Cryptography;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;
using Fairlead.Providers.Http;

namespace Fairlead.Providers.GitHttp;

/// <summary>
/// Asks for refs by Git's smart HTTP protocol (gitprotocol-http), version 2 where the host has it. Its sentences are
/// those of git.
/// </summary>
internal sealed class SmartHttp(Outside outside, RefQuestion question, GitUrl url)
{
    private const string Version2 = "version=2";

    /// <summary>Bytes read at most, as of git. A cut list would look like deleted refs.</summary>
    private const long Cap = 32 * 1024 * 1024;

    private readonly GuardedClient _http = outside.Http.Keep(question.Reach, question.Address.CertificateAuthorities);
    private readonly UploadPackCalls _calls = new(url, question.Credential);
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
        var first = await Send(_calls.Discover(Version2), cancel);
        if (!first.Try(out var shown, out var failure))
            return failure;
        if (shown.MediaType != UploadPackCalls.Shown)
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
        var asked = await Send(_calls.Ask(LsRefs(format), Version2), cancel);
        if (!asked.Try(out var listed, out var failure))
            return failure;
        return listed.MediaType == UploadPackCalls.Answered
            ? Read(listed.Body, new Discovery(2, format, 0))
            : GitFailures.NotGit(url);
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

    private async Task<Outcome<GuardedResponse>> Send(GuardedRequest request, CancellationToken cancel)
    {
        var left = question.Patience - outside.Time.GetElapsedTime(_began);
        if (left <= TimeSpan.Zero)
            return ReachFailures.TimedOut(url.Host);
        var answer = await _http.Send(request with { Cap = Cap, Timeout = left }, cancel);
        if (answer.Failure?.Code == ReachFailures.TooBigCode)
            return GitFailures.TooManyRefs;
        return answer.Then<GuardedResponse>(known => _calls.Refusal(known.Status) is { } refusal ? refusal : known);
    }
}
