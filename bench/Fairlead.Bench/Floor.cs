using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fairlead.Bench;

/// <summary>
/// The least a receiver on this runtime can do: read, check the signature, parse, answer. Stores nothing.
/// </summary>
internal static class Floor
{
    public static async Task<int> Run(int port, string secret)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var key = Encoding.ASCII.GetBytes(secret);
        app.MapPost("/hook", context => Receive(context, key));
        await app.RunAsync();
        return 0;
    }

    private static async Task Receive(HttpContext context, byte[] key)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var expected = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, body.ToArray()));
        var given = context.Request.Headers["X-Hub-Signature-256"].ToString();
        var fits = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(expected),
            Encoding.ASCII.GetBytes(given)
        );
        using var parsed = JsonDocument.Parse(body.ToArray());
        context.Response.StatusCode = fits && parsed.RootElement.TryGetProperty("ref", out _) ? 202 : 401;
    }
}
