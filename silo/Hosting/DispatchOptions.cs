using System.ComponentModel.DataAnnotations;

namespace Dispatch.Silo.Hosting;

/// <summary>What one process is told at its start. Section <c>Dispatch</c>; on the command line <c>--Dispatch:Data DIR</c> or the short forms of <see cref="DispatchHost"/>.</summary>
public sealed class DispatchOptions
{
    /// <summary>Folder of the database, keys and secrets. Created where missing, readable by the owner only. Default <c>data</c>.</summary>
    [Required, MinLength(1)]
    public string Data { get; set; } = "data";

    /// <summary>Folder of the built pages. Default: <c>web/dist</c> of the source tree where it is found, else <c>wwwroot</c> beside the program.</summary>
    public string? Web { get; set; }

    /// <summary>Loopback port. 0 takes a free one. Default 8080.</summary>
    [Range(0, 65535)]
    public int Port { get; set; } = 8080;

    /// <summary>Fill an empty data folder with a city to look at, and let it go on where one was begun. Default off; <c>./dispatch up</c> turns it on.</summary>
    public bool Demo { get; set; }

    /// <summary>Of the demo: <c>living</c> (default), a city that works by itself on a fast clock, or <c>quiet</c>, a zone and sixteen technicians who wait for somebody to try it.</summary>
    [RegularExpression("living|quiet")]
    public string City { get; set; } = "living";

    /// <summary>What everything in the demo's city follows from. Default 1.</summary>
    public int CitySeed { get; set; } = 1;

    /// <summary>How many times as fast as the wall clock the server's clock runs. Default 1, in a living demo <see cref="Demo.DemoPace.Speed"/>; demo and replay only.</summary>
    [Range(1.0, 1000.0)]
    public double Speed { get; set; } = 1;

    /// <summary>Tenants this process serves. Default <c>main</c>.</summary>
    [MinLength(1)]
    public string[] Tenants { get; set; } = ["main"];

    /// <summary>First manager account, made where there is no account at all. Without it one is made with a random password, printed once.</summary>
    public string? BootstrapUser { get; set; }

    /// <summary>Password of <see cref="BootstrapUser"/>; give it in the environment, never on a command line that others can read.</summary>
    public string? BootstrapPassword { get; set; }

    /// <summary><c>sqlite</c>: one file in <see cref="Data"/> (default). <c>postgres</c>: <see cref="ConnectionString"/>, for one process or several.</summary>
    [RegularExpression("sqlite|postgres")]
    public string Store { get; set; } = "sqlite";

    /// <summary>Of PostgreSQL, for store <c>postgres</c>. Give it in the environment, because it holds a password.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// Connections to PostgreSQL that this process opens at most, all purposes together. Default 20: two silos and two API nodes stay well below the server's usual limit of 100.
    /// </summary>
    [Range(8, 1000)]
    public int Connections { get; set; } = 20;

    public TravelOptions Travel { get; set; } = new();

    public ClusterOptions Cluster { get; set; } = new();
}

/// <summary>How long a way takes.</summary>
public sealed class TravelOptions
{
    /// <summary><c>road</c>: straight line times a road factor at a mean speed. <c>planar</c>: exact Euclidean metres around <see cref="OriginLon"/>, <see cref="OriginLat"/> for replay.</summary>
    [RegularExpression("road|planar")]
    public string Kind { get; set; } = "road";

    [Range(-180.0, 180.0)]
    public double OriginLon { get; set; } = 121.0;

    [Range(-80.0, 80.0)]
    public double OriginLat { get; set; } = 31.0;

    /// <summary>Speed on the plane. Default 1 m/s.</summary>
    [Range(0.001, 1000.0)]
    public double MetresPerSecond { get; set; } = 1;
}
