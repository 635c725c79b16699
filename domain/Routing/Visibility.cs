using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Domain.Tests")]
