using System.Globalization;
using System.Text.Json.Nodes;
using Dispatch.Domain.Devices;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>One click books a mode of the comparison, over HTTP.</summary>
public sealed class BookingTests(City city) : IClassFixture<City>
{
    private static int _names;

    private DispatchServer Server => city.Server;

    private static string SomeImei()
    {
        string digits = $"86700103{Interlocked.Increment(ref _names):000000}";
        return $"{digits}{Imei.CheckDigit(digits)}";
    }

    /// <summary>A brand of its own keeps the points and technicians of one test from the questions of another.</summary>
    private static string NewBrand() => $"Brand{Interlocked.Increment(ref _names)}";

    private async Task<(string Id, string Token)> Point(string brand, int perDay = 3, int screens = 9, int units = 0)
    {
        string user = $"counter{Interlocked.Increment(ref _names)}";
        JsonObject body = new()
        {
            ["name"] = "Point " + user, ["zone"] = City.Zone, ["place"] = City.Place(121.02, 31.02), ["brands"] = new JsonArray(brand), ["skills"] = new JsonArray(new JsonObject { ["code"] = "phone", ["level"] = 2 }),
            ["stock"] = new JsonArray(new JsonObject { ["code"] = "screen", ["quantity"] = screens }, new JsonObject { ["code"] = $"unit:{brand.ToLowerInvariant()}:one", ["quantity"] = units }),
            ["hours"] = new JsonObject { ["open"] = "00:00", ["close"] = "23:59", ["timeZone"] = "Asia/Shanghai" }, ["slots"] = new JsonArray(new JsonObject { ["category"] = "phone", ["perDay"] = perDay }),
            ["signIn"] = new JsonObject { ["user"] = user, ["password"] = DispatchServer.Password },
        };
        string id = (await Server.Post("/v1/points", body, city.Manager)).Must(201)["id"]!.GetValue<string>();
        return (id, await Server.SignIn(user));
    }

    private async Task<Person> Technician(string brand, int units = 0)
    {
        string user = $"van{Interlocked.Increment(ref _names)}";
        JsonObject body = city.TechnicianBody(user);
        body["authorisations"] = new JsonArray(new JsonObject { ["brand"] = brand, ["until"] = TimeProvider.System.GetUtcNow().AddDays(9).ToString("O") });
        body["stock"] = new JsonArray(new JsonObject { ["code"] = "screen", ["quantity"] = 5 }, new JsonObject { ["code"] = $"unit:{brand.ToLowerInvariant()}:one", ["quantity"] = units });
        string id = (await Server.Post("/v1/technicians", body, city.Manager)).Must(201)["id"]!.GetValue<string>();
        string token = await Server.SignIn(user);
        (await Server.Post($"/v1/technicians/{id}/duty", new JsonObject { ["onDuty"] = true }, token)).Must(200);
        return new Person(id, user, token);
    }

    private static JsonObject Question(string brand) => new()
    {
        ["category"] = "screen", ["device"] = new JsonObject { ["kind"] = "phone", ["brand"] = brand, ["model"] = "One", ["imei"] = SomeImei() }, ["place"] = City.Place(121.01, 31.01),
    };

    /// <summary>Asks until the mode is offered, as a page that is being looked at does, and takes what it sees.</summary>
    private async Task<JsonObject> Click(string brand, string mode, string? contract = null)
    {
        JsonObject question = Question(brand);
        if (contract is not null)
            (question["segment"], question["contract"]) = ("professional", contract);
        JsonNode comparison = null!;
        await DispatchServer.Until($"{mode} is offered", async () => Offer(comparison = (await Server.Post("/v1/offers", question, contract is null ? null : city.Dispatcher)).Must(200), mode)["offered"]!.GetValue<bool>());
        return new()
        {
            ["question"] = question, ["mode"] = mode, ["contact"] = new JsonObject { ["name"] = "Ada Example", ["phone"] = "+86 21 5555 0101", ["language"] = "en" }, ["address"] = "1 River Road",
            ["agreed"] = new JsonObject
            {
                ["total"] = Offer(comparison, mode)["price"]!["total"]!.GetValue<long>(), ["currency"] = comparison["currency"]!.GetValue<string>(), ["priceVersion"] = comparison["priceVersion"]!.GetValue<string>(),
                ["until"] = Offer(comparison, mode)["until"]!.GetValue<string>(),
            },
        };
    }

