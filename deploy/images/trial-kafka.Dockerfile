# The broker of a trial: Apache Kafka in KRaft mode, one node. Context: the repository's root.

FROM docker.io/library/python:3.11-slim-bookworm AS java
# The jdk, for jlink and Maven; the image gets only the modules that Kafka asks for.
RUN mkdir -p /usr/share/man/man1 && apt-get update -q >/dev/null && \
    apt-get install -y -q --no-install-recommends openjdk-17-jdk-headless maven >/dev/null && \
    rm -rf /var/lib/apt/lists/*
# Java trusts whom the base image trusts: it may have been given an authority of its owner's.
RUN mkdir /build /build/ca && awk '/BEGIN CERT/ {n++} {print >("/build/ca/" n ".pem")}' /etc/ssl/certs/ca-certificates.crt && \
    find /build/ca -name '*.pem' | sed 's/^/+/' | java -jar /usr/share/ca-certificates-java/ca-certificates-java.jar -storepass changeit >/dev/null
RUN jlink --strip-java-debug-attributes --no-header-files --no-man-pages --compress=2 --output /opt/java \
      --add-modules java.base,java.desktop,java.logging,java.management,java.naming,java.rmi,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.crypto.ec,jdk.management,jdk.unsupported && \
    /opt/java/bin/java -Xshare:dump >/dev/null

FROM java AS kafka
COPY deploy/local/kafka/pom.xml /build/
RUN --mount=type=cache,target=/root/.m2 \
    mvn --quiet --batch-mode --file /build/pom.xml dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/opt/kafka && \
    mvn --quiet --batch-mode --file /build/pom.xml org.cyclonedx:cyclonedx-maven-plugin:2.9.1:makeBom -DoutputFormat=json -DoutputDirectory=/build/bill

FROM docker.io/library/python:3.11-slim-bookworm AS root
COPY deploy/images/steps/leave-what-runs.sh /build/
RUN sh /build/leave-what-runs.sh neither && rm -rf /build

FROM docker.io/library/python:3.11-slim-bookworm AS bill
ARG VERSION=0.1.0
COPY deploy/images/steps/bill_of_materials.py /build/
COPY --from=kafka /build/bill/bom.json /build/
COPY --from=root /etc/os-release /image/etc/
COPY --from=root /var/lib/dpkg/status /image/var/lib/dpkg/
RUN python /build/bill_of_materials.py --image docker.io/linli/trial-kafka --version "${VERSION}" --root /image \
      --part /build/bom.json --purl "pkg:generic/openjdk@17" --output /usr/share/sbom/linli.cdx.json

FROM scratch
COPY --from=root / /
COPY --from=java /opt/java /opt/java
COPY --from=kafka /opt/kafka /opt/kafka
COPY --from=bill /usr/share/sbom /usr/share/sbom
COPY deploy/images/trial/kafka.properties /etc/linli/kafka.properties
COPY --chmod=755 deploy/images/trial/start-kafka.sh /usr/local/bin/start-kafka
ARG VERSION=0.1.0 REVISION=unknown
ENV PATH=/opt/java/bin:/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 HOME=/tmp
LABEL org.opencontainers.image.title="linli-trial-kafka" \
      org.opencontainers.image.description="Apache Kafka for a trial of Linli" \
      org.opencontainers.image.vendor="Linli" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="docker.io/library/python:3.11-slim-bookworm"
WORKDIR /tmp
USER 10001:10001
EXPOSE 9092
VOLUME /data
CMD ["start-kafka"]
