# The store of a trial: SecantusDB, one node, for nobody's real data. Context: the repository's root.
# SecantusDB is GPL-2.0 and a program of its own: whoever wants this image builds it, nobody publishes it.
#   --build-arg STORE=wheel      from its wheel, in a minute, anywhere
#   --build-arg STORE=compiled   what `make store` compiled on this machine, ten to a hundred times faster at finding
#                                things; its folder comes as --build-context compiled-store=FOLDER
ARG STORE=wheel

FROM docker.io/library/python:3.11-slim-bookworm AS tools
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
COPY deploy/images/tools/requirements.txt /build/tools.txt
RUN --mount=type=cache,target=/root/.cache/pip \
    python -m venv /opt/tools && \
    /opt/tools/bin/python -m pip install --quiet --require-hashes --only-binary=:all: -r /build/tools.txt

FROM tools AS wheel
COPY deploy/local/store/requirements.txt /build/
RUN --mount=type=cache,target=/root/.cache/pip \
    python -m venv --without-pip /opt/store && \
    /opt/tools/bin/python -m pip --python /opt/store/bin/python install --quiet \
      --require-hashes --no-compile -r /build/requirements.txt && \
    rm -f /opt/store/bin/[Aa]ctivate* && \
    /opt/store/bin/python -m compileall -q --invalidation-mode unchecked-hash /opt/store/lib && \
    /opt/tools/bin/cyclonedx-py environment --output-reproducible --output-format JSON --output-file /build/packages.json /opt/store/bin/python

FROM tools AS compiled
ARG STORE_VERSION=unknown
COPY --from=compiled-store --chmod=755 secantusd-rs /opt/store/bin/secantusd-rs
# Fails here, and not in the Pod, where this system's C library is too old for it.
RUN /opt/store/bin/secantusd-rs --help >/dev/null && \
    echo "{\"components\": [{\"type\": \"application\", \"name\": \"secantus-mdb\", \"version\": \"${STORE_VERSION}\", \"licenses\": [{\"license\": {\"id\": \"GPL-2.0-only\"}}], \"purl\": \"pkg:cargo/secantus-mdb@${STORE_VERSION}\"}]}" >/build/packages.json

FROM ${STORE} AS store

FROM docker.io/library/python:3.11-slim-bookworm AS root
COPY deploy/images/steps/leave-what-runs.sh /build/
# The official image has no compiled standard library, and a read-only container could keep none.
RUN python -m compileall -q --invalidation-mode unchecked-hash "$(python -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')" && \
    sh /build/leave-what-runs.sh python && rm -rf /build

FROM store AS bill
ARG VERSION=0.1.0
COPY deploy/images/steps/bill_of_materials.py /build/
COPY --from=root /etc/os-release /image/etc/
COPY --from=root /var/lib/dpkg/status /image/var/lib/dpkg/
RUN python /build/bill_of_materials.py --image docker.io/linli/trial-store --version "${VERSION}" --root /image \
      --part /build/packages.json --output /usr/share/sbom/linli.cdx.json

FROM scratch
COPY --from=root / /
COPY --from=store /opt/store /opt/store
COPY --from=bill /usr/share/sbom /usr/share/sbom
COPY deploy/images/trial/secantusd.toml /etc/linli/secantusd.toml
COPY --chmod=755 deploy/images/trial/start-store.sh /usr/local/bin/start-store
ARG VERSION=0.1.0 REVISION=unknown
ENV PATH=/opt/store/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    LANG=C.UTF-8 HOME=/tmp
LABEL org.opencontainers.image.title="linli-trial-store" \
      org.opencontainers.image.description="SecantusDB for a trial of Linli; not to be published" \
      org.opencontainers.image.vendor="Linli" \
      org.opencontainers.image.licenses="GPL-2.0-only" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="docker.io/library/python:3.11-slim-bookworm"
WORKDIR /tmp
USER 10001:10001
EXPOSE 27017
VOLUME /data
CMD ["start-store"]