    private static JsonNode Offer(JsonNode comparison, string mode) => comparison["offers"]!.AsArray().Single(o => o!["mode"]!.GetValue<string>() == mode)!;

    private async Task<JsonNode> Job(string id) => (await Server.Get($"/v1/jobs/{id}", city.Dispatcher)).Must(200);

    private async Task<JsonNode> Until(string id, Func<JsonNode, bool> holds)
    {
        JsonNode job = null!;
        await DispatchServer.Until($"{id} is so", async () => holds(job = await Job(id)));
        return job;
    }

    [Fact]
    public async Task AWalkIn_IsBookedWithItsPlace_CheckedIn_AndHandedBack_AndTheCustomerSeesTheTerms()
    {
        string brand = NewBrand();
        (string point, string counter) = await Point(brand);
        JsonNode booked = (await Server.Post("/v1/bookings", await Click(brand, "walkIn"))).Must(201);
        string id = booked["job"]!["id"]!.GetValue<string>(), tracking = booked["job"]!["trackingToken"]!.GetValue<string>();
        Assert.Equal(("booked", point, "phone", "walkIn"), (booked["job"]!["status"]!.GetValue<string>(), booked["reserved"]!["pointId"]!.GetValue<string>(), booked["reserved"]!["bench"]!.GetValue<string>(), booked["terms"]!["mode"]!.GetValue<string>()));
        Assert.Equal(1, (await Server.Get($"/v1/points/{point}", city.Dispatcher)).Must(200)["days"]![0]!["taken"]!.GetValue<int>());
        JsonNode tracked = (await Server.Get($"/v1/track/{tracking}")).Must(200);
        Assert.Equal(77_000, tracked["terms"]!["price"]!["total"]!.GetValue<long>());
        Assert.Equal("walkIn", tracked["mode"]!.GetValue<string>());
        await Until(id, job => job["booking"]!["confirmed"]!.GetValue<bool>());
        (await Server.Get($"/v1/track/{tracking}/label")).MustRefuse(409, "job.wrong_mode");
        (await Server.Post($"/v1/jobs/{id}/pack", new JsonObject(), counter)).MustRefuse(409, "job.wrong_mode");
        foreach ((string step, JsonObject body) in new (string, JsonObject)[]
        {
            ("receive", []), ("inspect", new() { ["findings"] = "Glass cracked" }), ("start", []), ("finish", new() { ["outcome"] = "repaired" }), ("check", new() { ["passed"] = true }), ("hand-over", []),
        })
            (await Server.Post($"/v1/jobs/{id}/{step}", body, counter)).Must(200);
        Assert.Equal("web", (await Job(id))["channel"]!.GetValue<string>());
        Assert.Equal(("closed", "2026-1"), ((await Job(id))["status"]!.GetValue<string>(), (await Job(id))["terms"]!["priceVersion"]!.GetValue<string>()));
        await DispatchServer.Until("the steps are seen", async () =>
            (await Server.Get($"/v1/track/{tracking}")).Must(200)["steps"]!.AsArray().Select(s => s!["status"]!.GetValue<string>()).SequenceEqual(["requested", "booked", "received", "inspected", "onBench", "repaired", "checked", "delivered", "closed"]));
    }

    [Fact]
    public async Task ABookingOfAContact_RecordsItsChannel_WhichOnlyStaffMayState()
    {
        string brand = NewBrand();
        await Point(brand);
        string contact = (await Server.Post("/v1/contacts", new JsonObject { ["channel"] = "hotline", ["text"] = "The glass is cracked" }, city.Dispatcher)).Must(201)["id"]!.GetValue<string>();
        JsonObject click = await Click(brand, "walkIn");
        click["contactId"] = contact;
        JsonNode job = await Job((await Server.Post("/v1/bookings", click, city.Dispatcher)).Must(201)["job"]!["id"]!.GetValue<string>());
        Assert.Equal(("hotline", contact), (job["channel"]!.GetValue<string>(), job["contactId"]!.GetValue<string>()));
        (await Server.Post("/v1/bookings", click)).MustRefuse(401, "auth.required");
        click.Remove("contactId");
        click["channel"] = "hotline";
        (await Server.Post("/v1/bookings", click)).MustRefuse(401, "auth.required");
        click["channel"] = "pigeon";
        (await Server.Post("/v1/bookings", click, city.Dispatcher)).MustRefuse(400, "request.invalid");
    }

