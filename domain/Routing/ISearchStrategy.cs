using System.Collections.Immutable;

namespace Dispatch.Domain.Routing;

/// <summary>A way to search one problem. The result depends on the seed, the number of threads and the limit's rounds alone, unless time ends it.</summary>
internal interface ISearchStrategy
{
    RoutingSolution Best { get; }

    void TakeOver(ImmutableArray<ImmutableArray<int>> routes);

    void Insert();

    void Improve(SearchLimit limit);
}
