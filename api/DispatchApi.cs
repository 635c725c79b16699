using Dispatch.Api.Access;
using Dispatch.Api.Audit;
using Dispatch.Api.Bookings;
using Dispatch.Api.Catalogue;
using Dispatch.Api.Clock;
using Dispatch.Api.Devices;
using Dispatch.Api.Entitlement;
using Dispatch.Api.Health;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Labels;
using Dispatch.Api.MailIn;
using Dispatch.Api.Messages;
using Dispatch.Api.Metrics;
using Dispatch.Api.Offers;
using Dispatch.Api.OpenApi;
using Dispatch.Api.Pages;
using Dispatch.Api.Plans;
using Dispatch.Api.Problems;
using Dispatch.Api.Quotes;
using Dispatch.Api.Reading;
using Dispatch.Api.Rules;
using Dispatch.Api.ServiceDesk;
using Dispatch.Api.ServicePoints;
using Dispatch.Api.Session;
using Dispatch.Api.Streams;
using Dispatch.Api.Streams.Live;
using Dispatch.Api.Technicians;
using Dispatch.Api.Tracking;
using Dispatch.Api.Triage;
using Dispatch.Api.Zones;
using Dispatch.Domain;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Grains.Contracts.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatch.Api;

/// <summary>
/// The whole HTTP and push side. The host adds <see cref="TimeProvider"/>, <see cref="BusinessClock"/>, <see cref="ITravelInfo"/>, <c>ITravel</c>, <c>MailInRules</c>, <c>IDatabase</c>, <c>IFeedStore</c> and
/// <c>IGrainFactory</c>, and finds <see cref="IAccountBootstrap"/>, <see cref="IMessageWriter"/> and <see cref="DeskRules"/> here.
/// </summary>
public static class DispatchApi
{
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static IServiceCollection AddDispatchApi(this IServiceCollection services, Action<ApiOptions> configure)
    {
        ApiOptions options = new();
        configure(options);
        options.Validate();
        services.AddSingleton(options);
        // At once: a wrong file ends the start with the sentence that repairs it.
        services.AddSingleton(RuleShelves.Load(options.RulesFolder));
        services.AddSingleton(parts => new DeskRules(parts.GetRequiredService<RuleShelves>().Desk, TimeZoneInfo.FindSystemTimeZoneById(options.MessageTimeZone)));
        services.AddRouting();
        services.AddResponseCompression(compression => compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/geo+json"]);
        services.AddMetrics();
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        // The framework logs whole addresses, and some of ours hold tokens.
        services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            // Takes every refusal for a failure; what really fails is logged by our own filter.
            .AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Critical));
        services.ConfigureHttpJsonOptions(json => ApiJson.Apply(json.SerializerOptions));
        services.AddExceptionHandler<Failures>();
        services.AddSingleton(TrackingTokens.Load(options.DataFolder, options.Tenant));
        Authentication.Add(services, options);
        OpenApiSetup.Add(services);
        services.AddSignalR(hub =>
        {
            hub.AddFilter<HubFailureFilter>();
            hub.MaximumReceiveMessageSize = 32 * 1024;
        }).AddJsonProtocol(json => ApiJson.Apply(json.PayloadSerializerOptions));
        AddParts(services);
        return services;
    }

    public static WebApplication MapDispatchApi(this WebApplication app)
    {
        ApiOptions options = app.Services.GetRequiredService<ApiOptions>();
        // Listens from the start, so that nothing is missing from the first reading.
        app.Services.GetRequiredService<PrometheusText>();
        app.UseSecurityHeaders();
        app.UseExceptionHandler(static _ => { });
        app.UseStatusCodePages(Failures.AnswerBare);
        // Program parts and the basemap only: they hold no secret that a compressed length could tell.
        app.UseWhen(
            static context => context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) || context.Request.Path.StartsWithSegments("/basemap", StringComparison.Ordinal),
            static branch => branch.UseResponseCompression());
        PageRoutes.Use(app, options);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAccessGate();

        RouteGroupBuilder v1 = app.MapGroup("/v1").AddEndpointFilter<RefusalFilter>().AddEndpointFilter(app.Services.GetRequiredService<Repeats>());
        SessionRoutes.Map(v1);
        JobRoutes.Map(v1);
        TechnicianRoutes.Map(v1);
        ZoneRoutes.Map(v1);
        PlanChangeRoutes.Map(v1);
        PointRoutes.Map(v1);
        MailInRoutes.Map(v1);
        LabelRoutes.Map(v1);
        CarrierRoutes.Map(v1);
        AccountRoutes.Map(v1);
        CatalogueRoutes.Map(v1);
        ClockRoutes.Map(v1);
        TrackingRoutes.Map(v1);
        MessageRoutes.Map(v1);
        DeviceRoutes.Map(v1);
        ExchangeRoutes.Map(v1);
        EntitlementRoutes.Map(v1);
        TriageRoutes.Map(v1);
        OfferRoutes.Map(v1);
        QuoteRoutes.Map(v1);
        BookingRoutes.Map(v1);
        ContactRoutes.Map(v1);
        EscalationRoutes.Map(v1);
        CallBackRoutes.Map(v1);
        CaseRoutes.Map(v1);
        TrackedDeskRoutes.Map(v1);
        StreamRoutes.Map(v1);
        app.MapHub<LiveHub>(Authentication.HubPath, hub => hub.CloseOnAuthenticationExpiration = true).RequireAccess(Act.FollowJob);
        app.MapOpenApi("/openapi/{documentName}.json");
        HealthRoutes.Map(app);
        MetricsRoutes.Map(app);
        PageRoutes.Map(app, options);
        return app;
    }

    private static void AddParts(IServiceCollection services)
    {
        services.AddSingleton<Repeats>();
        services.AddSingleton<Accounts>();
        services.AddSingleton<IAccountBootstrap>(parts => parts.GetRequiredService<Accounts>());
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<Ownership>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<ViewReader>();
        services.AddSingleton<ReadBarrier>();
        services.AddSingleton<TerritoryIndex>();
        services.AddSingleton<PlanReader>();
        services.AddSingleton<ContactStore>();
        services.AddSingleton<JobIntake>();
        services.AddSingleton<OfferDesk>();
        services.AddSingleton<PlanDesk>();
        services.AddSingleton<BookingDesk>();
        services.AddSingleton<TechnicianEntry>();
        services.AddSingleton<TechnicianNames>();
        services.AddSingleton<TrackingDesk>();
        services.AddSingleton<MessageWriter>();
        services.AddSingleton<IMessageWriter>(parts => parts.GetRequiredService<MessageWriter>());
        services.AddSingleton<MessageDesk>();
        services.AddSingleton<DeviceDesk>();
        services.AddSingleton<EntitlementDesk>();
        services.AddSingleton<OfferComparer>();
        services.AddSingleton<QuoteWriter>();
        services.AddSingleton<CostDesk>();
        services.AddSingleton<OfferBooking>();
        services.AddSingleton<DeskThings>();
        services.AddSingleton<DeskTexts>();
        services.AddSingleton<DeskCommands>();
        services.AddSingleton<DeskLists>();
        services.AddSingleton<RatingDesk>();
        services.AddSingleton<CaseIntake>();
        services.AddSingleton<EventHistory>();
        services.AddSingleton<DutyFilter>();
        services.AddSingleton<SnapshotReader>();
        services.AddSingleton<StorageProbe>();
        services.AddSingleton<PrometheusText>();
        services.AddSingleton<Feeds>();
        services.AddSingleton<IFeeds>(parts => parts.GetRequiredService<Feeds>());
        services.AddSingleton<StreamRelay>(parts =>
        {
            StreamRelay relay = ActivatorUtilities.CreateInstance<StreamRelay>(parts);
            parts.GetRequiredService<Feeds>().PassOnTo(relay);
            return relay;
        });
        services.AddHostedService<RelayClock>();
        services.AddHostedService<RuleAudit>();
    }
}
