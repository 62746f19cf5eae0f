{{/*
What a schema cannot say in a sentence. No value of a secret is ever printed.
Helm shows the first `fail`: each check stops the install.
*/}}
{{- define "linli.checks" -}}
{{- include "linli.checkSecrets" . }}
{{- include "linli.checkStores" . }}
{{- include "linli.checkAddresses" . }}
{{- include "linli.checkNetwork" . }}
{{- include "linli.checkScaling" . }}
{{- end }}

{{/* Argument: a sentence */}}
{{- define "linli.refuse" -}}
{{- fail (printf "\n\nlinli: %s\n" .) }}
{{- end }}

{{- define "linli.checkSecrets" -}}
{{- range $service := keys (include "linli.facts" . | fromYaml) | sortAlpha }}
  {{- $of := dict "root" $ "service" $service }}
  {{- $own := index $.Values.services $service "secrets" | default dict }}
  {{- if include "linli.existingSecret" $of }}
    {{- if $own }}
      {{- include "linli.refuse" (printf "services.%s.secrets is given beside an existing Secret: leave out one of the two." $service) }}
    {{- end }}
  {{- else }}
    {{- range $name, $value := include "linli.secretData" $of | fromYaml }}
      {{- if not $value }}
        {{- include "linli.refuse" (printf "%s has no %s: give secrets.%s, or name a Secret that holds it in secrets.existingSecret." $service $name (include "linli.secretKey" $name)) }}
      {{- end }}
      {{- if and (hasSuffix "_KEY" $name) (not (regexMatch "^[A-Za-z0-9_-]{43}=?$" $value)) }}
        {{- include "linli.refuse" (printf "secrets.%s must be 32 bytes in base64url, as `openssl rand -base64 32 | tr '+/' '-_'` makes them." (include "linli.secretKey" $name)) }}
      {{- end }}
      {{- if and (eq $name "KEY_WRAPPING_KEYS") (not (regexMatch "^[^:,]+:[A-Za-z0-9_-]{43}=?(,[^:,]+:[A-Za-z0-9_-]{43}=?)*$" $value)) }}
        {{- include "linli.refuse" "secrets.keyWrappingKeys must look like \"id:key,id2:key\", each key 32 bytes in base64url; the first one wraps." }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- if .Values.secrets.existingSecret }}
  {{- range $key, $value := omit .Values.secrets "existingSecret" "version" }}
    {{- if $value }}
      {{- include "linli.refuse" (printf "secrets.%s is given beside secrets.existingSecret: leave out one of the two." $key) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "linli.checkStores" -}}
{{- $production := eq .Values.environment "production" }}
{{- range $service := keys (include "linli.facts" . | fromYaml) | sortAlpha }}
  {{- $of := dict "root" $ "service" $service }}
  {{- if not (include "linli.existingSecret" $of) }}
    {{- $uri := get (include "linli.secretData" $of | fromYaml) "MONGODB_URI" }}
    {{- if not (regexMatch "^mongodb(\\+srv)?://" $uri) }}
      {{- include "linli.refuse" "secrets.mongodbUri must start with mongodb:// or mongodb+srv://." }}
    {{- end }}
    {{- if and $production (not (regexMatch "^mongodb(\\+srv)?://[^/@:]+:[^/@]+@" $uri)) (not (contains "authMechanism=MONGODB-X509" $uri)) }}
      {{- include "linli.refuse" "secrets.mongodbUri has no credentials, and environment is production: write mongodb://USER:PASSWORD@HOST/…, or set environment to development." }}
    {{- end }}
  {{- end }}
{{- end }}
{{- if include "linli.sasl" . }}
  {{- range $service := keys (include "linli.facts" . | fromYaml) | sortAlpha }}
    {{- if not (index $.Values.services $service "kafkaUsername" | default $.Values.kafka.saslUsername) }}
      {{- include "linli.refuse" (printf "kafka.securityProtocol is %s, and %s has no user name: give kafka.saslUsername." $.Values.kafka.securityProtocol $service) }}
    {{- end }}
  {{- end }}
{{- else if $production }}
  {{- include "linli.refuse" (printf "kafka.securityProtocol is %s, so Kafka would be used without credentials, and environment is production: set SASL_SSL with kafka.saslUsername and secrets.kafkaSaslPassword, or set environment to development." .Values.kafka.securityProtocol) }}
{{- end }}
{{- if and .Values.kafka.caSecret.name (not (hasSuffix "SSL" .Values.kafka.securityProtocol)) }}
  {{- include "linli.refuse" (printf "kafka.caSecret is given, and kafka.securityProtocol is %s, which asks for no certificate: set SASL_SSL or SSL." .Values.kafka.securityProtocol) }}
{{- end }}
{{- end }}

{{- define "linli.checkAddresses" -}}
{{- if and (eq .Values.environment "production") (not (hasPrefix "https://" .Values.publicUrl)) }}
  {{- include "linli.refuse" "publicUrl must start with https://, since environment is production: people's devices reach photos by it, and WeChat the callback." }}
{{- end }}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) }}
  {{- include "linli.refuse" "ingress.enabled is true and ingress.host is empty: say by which name Linli is reached." }}
{{- end }}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) }}
  {{- include "linli.refuse" "httpRoute.enabled is true and httpRoute.parentRefs is empty: name the Gateway that the route belongs to." }}
{{- end }}
{{- end }}

{{/* An empty list of peers in a NetworkPolicy means everybody. */}}
{{- define "linli.checkNetwork" -}}
{{- if .Values.networkPolicies.enabled }}
  {{- range $name := list "dns" "mongodb" "kafka" "wechat" }}
    {{- if not (index $.Values.networkPolicies $name "to") }}
      {{- include "linli.refuse" (printf "networkPolicies.%s.to is empty: say where it is, since an empty list would allow everything." $name) }}
    {{- end }}
  {{- end }}
  {{- if and (or .Values.ingress.enabled .Values.httpRoute.enabled) (not .Values.networkPolicies.ingress.from) }}
    {{- include "linli.refuse" "networkPolicies.ingress.from is empty, so nothing from outside would arrive: say from where the ingress controller calls." }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "linli.checkScaling" -}}
{{- range $workload := include "linli.workloads" . | fromJsonArray }}
  {{- $scaling := $workload.spec.autoscaling }}
  {{- if lt (int $workload.spec.replicas) 1 }}
    {{- include "linli.refuse" (printf "%s: replicas is 0, and without it %s: give 1 or more." $workload.name (ternary "nothing of the service is published or heard" "nothing is answered" (eq $workload.role "worker"))) }}
  {{- end }}
  {{- if and $scaling.enabled (gt (int $scaling.minReplicas) (int $scaling.maxReplicas)) }}
    {{- include "linli.refuse" (printf "%s: autoscaling.minReplicas is above autoscaling.maxReplicas." $workload.name) }}
  {{- end }}
  {{- $needs := int $workload.spec.terminationGracePeriodSeconds }}
  {{- $drains := add (int $.Values.rollout.preStopSeconds) (ternary (int $.Values.gateway.drainSeconds) 30 (eq $workload.role "gateway")) }}
  {{- if and (ne $workload.role "worker") (le $needs (int $drains)) }}
    {{- include "linli.refuse" (printf "%s: terminationGracePeriodSeconds must be above %d, the seconds that it waits and drains." $workload.name $drains) }}
  {{- end }}
{{- end }}
{{- end }}