    [Fact]
    public async Task ASwapAtTheDoor_TakesTheUnitInTheVan_AndTheNewUnitIsEntered()
    {
        string brand = NewBrand(), given = SomeImei();
        Person technician = await Technician(brand, units: 1);
        JsonNode booked = (await Server.Post("/v1/bookings", await Click(brand, "swapAtDoor"), city.Dispatcher)).Must(201);
        string id = booked["job"]!["id"]!.GetValue<string>();
        Assert.Equal(("accepted", technician.Id, $"unit:{brand.ToLowerInvariant()}:one"), (
            booked["job"]!["status"]!.GetValue<string>(), booked["reserved"]!["technicianId"]!.GetValue<string>(), booked["reserved"]!["parts"]![0]!["code"]!.GetValue<string>()));
        JsonObject Epoch(params (string, JsonNode)[] more) => new([new("epoch", booked["job"]!["epoch"]!.GetValue<long>()), .. more.Select(m => KeyValuePair.Create<string, JsonNode?>(m.Item1, m.Item2))]);
        (await Server.Post($"/v1/jobs/{id}/depart", Epoch(), technician.Token)).Must(200);
        (await Server.Post($"/v1/jobs/{id}/arrive", Epoch(), technician.Token)).Must(200);
        (await Server.Post($"/v1/jobs/{id}/repair", Epoch(("outcome", "swapped")), technician.Token)).MustRefuse(422, "job.new_serial_missing");
        (await Server.Post($"/v1/jobs/{id}/repair", Epoch(("outcome", "swapped"), ("newSerial", given)), technician.Token)).Must(200);
        Assert.Equal(("swapped", given), ((await Job(id))["outcome"]!.GetValue<string>(), (await Job(id))["newUnit"]!.GetValue<string>()));
        await DispatchServer.Until("the unit is entered", async () => (await Server.Get($"/v1/devices?imei={given}", city.Dispatcher)).Must(200)["items"]!.AsArray().Count == 1);
    }

    /// <summary>150 an hour at 80 %, a screen of 680 at 95 %, and the first of the free visits, on the technician’s word alone: what somebody booked by holds for what is found later.</summary>
    [Fact]
    public async Task WhoBookedByAContract_IsQuotedByIt_WithoutAnybodyNamingItAgain()
    {
        string brand = NewBrand();
        Person technician = await Technician(brand);
        JsonNode booked = (await Server.Post("/v1/bookings", await Click(brand, "doorToDoor", "studio"), city.Dispatcher)).Must(201);
        Assert.Equal(("professional", "studio"), (booked["terms"]!["segment"]!.GetValue<string>(), booked["terms"]!["contract"]!.GetValue<string>()));
        string id = booked["job"]!["id"]!.GetValue<string>();
        JsonObject Epoch() => new() { ["epoch"] = booked["job"]!["epoch"]!.GetValue<long>() };
        (await Server.Post($"/v1/jobs/{id}/depart", Epoch(), technician.Token)).Must(200);
        (await Server.Post($"/v1/jobs/{id}/arrive", Epoch(), technician.Token)).Must(200);
        JsonObject found = Epoch();
        (found["labourMinutes"], found["parts"]) = (60, new JsonArray(new JsonObject { ["code"] = "screen", ["quantity"] = 1 }));
        (await Server.Post($"/v1/jobs/{id}/quotes", found, technician.Token)).Must(200);
        Assert.Equal(12_000 + 64_600, (await Job(id))["quote"]!["total"]!.GetValue<long>());
    }

