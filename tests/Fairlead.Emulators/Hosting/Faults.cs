namespace Fairlead.Emulators.Hosting;

/// <summary>Ways a host misbehaves. Null behaves; a fault holds until it is set back.</summary>
public abstract record Fault
{
    /// <summary>Answers every request with this status and no body.</summary>
    public sealed record Answer(int Status) : Fault;

    /// <summary>Was asked too often, and says so in its own way.</summary>
    public sealed record Limited(int Status, string Words, params (string Name, string Value)[] Headers) : Fault;

    /// <summary>Has switched off what is asked for, for good or for hours, and announces it in the body.</summary>
    public sealed record SwitchedOff(string Body) : Fault;

    /// <summary>Waits before it answers as usual.</summary>
    public sealed record Slow(TimeSpan By) : Fault;

    /// <summary>Never answers.</summary>
    public sealed record Silent : Fault
    {
        private readonly TaskCompletionSource _asked = new();

        /// <summary>Ends when somebody asks.</summary>
        public Task Asked => _asked.Task;

        internal Task Keep(HttpContext http)
        {
            _asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, http.RequestAborted);
        }
    }

    /// <summary>Sends every request to the same path of another host.</summary>
    public sealed record Redirect(Uri To, int Status = 302) : Fault;

    /// <summary>Answers 200 with a web page, as a captive portal or a mistyped address does.</summary>
    /// <param name="OneLine">Without a line break, as a small page is: git takes it for a list of nothing.</param>
    public sealed record Html(bool OneLine = false) : Fault;

    /// <summary>Answers 200 with these words, whatever is asked.</summary>
    public sealed record Says(string ContentType, string Words) : Fault;

    /// <summary>Drops the connection before a byte of answer.</summary>
    public sealed record Reset : Fault;

    /// <summary>The credential is taken back when so many requests were answered.</summary>
    public sealed record Revoked(int After) : Fault
    {
        private int _asked;

        internal bool IsOver => Interlocked.Increment(ref _asked) > After;
    }

    /// <summary>Sends half of its answer and drops the connection.</summary>
    public sealed record Truncated : Fault;

    /// <summary>Shows the first page of a list whichever is asked for, and says that there are more.</summary>
    public sealed record SamePage : Fault;

    /// <summary>Links to the other pages of a list lead to another host.</summary>
    public sealed record NextElsewhere(Uri To) : Fault;

    /// <summary>True when the request has been answered (or ended) here.</summary>
    internal async Task<bool> Apply(HttpContext http)
    {
        switch (this)
        {
            case Answer answer:
                http.Response.StatusCode = answer.Status;
                return true;
            case Limited limited:
                http.Response.StatusCode = limited.Status;
                foreach (var (name, value) in limited.Headers)
                    http.Response.Headers[name] = value;
                await http.Response.WriteAsync(limited.Words);
                return true;
            case SwitchedOff off:
                http.Response.StatusCode = StatusCodes.Status410Gone;
                http.Response.ContentType = "application/json; charset=utf-8";
                await http.Response.WriteAsync(off.Body);
                return true;
            case Redirect redirect:
                http.Response.StatusCode = redirect.Status;
                http.Response.Headers.Location = new Uri(
                    redirect.To,
                    http.Request.Path.ToString().TrimStart('/') + http.Request.QueryString
                ).ToString();
                return true;
            case Html page:
                const string Page = "<!doctype html>\n<title>Sign in</title>\n<form>\n</form>\n";
                http.Response.ContentType = "text/html; charset=utf-8";
                await http.Response.WriteAsync(page.OneLine ? Page.ReplaceLineEndings("") : Page);
                return true;
            case Says says:
                http.Response.ContentType = says.ContentType;
                await http.Response.WriteAsync(says.Words);
                return true;
            case Revoked revoked when revoked.IsOver:
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return true;
            case Reset:
                http.Abort();
                return true;
            case Silent silent:
                await silent.Keep(http);
                return true;
            case Slow slow:
                await Task.Delay(slow.By, http.RequestAborted);
                return false;
            default:
                return false;
        }
    }
}
