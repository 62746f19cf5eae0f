{{/* A value as a variable holds it: whole numbers without exponent. */}}
{{- define "linli.text" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) }}{{ int64 . }}{{ else }}{{ toString . }}{{ end }}
{{- end }}

{{/* Whether Kafka asks for a name and a password: "true" or nothing. */}}
{{- define "linli.sasl" -}}
{{- if hasPrefix "SASL_" .Values.kafka.securityProtocol }}true{{ end }}
{{- end }}

{{/* What a service reads from its ConfigMap, as YAML. Argument: dict root service */}}
{{- define "linli.serviceSettings" -}}
{{- $values := .root.Values }}
{{- $own := index $values.services .service }}
{{- $fact := index (include "linli.facts" .root | fromYaml) .service }}
{{- $settings := dict
  "ENVIRONMENT" $values.environment
  "HTTP_HOST" "0.0.0.0"
  "HTTP_PORT" (include "linli.port" .root)
  "KAFKA_BOOTSTRAP_SERVERS" $values.kafka.bootstrapServers
  "KAFKA_SECURITY_PROTOCOL" $values.kafka.securityProtocol
  "JWKS_URL" (printf "http://residents-api:%s/jwks.json" (include "linli.port" .root))
  "PYTHONUNBUFFERED" "1"
}}
{{- if $values.trustedProxies.addresses }}
  {{- $_ := set $settings "FORWARDED_ALLOW_IPS" (join "," $values.trustedProxies.addresses) }}
{{- end }}
{{- if $values.readOnly }}
  {{- $_ := set $settings "READ_ONLY" "true" }}
{{- end }}
{{- if $fact.state }}
  {{- $_ := set $settings "STATE_FOLDER" "/var/lib/linli" }}
{{- end }}
{{- if $values.kafka.caSecret.name }}
  {{- $_ := set $settings "KAFKA_CA_FILE" "/etc/linli/kafka/ca.crt" }}
{{- end }}
{{- if include "linli.sasl" .root }}
  {{- $_ := set $settings "KAFKA_SASL_MECHANISM" $values.kafka.saslMechanism }}
  {{- $_ := set $settings "KAFKA_SASL_USERNAME" ($own.kafkaUsername | default $values.kafka.saslUsername) }}
{{- end }}
{{- if $fact.miniprogram }}
  {{- $_ := set $settings "WECHAT_API_BASE_URL" $values.wechat.apiBaseUrl }}
  {{- if $values.wechat.miniprogramAppId }}
    {{- $_ := set $settings "WECHAT_MINIPROGRAM_APP_ID" $values.wechat.miniprogramAppId }}
  {{- end }}
{{- end }}
{{- if eq .service "issues" }}
  {{- $_ := set $settings "ISSUES_PUBLIC_BASE_URL" $values.publicUrl }}
{{- end }}
{{- if eq .service "outreach" }}
  {{- $_ := set $settings "PUBLIC_BASE_URL" ($values.wechat.callbackBaseUrl | default $values.publicUrl) }}
  {{- with $values.wechat.issueProgressTemplateId }}{{ $_ := set $settings "WECHAT_ISSUE_PROGRESS_TEMPLATE_ID" . }}{{ end }}
  {{- with $values.wechat.voucherTemplateId }}{{ $_ := set $settings "WECHAT_VOUCHER_TEMPLATE_ID" . }}{{ end }}
{{- end }}
{{- range $name, $value := merge (deepCopy $own.settings) $values.settings }}
  {{- if not (kindIs "invalid" $value) }}
    {{- $_ := set $settings $name (include "linli.text" $value) }}
  {{- end }}
{{- end }}
{{- $settings | toYaml }}
{{- end }}

{{/* What the gateway reads from its ConfigMap, as YAML. Argument: root */}}
{{- define "linli.gatewaySettings" -}}
{{- $port := include "linli.port" . }}
{{- $settings := dict
  "ENVIRONMENT" .Values.environment
  "HTTP_HOST" "0.0.0.0"
  "HTTP_PORT" $port
  "JWKS_URL" (printf "http://residents-api:%s/jwks.json" $port)
  "REVOCATIONS_URL" (printf "http://residents-api:%s/revocations" $port)
  "STATE_DIRECTORY" "/var/lib/linli"
  "TRUSTED_PROXIES" (include "linli.text" .Values.trustedProxies.count)
  "DRAIN_SECONDS" (include "linli.text" .Values.gateway.drainSeconds)
  "LOG_LEVEL" (lower .Values.settings.LOG_LEVEL)
}}
{{- range $service := keys (include "linli.facts" . | fromYaml) | sortAlpha }}
  {{- $_ := set $settings (printf "%s_URL" (upper $service)) (printf "http://%s-api:%s/graphql" $service $port) }}
{{- end }}
{{- range $name := list "TOKEN_ISSUER" "TOKEN_AUDIENCE" }}
  {{- with index $.Values.settings $name }}{{ $_ := set $settings $name . }}{{ end }}
{{- end }}
{{- range $name, $value := .Values.gateway.settings }}
  {{- if not (kindIs "invalid" $value) }}
    {{- $_ := set $settings $name (include "linli.text" $value) }}
  {{- end }}
{{- end }}
{{- $settings | toYaml }}
{{- end }}

{{/* The key of `secrets` that holds a variable, as in MONGODB_URI: mongodbUri. */}}
{{- define "linli.secretKey" -}}
{{- lower . | camelcase | untitle }}
{{- end }}

{{/* The variables that a service reads from a Secret, as a JSON list. Argument: dict root service */}}
{{- define "linli.secretVariables" -}}
{{- $fact := index (include "linli.facts" .root | fromYaml) .service }}
{{- $names := concat (list "MONGODB_URI" "KEY_WRAPPING_KEYS" "LOOKUP_HASH_KEY") $fact.secrets }}
{{- if include "linli.sasl" .root }}{{ $names = append $names "KAFKA_SASL_PASSWORD" }}{{ end }}
{{- if and $fact.miniprogram .root.Values.wechat.miniprogramAppId }}
  {{- $names = append $names "WECHAT_MINIPROGRAM_SECRET" }}
{{- end }}
{{- $names | toJson }}
{{- end }}

{{/* The existing Secret of a service, or nothing where the chart makes one. Argument: dict root service */}}
{{- define "linli.existingSecret" -}}
{{- index .root.Values.services .service "existingSecret" | default .root.Values.secrets.existingSecret }}
{{- end }}

{{/* What the chart puts into a service's Secret, as YAML. Argument: dict root service */}}
{{- define "linli.secretData" -}}
{{- $data := dict }}
{{- $own := index .root.Values.services .service "secrets" | default dict }}
{{- range $name := include "linli.secretVariables" . | fromJsonArray }}
  {{- $key := include "linli.secretKey" $name }}
  {{- $_ := set $data $name (index $own $key | default (index $.root.Values.secrets $key)) }}
{{- end }}
{{- $data | toYaml }}
{{- end }}