    [Fact]
    public async Task ADoorToDoorVisit_HasItsTechnician_InTheWindowThatWasAskedFor_AndTheCustomerLearnsNoId()
    {
        string brand = NewBrand();
        Person technician = await Technician(brand);
        JsonObject click = await Click(brand, "doorToDoor");
        click["agreed"]!.AsObject().Remove("until");
        click["window"] = City.Window(5, 6);
        JsonNode booked = (await Server.Post("/v1/bookings", click)).Must(201);
        Assert.Null(booked["reserved"]!["technicianId"] ?? booked["job"]!["technicianId"] ?? booked["job"]!["technicianIds"]);
        JsonNode job = await Job(booked["job"]!["id"]!.GetValue<string>());
        Assert.Equal(technician.Id, job["technicianId"]!.GetValue<string>());
        Assert.True(job["visit"]!["startAt"]!.GetValue<DateTimeOffset>() >= DateTimeOffset.Parse(click["window"]!["from"]!.GetValue<string>(), CultureInfo.InvariantCulture));
        click["window"] = City.Window(70, 71);
        (await Server.Post("/v1/bookings", click)).MustRefuse(409, "booking.not_offered");
        click["window"] = City.Window(-3, -2);
        (await Server.Post("/v1/bookings", click)).MustRefuse(409, "booking.not_offered");
    }

    [Fact]
    public async Task ALostAnswer_IsTheSameAgain_WithOneReservation()
    {
        string brand = NewBrand();
        (string point, _) = await Point(brand, perDay: 2);
        JsonObject click = await Click(brand, "mailIn");
        Answer first = await Server.Post("/v1/bookings", click, null, $"again-{brand}"), second = await Server.Post("/v1/bookings", click, null, $"again-{brand}");
        Assert.Equal((201, first.Text), (first.Status, first.Text));
        Assert.Equal((first.Status, first.Text), (second.Status, second.Text));
        Assert.Equal(1, (await Server.Get($"/v1/points/{point}", city.Dispatcher)).Must(200)["days"]!.AsArray().Sum(d => d!["taken"]!.GetValue<int>()));
        click["mode"] = "walkIn";
        (await Server.Post("/v1/bookings", click, null, $"again-{brand}")).MustRefuse(422, "operation.key_reused");
    }

    /// <summary>The last place, the last part and the last unit of a point, and the last unit of a van.</summary>
    [Theory]
    [InlineData("walkIn", 1, 9, 0, 0)]
    [InlineData("walkIn", 9, 1, 0, 0)]
    [InlineData("swapAtPoint", 9, 9, 1, 0)]
    [InlineData("swapAtDoor", 9, 9, 0, 1)]
    public async Task OfTwoCustomers_OneGetsTheLast_AndTheOtherHearsWhatIsStillOffered(string mode, int perDay, int screens, int units, int aboard)
    {
        for (int round = 0; round < 3; round++)
        {
            string brand = NewBrand();
            if (aboard == 0)
                await Point(brand, perDay, screens, units);
            else
                await Technician(brand, aboard);
            JsonObject[] clicks = [await Click(brand, mode), await Click(brand, mode)];
            // Where only days are short, another day is another place; they are not to be later than what was seen.
            Answer[] answers = await Task.WhenAll(clicks.Select(c => Server.Post("/v1/bookings", c)));
            Answer won = Assert.Single(answers, a => a.Status == 201), lost = Assert.Single(answers, a => a.Status == 409);
            Assert.Contains(lost.Code, new[] { "booking.not_offered", "booking.promise_changed" });
            Assert.Equal(11, lost.Body["current"]!["offers"]!.AsArray().Count);
            // Called off, it is free for the other.
            string tracking = won.Body["job"]!["trackingToken"]!.GetValue<string>();
            (await Server.Post($"/v1/track/{tracking}/cancel", new JsonObject())).Must(200);
            JsonObject later = answers[0] == won ? clicks[1] : clicks[0];
            await DispatchServer.Until("it is free again", async () => (await Server.Post("/v1/bookings", later)).Status == 201);
        }
    }

