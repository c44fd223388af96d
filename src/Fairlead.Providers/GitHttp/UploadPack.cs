using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;
using Fairlead.Providers.Http;
using Fairlead.Providers.Rest;

namespace Fairlead.Providers.GitHttp;

/// <summary>
/// Passes on what somebody's git says to the host of a repository, by a login that stays here, and the answer as it
/// comes. Reading only: there is no way to <c>git-receive-pack</c>.
/// </summary>
public sealed class UploadPack(Outside outside)
{
    /// <summary>The first request's answer: what the host has.</summary>
    public const string Shown = UploadPackCalls.Shown;

    /// <summary>The others' answers.</summary>
    public const string Answered = UploadPackCalls.Answered;

    /// <summary>As long as a fetch may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>
    /// Nothing has been written to <paramref name="answer"/> when the host's refusal is what is returned; a granted
    /// login that it refuses is renewed, and the host asked once more.
    /// </summary>
    public async Task<Outcome<Done>> Pass(
        Target target,
        RepositoryAddress address,
        GitCredential login,
        UploadPackRequest request,
        Stream answer,
        CancellationToken cancel
    )
    {
        if (!GitUrl.Parse(address.Url).Try(out var url, out var failure))
            return failure;
        using var http = outside.Http.Open(target.Reach, address.CertificateAuthorities);
        Task<Outcome<Done>> Ask(GitCredential by) => Pass(http, new UploadPackCalls(url, by), request, answer, cancel);
        return await GrantedGit.Ask(target, login, Ask, cancel);
    }

    /// <summary>What ends a talk in Git's own protocol, for a failure to be told in place of an answer.</summary>
    /// <param name="shown">In place of the first answer.</param>
    /// <param name="text">One line of ASCII, of less than 4,000 characters: git repeats no more.</param>
    public static byte[] Error(bool shown, string text) =>
        shown
            ? Pkt.Bytes(Pkt.Line("# service=git-upload-pack"), Pkt.Flush, Pkt.Line($"ERR {text}"))
            : Pkt.Bytes(Pkt.Line($"ERR {text}"));

    private static Task<Outcome<Done>> Pass(
        GuardedClient http,
        UploadPackCalls calls,
        UploadPackRequest request,
        Stream answer,
        CancellationToken cancel
    )
    {
        var (call, expected) = request.Body is { } body
            ? (calls.Ask(body, request.Protocol), Answered)
            : (calls.Discover(request.Protocol), Shown);
        call = call with { ContentEncoding = request.Encoding, Timeout = Patience };
        return http.Pass(call, Judge, answer, cancel);

        Failure? Judge(int status, string? type) =>
            calls.Refusal(status) ?? (type == expected ? null : GitFailures.NotGit(calls.Url));
    }
}

/// <summary>One request of git's.</summary>
/// <param name="Protocol">Its <c>Git-Protocol</c> header.</param>
public sealed record UploadPackRequest(string? Protocol)
{
    /// <summary>What is asked; null asks what there is.</summary>
    public byte[]? Body { get; init; }

    /// <summary>How the body is packed: git packs long ones. Null for not at all.</summary>
    public string? Encoding { get; init; }
}
