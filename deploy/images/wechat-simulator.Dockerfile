# A stand-in for WeChat's servers, for trials and tests only. Context: the repository's root.
# Its first stages are the services' own, so it shares their layers: they have all that it asks for.

FROM docker.io/library/python:3.11-slim-bookworm AS tools
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
COPY deploy/images/tools/requirements.txt /build/tools.txt
RUN --mount=type=cache,target=/root/.cache/pip \
    python -m venv /opt/tools && \
    /opt/tools/bin/python -m pip install --quiet --require-hashes --only-binary=:all: -r /build/tools.txt

FROM tools AS packages
COPY requirements.txt /build/
RUN --mount=type=cache,target=/root/.cache/pip \
    python -m venv --without-pip /opt/linli && \
    /opt/tools/bin/python -m pip --python /opt/linli/bin/python install --quiet \
      --require-hashes --only-binary=:all: --no-compile -r /build/requirements.txt && \
    rm -f /opt/linli/bin/[Aa]ctivate* && \
    /opt/linli/bin/python -m compileall -q --invalidation-mode unchecked-hash /opt/linli/lib && \
    /opt/tools/bin/cyclonedx-py environment --output-reproducible --output-format JSON --output-file /build/packages.json /opt/linli/bin/python

FROM packages AS simulator
COPY simulators/wechat /build/simulator
RUN /opt/tools/bin/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir /build/wheels /build/simulator && \
    /opt/tools/bin/python -m pip install --quiet --no-deps --no-index --no-compile --target /opt/simulator /build/wheels/*.whl && \
    /opt/linli/bin/python -m compileall -q --invalidation-mode unchecked-hash /opt/simulator

FROM docker.io/library/python:3.11-slim-bookworm AS root
COPY deploy/images/steps/leave-what-runs.sh /build/
# The official image has no compiled standard library, and a read-only container could keep none.
RUN python -m compileall -q --invalidation-mode unchecked-hash "$(python -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')" && \
    sh /build/leave-what-runs.sh python && rm -rf /build

FROM simulator AS bill
ARG VERSION=0.1.0
COPY deploy/images/steps/bill_of_materials.py /build/
COPY --from=root /etc/os-release /image/etc/
COPY --from=root /var/lib/dpkg/status /image/var/lib/dpkg/
RUN python /build/bill_of_materials.py --image docker.io/linli/wechat-simulator --version "${VERSION}" --root /image \
      --part /build/packages.json --purl "pkg:generic/linli-wechat-simulator@${VERSION}" --output /usr/share/sbom/linli.cdx.json

FROM scratch
COPY --from=root / /
COPY --from=packages /opt/linli /opt/linli
COPY --from=simulator /opt/simulator /opt/simulator
COPY --from=bill /usr/share/sbom /usr/share/sbom
ARG VERSION=0.1.0 REVISION=unknown
ENV PATH=/opt/linli/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONPATH=/opt/simulator \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    LANG=C.UTF-8 HOME=/tmp
LABEL org.opencontainers.image.title="linli-wechat-simulator" \
      org.opencontainers.image.description="Linli: a stand-in for WeChat's servers, for trials only" \
      org.opencontainers.image.vendor="Linli" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="docker.io/library/python:3.11-slim-bookworm"
WORKDIR /tmp
USER 10001:10001
EXPOSE 8080
VOLUME /data
CMD ["python", "-m", "wechat_simulator", "serve", "--host", "0.0.0.0", "--port", "8080", "--state", "/data/state"]
