using Fairlead.Server.Access;
using Fairlead.Server.Builds;
using Fairlead.Server.Builds.Pages;
using Fairlead.Server.Web.Layout;
using Fairlead.Server.Web.Overview;

namespace Fairlead.Server.Web;

/// <summary>The console: Razor components rendered on the server, forms, and the files they need.</summary>
internal static class ConsoleSlice
{
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddSingleton<Assets>().AddSingleton<SideBarCounts>().AddHttpContextAccessor();
        services.AddScoped<ReadOverview>().AddScoped<ReadConcerns>().AddScoped<UsualTime>().AddScoped<ReadLog>();
        services.AddRazorComponents(components => components.DetailedErrors = false);
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "fairlead-form";
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            forms.SuppressXFrameOptionsHeader = true;
        });
        return services;
    }

    /// <summary>Files: before routing decides who may see what.</summary>
    public static WebApplication UseConsoleFiles(this WebApplication app)
    {
        app.Services.GetRequiredService<Assets>().Serve(app);
        return app;
    }

    /// <summary>Sign-in redirects and antiforgery: after authentication, before the verbs are enforced.</summary>
    public static WebApplication UseConsoleGate(this WebApplication app)
    {
        app.Use(ConsoleGate.Lead);
        app.UseAntiforgery();
        return app;
    }

    public static WebApplication MapConsole(this WebApplication app)
    {
        app.MapPost("/theme", Theme.Choose).OpenToAll("a preference kept in a cookie");
        app.MapPost("/sign-out", SignOut).Needs(Verbs.SessionOwn);
        app.MapGet("/builds/{id:long}/log", LogEndpoints.Get).Needs(Verbs.BuildRead);
        app.MapRazorComponents<App>()
            .Add(page =>
            {
                if (page.Metadata.OfType<PageNeedsAttribute>().SingleOrDefault() is { } needs)
                    page.Metadata.Add(new Needs(needs.Verb));
                if (page.Metadata.OfType<PageOpenToAllAttribute>().SingleOrDefault() is { } open)
                    page.Metadata.Add(new OpenToAll(open.Why));
            });
        return app;
    }

    // Taking the form makes the framework check its token.
    private static async Task<IResult> SignOut(HttpContext http, IFormCollection form, Caller caller, Sessions sessions)
    {
        if (caller.SessionId is { } session)
            await sessions.End(session, http.RequestAborted);
        SessionCookie.Remove(http);
        return TypedResults.Redirect("/sign-in");
    }
}
