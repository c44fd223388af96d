using System.CommandLine;
using Fairlead.Cli.Output;
using Fairlead.Contracts;
using Fairlead.Contracts.Connections;

namespace Fairlead.Cli.Commands;

/// <summary>What the console's form shows beside its fields.</summary>
internal static class GuideCommand
{
    public static Command Create(Terminal terminal)
    {
        var kind = new Argument<string>("kind") { Description = "What it is: `fairlead connection kinds`" };
        return new Command("guide", "Tell what to do at the other side before a connection is added")
            .With(kind)
            .Does(
                terminal,
                async (call, cancel) =>
                {
                    var kinds = await call.Client.Get("api/v1/kinds", CliJson.Default.IReadOnlyListKindInfo, cancel);
                    var found =
                        kinds.FirstOrDefault(one => one.Kind == call.Get(kind))
                        ?? throw new FairleadException(
                            new Problem("client.kind", $"There is no kind {call.Get(kind)}.", 400)
                            {
                                Remedy = "`fairlead connection kinds` lists them.",
                            }
                        );
                    call.Answer(found, CliJson.Default.KindInfo, _ => Show(call, found));
                }
            );
    }

    private static void Show(Invocation call, KindInfo kind)
    {
        foreach (var (index, step) in kind.Steps.Index())
            call.Terminal.Say($"{index + 1}. {step.Text}{(step.Page is null ? "" : $" {step.Page}")}");
        call.Terminal.Show(kind.Needs, ("give", need => need.Privilege), ("without it", need => need.Without));
        call.Terminal.Say($"Then: fairlead connection add {kind.Kind} --name NAME");
    }
}
