using System.CommandLine;
using System.Net.Http.Json;
using Fairlead.Cli.Output;
using Fairlead.Contracts.Images;

namespace Fairlead.Cli.Commands;

/// <summary>Image repositories: where code comes from and where images go.</summary>
internal static class ImageCommands
{
    public static Command Create(Terminal terminal) =>
        new Command("image", "Image repositories: source, target, tags").With(
            List(terminal),
            Show(terminal),
            Add(terminal),
            Set(terminal),
            Tags(terminal),
            Remove(terminal),
            RemoveTag(terminal)
        );

    internal static Argument<string> Name() => new("image") { Description = "namespace/name" };

    private static Command List(Terminal terminal) =>
        ListCommand.Create(
            terminal,
            "list",
            "List image repositories",
            "api/v1/images",
            CliJson.Default.PageImageInfo,
            [
                ("namespace", new Option<string?>("--namespace") { Description = "Only of this namespace" }),
                ("connection", new Option<string?>("--connection") { Description = "Only bound to this connection" }),
            ],
            _ =>
                [
                    ("image", image => image.FullName),
                    ("source", image => image.Source is { } from ? $"{from.Connection} {from.Repository}" : "-"),
                    ("access", image => image.IsPublic ? "public" : "private"),
                    ("rules", image => image.Rules.ToString()),
                    ("tags", image => image.Tags.ToString()),
                    ("last build", image => image.LastBuild is { } last ? BuildCommands.StateWord(last) : "-"),
                ]
        );

