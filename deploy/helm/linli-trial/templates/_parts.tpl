{{/* What each part listens on, keeps, and by whom it is called, as YAML. */}}
{{- define "trial.parts" -}}
trial-store: {port: 27017, callers: [{app.kubernetes.io/part-of: linli}]}
trial-kafka: {port: 9092, callers: [{app.kubernetes.io/part-of: linli}]}
wechat-simulator: {port: 8080, callers: [{app.kubernetes.io/part-of: linli}]}
{{- end }}

{{/* Argument: dict root name */}}
{{- define "trial.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{/* Argument: dict root name */}}
{{- define "trial.labels" -}}
{{ include "trial.selector" . }}
app.kubernetes.io/part-of: linli-trial
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{/* 32 random bytes in base64url. */}}
{{- define "trial.key" -}}
{{- randBytes 32 | replace "+" "-" | replace "/" "_" | trimSuffix "=" }}
{{- end }}
