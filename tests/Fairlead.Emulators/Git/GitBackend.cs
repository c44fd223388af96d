using System.Diagnostics;
using System.Text;
using Fairlead.Emulators.Programs;

namespace Fairlead.Emulators.Git;

/// <summary>Hands a request to the real <c>git http-backend</c> over CGI and streams its answer.</summary>
internal static class GitBackend
{
    public static async Task Serve(HttpContext http, string root, string? user, string pushes)
    {
        using var process = Tool.Start(
            Tool.Prepare("git", ["http-backend"], root, Cgi(http.Request, root, user, pushes))
        );
        using var gone = http.RequestAborted.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync();
        var feeding = Feed(http.Request, process);
        var output = process.StandardOutput.BaseStream;
        await ReadHead(output, http.Response);
        await output.CopyToAsync(http.Response.Body, http.RequestAborted);
        await feeding;
        await process.WaitForExitAsync(http.RequestAborted);
        await errors;
    }

    /// <summary>The same, and tells what was pushed once the answer is out.</summary>
    /// <param name="pushed">Gets what git gave post-receive: lines of before, after, ref.</param>
    public static async Task Serve(HttpContext http, string root, string user, Func<string[], Task> pushed)
    {
        var pushes = Path.GetTempFileName();
        try
        {
            await Serve(http, root, user, pushes);
            await pushed(await File.ReadAllLinesAsync(pushes));
        }
        finally
        {
            File.Delete(pushes);
        }
    }

    private static Dictionary<string, string> Cgi(HttpRequest request, string root, string? user, string pushes)
    {
        var cgi = new Dictionary<string, string>(Git.Environment)
        {
            ["GIT_PROJECT_ROOT"] = root,
            ["GIT_HTTP_EXPORT_ALL"] = "1",
            ["PATH_INFO"] = request.Path,
            ["QUERY_STRING"] = request.QueryString.ToString().TrimStart('?'),
            ["REQUEST_METHOD"] = request.Method,
            ["CONTENT_TYPE"] = request.ContentType ?? "",
            ["REMOTE_ADDR"] = "127.0.0.1",
            ["EMULATOR_PUSHES"] = pushes,
        };
        if (request.ContentLength is { } length)
            cgi["CONTENT_LENGTH"] = length.ToString();
        if (user is not null)
            cgi["REMOTE_USER"] = user;
        if (request.Headers.ContentEncoding.Count > 0)
            cgi["HTTP_CONTENT_ENCODING"] = request.Headers.ContentEncoding.ToString();
        if (request.Headers.TryGetValue("Git-Protocol", out var protocol))
            cgi["GIT_PROTOCOL"] = protocol.ToString();
        return cgi;
    }

    private static async Task Feed(HttpRequest request, Process process)
    {
        try
        {
            await request.Body.CopyToAsync(process.StandardInput.BaseStream);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It answered without reading all of the request.
        }
    }

    private static async Task ReadHead(Stream output, HttpResponse response)
    {
        while (await ReadLine(output) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':');
            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            if (name.Equals("Status", StringComparison.OrdinalIgnoreCase))
                response.StatusCode = int.Parse(value.Split(' ')[0]);
            else
                response.Headers[name] = value;
        }
    }

    private static async Task<string> ReadLine(Stream output)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await output.ReadAsync(one) == 1 && one[0] != '\n')
            line.Append((char)one[0]);
        return line.ToString().TrimEnd('\r');
    }
}
