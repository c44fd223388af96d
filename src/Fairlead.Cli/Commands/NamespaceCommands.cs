using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Images;

namespace Fairlead.Cli.Commands;

/// <summary>Namespaces: the first part of an image's name.</summary>
internal static class NamespaceCommands
{
    private const string Path = "api/v1/namespaces";

    public static Command Create(Terminal terminal) =>
        new Command("namespace", "Namespaces of image repositories").With(
            List(terminal),
            Add(terminal),
            Delete(terminal)
        );

    private static Command List(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "list",
            "List namespaces",
            Path,
            CliJson.Default.PageNamespaceInfo,
            [],
            _ => Columns
        );

    private static readonly (string, Func<NamespaceInfo, string?>)[] Columns =
    [
        ("namespace", space => space.Name),
        ("images", space => space.Images.ToString()),
        ("summary", space => space.Summary),
    ];

    private static Command Add(Terminal terminal)
    {
        var name = new Argument<string>("namespace");
        var summary = new Option<string?>("--summary") { Description = "One sentence about it" };
        return new Command("add", "Make a namespace, the first part of image names")
            .With(name, summary)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var made = await call.Send(
                        HttpMethod.Post,
                        Path,
                        new NamespaceInput(call.Get(name), call.Get(summary) ?? ""),
                        CliJson.Default.NamespaceInput,
                        CliJson.Default.NamespaceInfo,
                        cancel
                    );
                    call.Answer(made, CliJson.Default.NamespaceInfo, _ => call.Terminal.Show([made], Columns));
                }
            );
    }

    private static Command Delete(Terminal terminal)
    {
        var name = new Argument<string>("namespace");
        var force = new Option<bool>("--force") { Description = "Even when it has images" };
        return new Command("delete", "Delete a namespace")
            .With(name, force)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    call.AskFirst($"Delete the namespace {call.Get(name)}?");
                    var query = call.Get(force) ? "?force=true" : "";
                    var path = $"{Path}/{Uri.EscapeDataString(call.Get(name))}{query}";
                    await call.Client.Do(HttpMethod.Delete, path, null, cancel);
                    call.Terminal.Say($"{call.Get(name)} is gone.");
                }
            );
    }
}
