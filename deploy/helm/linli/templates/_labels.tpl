{{/* What a Pod is found by; never changed over the life of a release. Argument: dict root name */}}
{{- define "linli.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{/* Argument: dict root name component (api, worker, gateway, job, test) service */}}
{{- define "linli.podLabels" -}}
{{ include "linli.selector" . }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/part-of: linli
{{- with .service }}
linli.service: {{ . }}
{{- end }}
{{- end }}

{{/* Argument: dict root name component service */}}
{{- define "linli.labels" -}}
{{ include "linli.podLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{/* The image of a program. Argument: dict root image */}}
{{- define "linli.image" -}}
{{ .root.Values.image.registry }}/{{ .image }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end }}
