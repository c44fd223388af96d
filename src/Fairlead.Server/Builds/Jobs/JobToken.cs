using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Core.Secrets;
using Microsoft.Net.Http.Headers;

namespace Fairlead.Server.Builds.Jobs;

/// <summary>
/// What a runner shows to prove which build it runs: 256 random bits, made for one attempt, of which only the SHA-256
/// is kept. An endpoint takes it as a parameter and has <see cref="RunningJobs"/> say whose it is.
/// </summary>
internal readonly record struct JobToken(byte[]? Hash)
{
    public static (Secret Token, byte[] Hash) New()
    {
        var token = "flj_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (new Secret(token), SHA256.HashData(Encoding.UTF8.GetBytes(token)));
    }

    public static ValueTask<JobToken> BindAsync(HttpContext context)
    {
        const string Scheme = "Bearer ";
        var header = context.Request.Headers[HeaderNames.Authorization].ToString();
        return ValueTask.FromResult(
            header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                ? new JobToken(SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())))
                : default
        );
    }
}
