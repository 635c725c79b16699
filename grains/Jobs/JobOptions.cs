using System.ComponentModel.DataAnnotations;

namespace Dispatch.Grains.Jobs;

/// <summary>Figures of the assignment protocol.</summary>
public sealed class JobOptions
{
    /// <summary>
    /// How much longer a technician's time is kept than the offer lasts, so that an acceptance in the last moment still finds it. Default 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ReservationGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A booked visit that was begun and not told to its technician goes on after this; longer than a booking takes in health. Default 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan AppointmentGrace { get; set; } = TimeSpan.FromSeconds(10);
}
