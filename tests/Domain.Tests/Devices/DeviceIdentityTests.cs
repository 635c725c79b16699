using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.Tests.Devices;

public class DeviceIdentityTests
{
    [Theory]
    [InlineData("490154203237518", null)]
    [InlineData("49-015420-323751-8", null)]
    [InlineData("356938035643809", null)]
    [InlineData("490154203237519", "device.imei_check_digit")]
    [InlineData("49015420323751", "device.imei_malformed")]
    [InlineData("4901542032375180", "device.imei_malformed")]
    [InlineData("49015420323751A", "device.imei_malformed")]
    [InlineData("４９０１５４２０３２３７５１８", "device.imei_malformed")]
    [InlineData("", "device.imei_malformed")]
    public void Imei_HasFifteenDigits_TheLastByLuhn(string text, string? code) => Assert.Equal(code, Imei.Read(text).Refusal?.Code);

    [Fact]
    public void Imei_KnowsItsTypeCode() => Assert.Equal("49015420", Imei.Read("490154203237518").Imei!.Value.TypeCode);

    /// <summary>Luhn's promise: one wrong digit is always found, and so are two neighbours exchanged, but for 0 and 9.</summary>
    [Fact]
    public void Imei_OneWrongDigit_OrTwoExchanged_IsNoticed()
    {
        const string Good = "490154203237518";
        for (int at = 0; at < Good.Length; at++)
        {
            for (char digit = '0'; digit <= '9'; digit++)
                Assert.Equal(digit == Good[at], Imei.Read($"{Good[..at]}{digit}{Good[(at + 1)..]}").Refusal is null);
            if (at + 1 < Good.Length && Good[at] != Good[at + 1] && (Good[at], Good[at + 1]) is not (('0', '9') or ('9', '0')))
                Assert.NotNull(Imei.Read($"{Good[..at]}{Good[at + 1]}{Good[at]}{Good[(at + 2)..]}").Refusal);
        }
    }

    [Theory]
    [InlineData("Canon", "123 4567-ab", "serial:canon:1234567-AB")]
    [InlineData(" canon ", "1234567-AB", "serial:canon:1234567-AB")]
    public void Serial_IsTheSameHoweverItIsWritten(string brand, string serial, string expected) => Assert.Equal(expected, DeviceIdentity.OfSerial(brand, serial).Identity!.ToString());

    [Theory]
    [InlineData("Canon", "123")]
    [InlineData("Canon", "1234567890123456789012345678901234")]
    [InlineData("Canon", "12 34;56")]
    [InlineData("Canon", "----")]
    [InlineData(" ", "1234567")]
    public void Serial_ThatCannotBe_IsRefused(string brand, string serial) => Assert.Equal("device.serial_malformed", DeviceIdentity.OfSerial(brand, serial).Refusal!.Code);

    [Theory]
    [InlineData("490154203237518", "imei:490154203237518")]
    [InlineData("49-015420-323751-8", "imei:490154203237518")]
    [InlineData("490154203237517", "serial:huawei:490154203237517")]
    [InlineData("49-015420-323751-7", "serial:huawei:490154203237517")]
    [InlineData("A12345", "serial:huawei:A12345")]
    [InlineData("x", null)]
    [InlineData(null, null)]
    public void Request_NamesADevice_WhereItsNumberCanBeRight(string? serial, string? expected) =>
        Assert.Equal(expected, DeviceIdentity.Find(new DeviceRef("Huawei", "P60", serial))?.ToString());

    [Theory]
    [InlineData("490154203237518", null)]
    [InlineData("490154203237517", "device.imei_check_digit")]
    [InlineData("A12345", null)]
    [InlineData("x", "device.serial_malformed")]
    public void Number_ThatMayBeMistyped_SaysWhy(string number, string? code) => Assert.Equal(code, DeviceIdentity.Doubt(number)?.Code);

    [Fact]
    public void UnitGivenForADevice_MayHaveAnImeiWhereTheOldOneHadNone() =>
        Assert.Equal("imei:356938035643809",
            DeviceIdentity.Find(new DeviceRef("Huawei", "P60", "490154203237517"))!.Another("356938035643809").Identity!.ToString());

    [Fact]
    public void Id_FollowsFromTenantAndNumber_AndNothingElse()
    {
        DeviceIdentity identity = DeviceIdentity.OfSerial("Canon", "1234567").Identity!;
        DeviceId id = DeviceId.Derive(new TenantId("main"), identity);
        Assert.StartsWith(DeviceId.Prefix, id.Value);
        Assert.Equal(id, DeviceId.Derive(new TenantId("main"), DeviceIdentity.OfSerial("CANON", "12 34567").Identity!));
        Assert.NotEqual(id, DeviceId.Derive(new TenantId("other"), identity));
        Assert.NotEqual(id, DeviceId.Derive(new TenantId("main"), DeviceIdentity.OfSerial("Nikon", "1234567").Identity!));
    }
}
