using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fairlead.Emulators.GitHub;

/// <summary>The proof an App opens its own endpoints with, checked as strictly as the real host does.</summary>
internal static class GitHubJwt
{
    private static readonly RSASignaturePadding Padding = RSASignaturePadding.Pkcs1;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <returns>The App, or the words of the refusal.</returns>
    public static (GitHubApp? App, string Refusal) Check(GitHubHost host, string? text)
    {
        if (text?.Split('.') is not [var head, var body, var signature])
            return (null, "A JSON web token could not be decoded");
        try
        {
            var header = JsonDocument.Parse(Base64Url.DecodeFromChars(head)).RootElement;
            if (header.GetProperty("alg").GetString() != "RS256")
                return (null, "A JSON web token could not be decoded");
            var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(body)).RootElement;
            var issuer = claims.GetProperty("iss").ToString();
            var app = host.Apps.Find(one => issuer == one.ClientId || issuer == one.Id.ToString());
            if (app is null)
                return (null, "Integration not found");
            var signed = Encoding.ASCII.GetBytes($"{head}.{body}");
            var proof = Base64Url.DecodeFromChars(signature);
            RSA?[] keys = [app.KeyIsDeleted ? null : app.Key, app.NewKey];
            if (!keys.Any(key => key?.VerifyData(signed, proof, HashAlgorithmName.SHA256, Padding) == true))
                return (null, "A JSON web token could not be decoded");
            return Times(host, claims) is { } refusal ? (null, refusal) : (app, "");
        }
        catch (Exception odd) when (odd is FormatException or JsonException or KeyNotFoundException)
        {
            return (null, "A JSON web token could not be decoded");
        }
    }

    private static string? Times(GitHubHost host, JsonElement claims)
    {
        var now = host.Time.GetUtcNow().ToUnixTimeSeconds();
        var (from, to) = (claims.GetProperty("iat"), claims.GetProperty("exp"));
        if (from.ValueKind != JsonValueKind.Number || !from.TryGetInt64(out var issued) || issued > now)
            return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
        if (to.ValueKind != JsonValueKind.Number || !to.TryGetInt64(out var end) || end <= now)
            return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the "
                + "assertion expires";
        return end > now + Longest.TotalSeconds ? "'Expiration time' claim ('exp') is too far in the future" : null;
    }
}