    private static Command Show(Terminal terminal)
    {
        var name = Name();
        return new Command("show", "Show one image repository")
            .With(name)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var path = $"api/v1/images/{ImageName.Of(call.Get(name)).Path}";
                    var image = await call.Client.Get(path, CliJson.Default.ImageInfo, cancel);
                    call.Answer(image, CliJson.Default.ImageInfo, _ => ShowOne(call, image));
                }
            );
    }

    private static void ShowOne(Invocation call, ImageInfo image) =>
        call.Terminal.ShowOne(
            ("image", image.FullName),
            ("reference", image.Reference),
            ("summary", image.Summary.Length > 0 ? image.Summary : null),
            ("access", image.IsPublic ? "public" : "private"),
            ("source", image.Source is { } from ? $"{from.Connection} {from.Repository}" : "pushed by people"),
            ("target", image.TargetConnection is { } target ? $"{target} {image.TargetRepository}" : null),
            ("heard of", image.Source is { OutboundOnly: true } ? "by looking only" : null),
            ("build on push", image.BuildOnPush ? "yes" : "no"),
            ("cache", image.NoCache ? "never used" : "used"),
            ("rules", image.Rules.ToString()),
            ("tags", image.Tags.ToString())
        );

    private static Command Add(Terminal terminal)
    {
        var name = Name();
        var connection = new Option<string?>("--connection")
        {
            Description = "ID of the connection the code comes from",
        };
        var repository = new Option<string?>("--repository") { Description = "The repository's name there" };
        var options = new ImageOptions();
        return new Command("add", "Make an image repository and bind it to its source")
            .With(name, connection, repository)
            .With(options.All)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var asked = ImageName.Of(call.Get(name));
                    var input = new ImageInput
                    {
                        Namespace = asked.Namespace,
                        Name = asked.Name,
                        Summary = call.Get(options.Summary) ?? "",
                        IsPublic = call.Get(options.Public) ?? false,
                        Connection = call.Get(connection),
                        Repository = call.Get(repository) ?? "",
                        TargetConnection = call.Get(options.TargetConnection),
                        TargetRepository = call.Get(options.TargetRepository),
                        OutboundOnly = call.Get(options.OutboundOnly),
                        BuildOnPush = call.Get(options.BuildOnPush) ?? true,
                        NoCache = call.Get(options.NoCache) ?? false,
                        CreateNamespace = true,
                    };
                    var image = await call.Client.Send(
                        HttpMethod.Post,
                        "api/v1/images",
                        JsonContent.Create(input, CliJson.Default.ImageInput),
                        CliJson.Default.ImageInfo,
                        cancel
                    );
                    call.Answer(image, CliJson.Default.ImageInfo, _ => ShowOne(call, image));
                }
            );
    }

    private static Command Set(Terminal terminal)
    {
        var name = Name();
        var connection = new Option<string?>("--connection") { Description = "Build it from this connection" };
        var repository = new Option<string?>("--repository") { Description = "The repository's name there" };
        var options = new ImageOptions();
        return new Command("set", "Change an image repository; what is not said stays")
            .With(name, connection, repository)
            .With(options.All)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var change = new ImageChange
                    {
                        Summary = call.Get(options.Summary),
                        Connection = call.Get(connection),
                        Repository = call.Get(repository),
                        IsPublic = call.Get(options.Public),
                        TargetConnection = call.Get(options.TargetConnection),
                        TargetRepository = call.Get(options.TargetRepository),
                        OutboundOnly = call.Get(options.OutboundOnly),
                        BuildOnPush = call.Get(options.BuildOnPush),
                        NoCache = call.Get(options.NoCache),
                    };
                    var image = await call.Client.Send(
                        HttpMethod.Patch,
                        $"api/v1/images/{ImageName.Of(call.Get(name)).Path}",
                        JsonContent.Create(change, CliJson.Default.ImageChange),
                        CliJson.Default.ImageInfo,
                        cancel
                    );
                    call.Answer(image, CliJson.Default.ImageInfo, _ => ShowOne(call, image));
                }
            );
    }

    private static Command Tags(Terminal terminal)
    {
        var name = Name();
        return ListCommand.Create(
            terminal,
            new Command("tags", "List the tags of an image repository").With(name),
            call => $"api/v1/images/{ImageName.Of(call.Get(name)).Path}/tags",
            CliJson.Default.PageTagInfo,
            [],
            call =>
                [
                    ("tag", tag => tag.Name),
                    ("digest", tag => Words.Digest(tag.Digest)),
                    ("size", tag => Words.Size(tag.Size)),
                    ("platforms", tag => string.Join(", ", tag.Platforms)),
                    ("build", tag => tag.BuildId?.ToString() ?? "-"),
                    ("commit", tag => tag.Commit?[..8] ?? "-"),
                    ("pushed", tag => Words.Ago(tag.PushedAt, call.Time)),
                ]
        );
    }

    private static Command Remove(Terminal terminal)
    {
        var name = Name();
        var force = new Option<bool>("--force") { Description = "Even when it has tags or builds" };
        return new Command("delete", "Delete an image repository")
            .With(name, force)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var image = ImageName.Of(call.Get(name));
                    call.AskFirst($"Delete {call.Get(name)} with its rules and builds?");
                    var force_ = call.Get(force) ? "?force=true" : "";
                    await call.Client.Do(HttpMethod.Delete, $"api/v1/images/{image.Path}{force_}", null, cancel);
                    call.Terminal.Say($"{call.Get(name)} is gone.");
                }
            );
    }

    private static Command RemoveTag(Terminal terminal)
    {
        var name = Name();
        var tag = new Argument<string>("tag");
        return new Command("delete-tag", "Delete one tag; the image stays while other tags name it")
            .With(name, tag)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    call.AskFirst($"Delete the tag {call.Get(tag)} of {call.Get(name)}?");
                    var path = $"{ImageName.Of(call.Get(name)).Path}/tags/{Uri.EscapeDataString(call.Get(tag))}";
                    await call.Client.Do(HttpMethod.Delete, $"api/v1/images/{path}", null, cancel);
                    call.Terminal.Say($"{call.Get(name)}:{call.Get(tag)} is gone.");
                }
            );
    }
}
