# Builds InferServe and runs it as a user without rights. ACCELERATOR says what runs the models, cpu or cuda (docs/gpu.md):
#
#   docker build -t inferserve .
#   docker build -t inferserve:cuda --build-arg ACCELERATOR=cuda .
#   docker run --rm -p 127.0.0.1:8000:8000 -e Gateway__AllowAnonymous=true inferserve
#
# A container's address is reached from outside of it, so the gateway wants keys or the word that everybody may call:
# mount keys.json to /srv/inferserve/keys.json, or set Tenants__ApiKey, or set Gateway__AllowAnonymous=true as above.
# Own models: mount their folder over /srv/inferserve/models and the registry over /srv/inferserve/models.json. Files that shall change under
# a running container go into a mounted folder, named by Gateway__Models or Tenants__Keys: a file that is mounted alone stays the old one.
# Usage by key is kept in the volume /var/lib/inferserve.

ARG ACCELERATOR=cpu

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG ACCELERATOR
RUN case "$ACCELERATOR" in cpu|cuda) ;; *) echo "ACCELERATOR must be cpu or cuda; it is '$ACCELERATOR'." >&2; exit 1 ;; esac
WORKDIR /src
# Project files first: the restore layer stays valid until a package changes.
COPY Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig global.json ./
COPY src/InferServe.Contracts/*.csproj src/InferServe.Contracts/packages.lock.json src/InferServe.Contracts/
COPY src/InferServe.Tokenization/*.csproj src/InferServe.Tokenization/packages.lock.json src/InferServe.Tokenization/
COPY src/InferServe.Grammar/*.csproj src/InferServe.Grammar/packages.lock.json src/InferServe.Grammar/
COPY src/InferServe.Engine/*.csproj src/InferServe.Engine/packages.lock.json src/InferServe.Engine/
COPY src/InferServe.OnnxRuntime/*.csproj src/InferServe.OnnxRuntime/packages.lock.json src/InferServe.OnnxRuntime/
COPY src/InferServe.GenAi/*.csproj src/InferServe.GenAi/packages.lock.json src/InferServe.GenAi/
COPY src/InferServe.Worker/*.csproj src/InferServe.Worker/packages.lock.json src/InferServe.Worker/
COPY src/InferServe.Gateway/*.csproj src/InferServe.Gateway/packages.lock.json src/InferServe.Gateway/
# The lock files are those of the CPU's packages.
RUN if [ "$ACCELERATOR" = cpu ]; then locked=--locked-mode; fi \
    && dotnet restore src/InferServe.Gateway -p:Accelerator=$ACCELERATOR $locked \
    && dotnet restore src/InferServe.Worker -p:Accelerator=$ACCELERATOR $locked
COPY src src
RUN dotnet publish src/InferServe.Gateway -c Release --no-restore -p:Accelerator=$ACCELERATOR -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS runtime-cpu

# The libraries of CUDA 13 and cuDNN 9, for which ONNX Runtime's package is built; the driver comes from the host.
FROM nvidia/cuda:13.0.2-cudnn-runtime-ubuntu24.04 AS runtime-cuda
COPY --from=runtime-cpu /usr/share/dotnet /usr/share/dotnet
ENV APP_UID=1654 DOTNET_ROOT=/usr/share/dotnet DOTNET_RUNNING_IN_CONTAINER=true PATH=$PATH:/usr/share/dotnet
RUN useradd --uid $APP_UID --user-group --create-home app

FROM runtime-${ACCELERATOR} AS final
ENV ASPNETCORE_URLS=http://+:8000 \
    ASPNETCORE_HTTP_PORTS= \
    DOTNET_EnableDiagnostics=0 \
    Usage__File=/var/lib/inferserve/usage.db
COPY --from=build /app /app
COPY models.json models.schema.json keys.schema.json /srv/inferserve/
COPY models/inferserve-nano/*.* /srv/inferserve/models/inferserve-nano/
RUN install -d -o $APP_UID -g $APP_UID /var/lib/inferserve
WORKDIR /srv/inferserve
VOLUME ["/srv/inferserve/models", "/var/lib/inferserve"]
EXPOSE 8000
USER $APP_UID
# Whoever acts on it restarts the container, so it asks whether the gateway lives; "health ready" asks whether its models are there.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["/app/InferServe.Gateway", "health", "live"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/InferServe.Gateway"]
