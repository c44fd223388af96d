using System.Net.Http.Headers;
using Fairlead.Core.Connections;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Sources;
using Fairlead.Programs.Git;
using Fairlead.Providers.Http;

namespace Fairlead.Providers.GitHttp;

/// <summary>
/// The two requests by which a repository is read in Git's smart HTTP protocol (gitprotocol-http). The login goes with
/// each of them, so that nobody has to be refused first.
/// </summary>
internal sealed record UploadPackCalls(GitUrl Url, GitCredential Credential)
{
    public const string Shown = "application/x-git-upload-pack-advertisement";
    public const string Answered = "application/x-git-upload-pack-result";

    /// <summary>Hosts take a request for git's by its agent.</summary>
    private const string Agent = "git/2.39.5 (Fairlead)";

    /// <summary>What the host has, and how it speaks.</summary>
    /// <param name="protocol">What git says of itself in <c>Git-Protocol</c>; null for the oldest version.</param>
    public GuardedRequest Discover(string? protocol) =>
        Call(HttpMethod.Get, "info/refs?service=git-upload-pack", protocol) with
        {
            Accept = ["*/*"],
        };

    /// <summary>One question, in packets.</summary>
    public GuardedRequest Ask(byte[] body, string? protocol) =>
        Call(HttpMethod.Post, "git-upload-pack", protocol) with
        {
            Accept = [Answered],
            Body = body,
            ContentType = "application/x-git-upload-pack-request",
        };

    /// <summary>In the words of git; null when it is an answer.</summary>
    public Failure? Refusal(int status) =>
        status switch
        {
            200 => null,
            401 when Credential.Password is null => GitFailures.LoginNeeded(Url.Host),
            401 => GitFailures.LoginRefused(Url.Host),
            403 => GitFailures.Forbidden(Url.Host),
            404 or 410 => GitFailures.NotFound(Url.Host),
            _ => ReachFailures.Failing(Url.Host, status),
        };

    private GuardedRequest Call(HttpMethod method, string path, string? protocol) =>
        new(method, new Uri($"{Url}/{path}"))
        {
            Agent = Agent,
            Authorization = Login(),
            Headers = protocol is null ? [] : new Dictionary<string, string> { ["Git-Protocol"] = protocol },
        };

    private AuthenticationHeaderValue? Login() =>
        Credential switch
        {
            { Password: { } token, Username: null } => new("Bearer", OneLine(token.Reveal())),
            { Password: { } password, Username: { } user } => BasicLogin.Of(user, password),
            _ => null,
        };

    /// <summary>A header has one line; the host refuses what is left.</summary>
    private static string OneLine(string text) => string.Concat(text.Where(sign => !char.IsControl(sign)));
}