    /// <summary>
    /// One place a day, and many who book at once without having been told a date: each has a day of their own, the days in a row.
    /// </summary>
    [Theory]
    [InlineData("mailIn")]
    [InlineData("walkIn")]
    [InlineData("pickupReturn")]
    public async Task ManyWhoBookAtOnce_EachGetTheNextFreeDay(string mode)
    {
        const int Customers = 24;
        string brand = NewBrand();
        await Point(brand, perDay: 1, screens: 100);
        JsonObject[] clicks = await Clicks(brand, mode, Customers, withPromise: false);

        JsonNode[] booked =
        [
            .. (await Task.WhenAll(clicks.Select(click => Server.Post("/v1/bookings", click)))).Select(answer => answer.Must(201)),
        ];

        DateOnly[] days =
        [
            .. booked.Select(b => DateOnly.Parse(b["reserved"]!["day"]!.GetValue<string>(), CultureInfo.InvariantCulture)).Order(),
        ];
        Assert.Equal(Enumerable.Range(0, Customers).Select(days[0].AddDays), days);
        foreach (JsonNode one in booked)
        {
            JsonNode job = await Job(one["job"]!["id"]!.GetValue<string>());
            Assert.Equal(
                (one["reserved"]!["day"]!.GetValue<string>(), one["terms"]!["until"]!.GetValue<string>()),
                (job["booking"]!["benchDay"]!.GetValue<string>(), job["terms"]!["until"]!.GetValue<string>())
            );
            Assert.True(one["terms"]!["until"]!.GetValue<DateTimeOffset>() >= one["terms"]!["from"]!.GetValue<DateTimeOffset>());
        }

        // A later day is promised later, and where that is longer than a stand-in is owed after, the terms say so.
        JsonNode[] inOrder = [.. booked.OrderBy(b => b["reserved"]!["day"]!.GetValue<string>(), StringComparer.Ordinal)];
        Assert.All(
            inOrder.Zip(inOrder.Skip(1)),
            pair =>
                Assert.True(
                    pair.First["terms"]!["until"]!.GetValue<DateTimeOffset>() < pair.Second["terms"]!["until"]!.GetValue<DateTimeOffset>()
                )
        );
    }

    /// <summary>Those who were told a date are not booked for a later one, and hear of it.</summary>
    [Fact]
    public async Task ManyWhoWereToldADate_AreBookedForItOrHearThatItHasChanged()
    {
        string brand = NewBrand();
        await Point(brand, perDay: 2, screens: 100);
        JsonObject[] clicks = await Clicks(brand, "mailIn", 12, withPromise: true);

        Answer[] answers = await Task.WhenAll(clicks.Select(click => Server.Post("/v1/bookings", click)));

        Assert.Equal(2, answers.Count(answer => answer.Status == 201));
        Assert.All(
            answers.Where(answer => answer.Status != 201),
            answer =>
            {
                answer.MustRefuse(409, "booking.promise_changed");
                Assert.True(
                    Moment(Offer(answer.Body["current"]!, "mailIn")["until"]!) > Moment(clicks[0]["agreed"]!["until"]!),
                    $"{clicks[0]["agreed"]}: {answer.Text}"
                );
            }
        );
    }

    /// <summary>One technician, and many who book a visit at once: one after the other, as long as the day lasts.</summary>
    [Fact]
    public async Task ManyVisitsBookedAtOnce_AreMadeOneAfterTheOther()
    {
        string brand = NewBrand();
        Person technician = await Technician(brand);
        JsonObject[] clicks = await Clicks(brand, "doorToDoor", 5, withPromise: false);

        JsonNode[] booked =
        [
            .. (await Task.WhenAll(clicks.Select(click => Server.Post("/v1/bookings", click, city.Dispatcher)))).Select(answer =>
                answer.Must(201)
            ),
        ];

        Assert.All(booked, b => Assert.Equal(technician.Id, b["reserved"]!["technicianId"]!.GetValue<string>()));
        JsonNode[] visits =
        [
            .. (await Task.WhenAll(booked.Select(b => Job(b["job"]!["id"]!.GetValue<string>()))))
                .Select(job => job["visit"]!)
                .OrderBy(v => v["startAt"]!.GetValue<DateTimeOffset>()),
        ];
        Assert.All(
            visits.Zip(visits.Skip(1)),
            pair => Assert.True(pair.First["finishAt"]!.GetValue<DateTimeOffset>() <= pair.Second["startAt"]!.GetValue<DateTimeOffset>())
        );
    }

    private static DateTimeOffset Moment(JsonNode node) => DateTimeOffset.Parse(node.ToString(), CultureInfo.InvariantCulture);

