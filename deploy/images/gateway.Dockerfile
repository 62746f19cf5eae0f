# The one entrance, with the supergraph and the operations manifest that it serves. Context: the repository's root.

FROM docker.io/library/node:20-bookworm-slim AS packages
WORKDIR /app/gateway
COPY gateway/package.json gateway/package-lock.json gateway/.npmrc ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts --no-fund --no-audit --loglevel=error && \
    npm sbom --omit=dev --package-lock-only --sbom-format=cyclonedx >/packages.json && \
    find node_modules -type f \( -name '*.md' -o -name '*.map' -o -name '*.d.ts' -o -name '*.d.cts' -o -name '*.d.mts' \) -delete && \
    rm .npmrc package-lock.json

FROM docker.io/library/node:20-bookworm-slim AS root
COPY deploy/images/steps/leave-what-runs.sh /build/
RUN sh /build/leave-what-runs.sh node && rm -rf /build

FROM docker.io/library/python:3.11-slim-bookworm AS bill
ARG VERSION=0.1.0
COPY deploy/images/steps/bill_of_materials.py /build/
COPY --from=packages /packages.json /build/
COPY --from=root /etc/os-release /image/etc/
COPY --from=root /var/lib/dpkg/status /image/var/lib/dpkg/
RUN python /build/bill_of_materials.py --image docker.io/linli/gateway --version "${VERSION}" --root /image \
      --part /build/packages.json --output /usr/share/sbom/linli.cdx.json

FROM scratch
COPY --from=root / /
COPY --from=packages /app/gateway /app/gateway
COPY gateway/src /app/gateway/src
COPY gateway/supergraph.graphql /app/gateway/
COPY gateway/manifest /app/gateway/manifest
COPY --from=bill /usr/share/sbom /usr/share/sbom
ARG VERSION=0.1.0 REVISION=unknown
ENV NODE_ENV=production \
    PATH=/usr/local/bin:/usr/bin:/bin \
    LANG=C.UTF-8 HOME=/tmp \
    HTTP_HOST=0.0.0.0 HTTP_PORT=8080 STATE_DIRECTORY=/var/lib/linli
LABEL org.opencontainers.image.title="linli-gateway" \
      org.opencontainers.image.description="Linli: the one entrance to the graph" \
      org.opencontainers.image.vendor="Linli" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="docker.io/library/node:20-bookworm-slim"
WORKDIR /app/gateway
USER 10001:10001
EXPOSE 8080
CMD ["node", "src/main.js"]
