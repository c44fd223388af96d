using Fairlead.Server.Access;
using Fairlead.Server.Data;

namespace Fairlead.Server.Hosting;

/// <summary>
/// <c>fairlead-server [OPTIONS]</c> serves; <c>fairlead-server link [NAME] [OPTIONS]</c> prints a one-time link and
/// needs the data directory itself, so only who owns the machine can.
/// </summary>
internal static class CommandLine
{
    public static async Task<int> Run(string[] args)
    {
        try
        {
            if (args is ["--help" or "-h" or "help", ..])
                return Say(Usage);
            var words = args.TakeWhile(word => !word.StartsWith('-')).ToArray();
            var options = ServerOptions.Read(OptionNames.Check(args[words.Length..]));
            return words switch
            {
                [] => await Serve(options),
                ["link"] => await Link(options, null),
                ["link", var name] => await Link(options, name),
                _ => throw new StartupException($"There is no command {words[0]}. See --help."),
            };
        }
        catch (StartupException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    }

    private static string Usage =>
        "fairlead-server [OPTIONS]              serve until told to stop\n"
        + "fairlead-server link [NAME] [OPTIONS]  print a one-time sign-in link\n\n"
        + "Options (or FAIRLEAD_KEY_FILE=... and so on):\n"
        + string.Join('\n', OptionNames.All.Select(option => $"  --{option.Name, -20} {option.Help}"));

    private static async Task<int> Serve(ServerOptions options)
    {
        ProcessHygiene.Apply();
        await using var app = FairleadServer.Create(options);
        await FairleadServer.Start(app);
        Say($"Fairlead serves at {options.BaseUrl}");
        if (await app.Services.GetRequiredService<FirstStart>().Link(CancellationToken.None) is { } link)
            Say($"Nobody has set this server up yet. Open this link within a day; it works once:\n{link}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task<int> Link(ServerOptions options, string? name)
    {
        // Only the link is printed, so a script can take it.
        await using var app = FairleadServer.Create(
            options,
            services => services.AddLogging(logging => logging.ClearProviders())
        );
        await app.Services.GetRequiredService<DatabaseSetup>().Run(CancellationToken.None);
        return Say(await app.Services.GetRequiredService<FirstStart>().LinkFor(name, CancellationToken.None));
    }

    private static int Say(string text)
    {
        Console.WriteLine(text);
        return 0;
    }
}