    /// <summary>As many who look at the same comparison, each with a device of their own.</summary>
    private async Task<JsonObject[]> Clicks(string brand, string mode, int count, bool withPromise)
    {
        JsonObject first = await Click(brand, mode);
        if (!withPromise)
            first["agreed"]!.AsObject().Remove("until");
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
            {
                JsonObject click = first.DeepClone().AsObject();
                click["question"]!["device"]!["imei"] = SomeImei();
                return click;
            }),
        ];
    }

    [Fact]
    public async Task APriceThatIsNoLongerTrue_IsRefused_WithTheNewOne_AndNothingIsKept()
    {
        string brand = NewBrand();
        (string point, _) = await Point(brand);
        foreach ((string field, JsonNode value) in new (string, JsonNode)[] { ("total", 1), ("currency", "EUR"), ("priceVersion", "2019-9") })
        {
            JsonObject click = await Click(brand, "walkIn");
            click["agreed"]![field] = value;
            Answer refused = (await Server.Post("/v1/bookings", click)).MustRefuse(409, "booking.price_changed");
            Assert.Equal("77000", refused.Fact("total"));
            Assert.Equal(77_000, Offer(refused.Body["current"]!, "walkIn")["price"]!["total"]!.GetValue<long>());
        }
        JsonObject sooner = await Click(brand, "walkIn");
        sooner["agreed"]!["until"] = TimeProvider.System.GetUtcNow().AddHours(-1).ToString("O");
        (await Server.Post("/v1/bookings", sooner)).MustRefuse(409, "booking.promise_changed");
        Assert.Empty((await Server.Get($"/v1/points/{point}", city.Dispatcher)).Must(200)["days"]!.AsArray());
    }

    public static TheoryData<string, string, int, string> Wrong => new()
    {
        { "question", "null", 400, "request.invalid" },
        { "question.category", "\"kettle\"", 400, "request.invalid" },
        { "question.device", """{"kind":"phone","brand":"Example","model":"One","imei":"490154203237519"}""", 400, "device.imei_check_digit" },
        { "question.place", """{"lon":121,"lat":91}""", 400, "request.invalid" },
        { "question.segment", "\"enterprise\"", 401, "auth.required" },
        { "mode", "\"teleport\"", 400, "request.invalid" },
        { "mode", "\"remote\"", 422, "booking.mode_not_bookable" },
        { "mode", "\"tradeIn\"", 422, "booking.mode_not_bookable" },
        { "agreed", "null", 400, "request.invalid" },
        { "agreed.total", "null", 400, "request.invalid" },
        { "agreed.total", "\"much\"", 400, "request.malformed" },
        { "agreed.currency", "\"€\"", 400, "request.invalid" },
        { "agreed.until", "\"1066-10-14T00:00:00Z\"", 400, "request.invalid" },
        { "contact", "null", 400, "request.invalid" },
        { "contact.phone", "\"\"", 400, "request.invalid" },
        { "symptom", "\"\\u0007\"", 400, "request.invalid" },
        { "severity", "\"extreme\"", 400, "request.invalid" },
        { "window", """{"from":"2026-01-01T00:00:00Z"}""", 400, "request.invalid" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task AWrongBooking_IsACodedProblem_AndNoJob(string path, string json, int status, string code)
    {
        JsonObject body = new()
        {
            ["question"] = Question("Example"), ["mode"] = "walkIn", ["contact"] = new JsonObject { ["name"] = "Ada Example", ["phone"] = "+86 21 5555 0101" },
            ["agreed"] = new JsonObject { ["total"] = 77_000, ["currency"] = "CNY", ["priceVersion"] = "2026-1" },
        };
        string[] way = path.Split('.');
        JsonNode at = way.Length == 1 ? body : body[way[0]]!;
        at[way[^1]] = JsonNode.Parse(json);
        (await Server.Post("/v1/bookings", body)).MustRefuse(status, code);
    }

    [Fact]
    public async Task ASwapWithoutANumber_AndAModeNobodyOffers_AreRefused()
    {
        string brand = NewBrand();
        await Point(brand, units: 1);
        JsonObject click = await Click(brand, "swapAtPoint");
        click["question"]!["device"]!.AsObject().Remove("imei");
        (await Server.Post("/v1/bookings", click)).MustRefuse(422, "booking.device_number_missing");
        click = await Click(brand, "walkIn");
        click["question"]!["device"]!["brand"] = NewBrand();
        Answer refused = (await Server.Post("/v1/bookings", click)).MustRefuse(409, "booking.not_offered");
        Assert.Equal(("walkIn", "point.brand_not_authorised"), (refused.Fact("mode"), refused.Fact("reason")));
    }
}
