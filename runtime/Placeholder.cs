namespace Dispatch.Runtime; internal static class Placeholder;
