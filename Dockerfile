# syntax=docker/dockerfile:1
# Pages, then server, then a small image that runs either role. Nothing but Docker is needed on the host.

FROM node:20-bookworm-slim AS pages
WORKDIR /src/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY web/ ./
RUN npm run build

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS server
WORKDIR /src
COPY Directory.Build.props Directory.Build.targets Directory.Packages.props global.json ./
COPY eng/ eng/
COPY docs/refusals.md docs/
COPY domain/ domain/
COPY grains/ grains/
COPY api/ api/
COPY silo/ silo/
COPY bench/Instances/ bench/Instances/
COPY sim/ sim/
RUN dotnet publish silo/Dispatch.Silo.csproj -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS run
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/* \
    && mkdir -p /data && chown app:app /data
WORKDIR /app
COPY --from=server /app ./
COPY --from=pages /src/web/dist ./wwwroot
USER app
ENV Dispatch__Data=/data Dispatch__Web=/app/wwwroot Dispatch__Port=8080 Dispatch__Listen=0.0.0.0
VOLUME /data
EXPOSE 8080 11111 30000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=6s --start-period=60s --retries=6 CMD curl -fsS http://127.0.0.1:8080/health/ready || exit 1
ENTRYPOINT ["dotnet", "Dispatch.Silo.dll"]
