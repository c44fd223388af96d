using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Fairlead.Core.Outcomes;
using Fairlead.Core.Providers;
using Fairlead.Core.Secrets;

namespace Fairlead.Providers.GitHub;

/// <summary>
/// Tokens of installations, in memory only, until shortly before they end: one is minted an hour however much is asked,
/// and all who wait for it share it. A cache, not state: an empty one costs one request.
/// </summary>
internal sealed class GitHubAppTokens(Outside outside)
{
    private const int MostKept = 1000;
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Place> _places = new();

    private sealed class Place
    {
        public SemaphoreSlim Gate { get; } = new(1);
        public Secret? Token { get; set; }
        public DateTimeOffset ExpiresAt { get; set; }
    }

    /// <param name="refused">What the host did not accept: not handed out again.</param>
    public async Task<Outcome<AuthenticationHeaderValue>> Header(
        Target target,
        AuthenticationHeaderValue? refused,
        CancellationToken cancel
    )
    {
        var avoid = refused?.Parameter is { } text ? new Secret(text) : null;
        return (await Get(target, avoid, cancel)).Map(token => new AuthenticationHeaderValue("Bearer", token.Reveal()));
    }

    public async Task<Outcome<Secret>> Get(Target target, Secret? refused, CancellationToken cancel)
    {
        if (_places.Count > MostKept)
            _places.Clear();
        var place = _places.GetOrAdd(KeyOf(target), _ => new Place());
        await place.Gate.WaitAsync(cancel);
        try
        {
            var good = place.ExpiresAt > outside.Time.GetUtcNow() + Margin;
            if (place.Token is { } kept && good && (refused is null || !kept.Equals(refused)))
                return kept;
            using var api = GitHubAppApi.Open(outside, target);
            if (!(await api.Mint(null, cancel)).Try(out var minted, out var failure))
                return failure;
            (place.Token, place.ExpiresAt) = (minted.Token, minted.ExpiresAt);
            return minted.Token;
        }
        finally
        {
            place.Gate.Release();
        }
    }

    /// <summary>Another key, another site or another installation has tokens of its own.</summary>
    private static string KeyOf(Target target)
    {
        var key = SHA256.HashData((target.SecretOf(GitHubForm.PrivateKey) ?? new Secret("")).Bytes);
        return string.Join(
            '\n',
            target.Setting(GitHubForm.Url),
            target.Setting(GitHubForm.AppId),
            target.Setting(GitHubForm.Installation),
            Convert.ToHexString(key)
        );
    }
}
