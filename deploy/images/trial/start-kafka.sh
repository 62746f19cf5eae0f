#!/bin/sh
# One broker that is its own controller. ADVERTISED_HOST is the name by which clients reach it.
set -eu
log_levels=-Dorg.slf4j.simpleLogger.defaultLogLevel=${KAFKA_LOG_LEVEL:-warn}
java="java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.awt.headless=true $log_levels -cp /opt/kafka/*"
{
  cat /etc/linli/kafka.properties
  echo "advertised.listeners=PLAINTEXT://${ADVERTISED_HOST:-trial-kafka}:9092"
} >/tmp/server.properties
# No patterns: /opt/kafka/* is for Java to read.
set -f
if [ ! -f /data/kafka/meta.properties ]; then
  id=$(head -c 16 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=')
  $java -Xmx64m kafka.tools.StorageTool format "--cluster-id=$id" --config /tmp/server.properties
fi
exec $java "-Xmx${KAFKA_HEAP:-320m}" kafka.Kafka /tmp/server.properties
