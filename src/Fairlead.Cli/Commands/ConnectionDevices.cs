using Fairlead.Contracts;
using Fairlead.Contracts.Authorisations;
using Fairlead.Contracts.Connections;

namespace Fairlead.Cli.Commands;

/// <summary>
/// Binds by a code that a person types on the host's page, in any browser anywhere. The server asks the host; this
/// only asks the server.
/// </summary>
internal static class ConnectionDevices
{
    private const string Path = "api/v1/grants/devices";

    /// <returns>The bound connection.</returns>
    public static async Task<ConnectionView> Run(Invocation call, NewGrant wish, CancellationToken cancel)
    {
        var start = await call.Send(
            HttpMethod.Post,
            Path,
            wish,
            CliJson.Default.NewGrant,
            CliJson.Default.DeviceGrant,
            cancel
        );
        call.Terminal.Say($"Open {start.Page} and type this code: {start.UserCode}");
        call.Terminal.Say($"Waiting until {start.ExpiresAt.ToLocalTime():HH:mm} for {start.Site}.");
        var wait = start.WaitSeconds;
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(wait), call.Time, cancel);
            var state = await call.Client.Send(
                HttpMethod.Post,
                $"{Path}/{start.Id}",
                null,
                CliJson.Default.DeviceGrantState,
                cancel
            );
            if (state.Connection is { } bound)
                return await call.Client.Get($"api/v1/connections/{bound}", CliJson.Default.ConnectionView, cancel);
            wait = state.WaitSeconds;
        }
    }

    /// <summary>The one application for this kind, or the one that was named.</summary>
    public static async Task<long> Application(Invocation call, string kind, long? named, CancellationToken cancel)
    {
        if (named is { } number)
            return number;
        var path = $"api/v1/applications?q={Uri.EscapeDataString(kind)}&size=200";
        var page = await call.Client.Get(path, CliJson.Default.PageApplicationInfo, cancel);
        return page.Items.Where(one => one.Kind == kind).ToList() switch
        {
            [var one] => one.Id,
            [] => throw Not($"No application is entered for {kind}.", "An administrator does: `application add`."),
            _ => throw Not($"Several applications are for {kind}.", "Name one of `application list` by --application."),
        };
    }

    private static FairleadException Not(string sentence, string remedy) =>
        new(new Problem("client.application", sentence, 400) { Remedy = remedy });
}
