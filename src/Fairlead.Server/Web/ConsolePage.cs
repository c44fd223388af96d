using Fairlead.Core.Outcomes;
using Fairlead.Server.Access;
using Fairlead.Server.Data;
using Microsoft.AspNetCore.Components;

namespace Fairlead.Server.Web;

/// <summary>
/// A page: reads rows, calls verbs, and shows what they answer. A form posts to its own page; the verb's failure is
/// shown in place, and success leads on with a redirect, so reloading never repeats an action.
/// </summary>
public abstract class ConsolePage : ConsolePart
{
    [Inject]
    internal FairleadDb Db { get; set; } = null!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = null!;

    /// <summary>Why the last form was refused; null when it was not.</summary>
    protected Failure? Refusal { get; private set; }

    /// <summary>What was just posted; empty on a first visit.</summary>
    internal FormValues Posted => field ??= FormValues.Of(Http.Request);

    internal CancellationToken Gone => Http.RequestAborted;

    /// <summary>
    /// Runs a verb for the caller. The verb of the page itself was checked when it was asked for; a button that does
    /// more than reading names its own.
    /// </summary>
    internal async Task<bool> Try<T>(Verb verb, Func<Task<Outcome<T>>> act, Func<T, string?>? goesTo = null)
    {
        var outcome = Caller.May(verb) ? await act() : AccessFailures.NotAllowed(verb, Caller);
        if (!outcome.Try(out var value, out var failure))
        {
            Refuse(failure);
            return false;
        }
        if (goesTo?.Invoke(value) is { } next)
            Navigation.NavigateTo(next);
        return true;
    }

    /// <summary>Shows a failure in place and answers with its status.</summary>
    internal void Refuse(Failure failure)
    {
        Refusal = failure;
        // The form may stand in a part of the page, which then is all that is drawn again by itself.
        StateHasChanged();
        // Not before the answer starts: the framework throws away what a page rendered that has the status 404.
        Http.Response.OnStarting(() =>
        {
            Http.Response.StatusCode = failure.Status;
            Http.Response.SayWhenToRetry(failure);
            return Task.CompletedTask;
        });
    }

    /// <summary>Leads on to another page, which says <paramref name="said"/> once.</summary>
    internal void Continue(string path, string? said = null)
    {
        if (said is not null)
            Said.Leave(Http, said);
        Navigation.NavigateTo(path);
    }
}
